import type { JsonObject } from '../../core/terms/tools';
import { isJsonObject } from '../../core/terms/tools';
import { bareName, causeFields, codeFields, isGeneral, messageFields, sentenceIn } from './error-fields';
import { isPage, textOfPage } from './page-text';
import { literalIn } from './literal';
import { noticed } from './refusal-row';
import { shortened } from './shortened';

/** What a vendor's error object says, whatever its shape. */
export interface VendorError {
  /** The deepest cause that is told in words; what is around it are often general sentences. */
  readonly message: string | undefined;
  /** Its words for the cause, the deepest first, e.g. `insufficient_quota`, `overloaded_error`. */
  readonly codes: readonly string[];
  /** An HTTP status inside of the object: a proxy's error, or one within a stream that began with 200. */
  readonly status: number | undefined;
  /** The parameter that it is about, as the vendor writes it: `temperature`, `messages[0].role`. */
  readonly param: string | undefined;
}

interface Findings {
  readonly messages: string[];
  /** Told beside the error: the cause where the messages are but general. */
  readonly asides: string[];
  readonly codes: string[];
  readonly statuses: number[];
  readonly params: string[];
}

/** Errors hold errors that hold errors, but not without end. */
const deepest = 8;
const mostItems = 20;

/**
 * Reads an error body of any shape: a text, an object, nested ones, arrays, JSON or Python's writing within a text,
 * LiteLLM's class names, OpenRouter's `metadata.raw`, FastAPI's and Google's details, a page.
 */
export function readVendorError(given: unknown): VendorError {
  const body = shortened(given);
  const found: Findings = { messages: [], asides: [], codes: [], statuses: [], params: [] };
  read(body, found, 0);
  const told = found.messages.find((message) => !isGeneral(message));
  return {
    message:
      told ?? found.asides.find((message) => !isGeneral(message)) ?? sentenceIn(body) ?? found.messages[0],
    codes: [...new Set(found.codes)],
    status: found.statuses[0],
    param: found.params[0],
  };
}

/** Causes are read before what is around them, so that the deepest comes first in each list. */
function read(body: unknown, found: Findings, depth: number): void {
  if (depth > deepest) return;
  if (typeof body === 'string') readText(body, found, depth);
  else if (Array.isArray(body)) for (const item of body.slice(0, mostItems)) read(item, found, depth + 1);
  else if (isJsonObject(body)) readFields(body, found, depth);
}

function readFields(body: JsonObject, found: Findings, depth: number): void {
  const fields = withBareNames(body);
  for (const name of causeFields) {
    const cause = fields[name];
    if (typeof cause !== 'object' || cause === null) continue;
    read(cause, found, depth + 1);
    if (name === 'errors') addNamesOf(cause, found);
  }
  addNamesOf(fields['modelstate'], found);
  const [choice] = Array.isArray(fields['choices']) ? (fields['choices'] as unknown[]) : [];
  if (isJsonObject(choice)) read(choice['error'], found, depth + 1);
  // OpenRouter passes on what the provider said.
  readText(fields['raw'], found, depth + 1);
  readNoticed(fields, found);
  const told = messagesOf(fields);
  for (const text of told) readText(text, found, depth);
  const error = fields['error'];
  // `{error: "…"}` alone is the message, and `{error: "Bad Request", message: "…"}` a code.
  if (typeof error === 'string' && (told.length === 0 || /\s/.test(error.trim())))
    readText(error, found, depth);
  if (typeof error === 'string' && told.length > 0) addCode(error, found);
  for (const name of codeFields) addCode(fields[name], found);
  addParam(fields, found);
  readBeside(fields['data'], found, depth);
}

/** What stands in `data` is the cause where what is around it says nothing. */
function readBeside(data: unknown, found: Findings, depth: number): void {
  if (data === undefined || data === null) return;
  const own: Findings = { ...found, messages: [], asides: [] };
  read(data, own, depth + 1);
  // JSON that is no error is what was asked.
  found.asides.push(...[...own.messages, ...own.asides].filter((text) => !/^\s*[{[]/.test(text)));
}

/** By names without case and separators, for `error_message`, `errorMessage` and `ErrorMessage` are one; the first counts. */
function withBareNames(body: JsonObject): JsonObject {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) fields[bareName(name)] ??= value;
  return fields;
}

/** ASP.NET's and Laravel's errors: what is wrong with each field, under its name. */
function addNamesOf(errors: unknown, found: Findings): void {
  if (!isJsonObject(errors)) return;
  const known: readonly string[] = [...messageFields, ...codeFields, ...causeFields];
  for (const [name, wrong] of Object.entries(errors).slice(0, mostItems))
    if (Array.isArray(wrong) && typeof wrong[0] === 'string' && !known.includes(bareName(name)))
      found.params.push(name.replace(/^\$\./, ''));
}

function messagesOf(fields: JsonObject): readonly string[] {
  const place = lastOf(fields['loc'] ?? fields['path']);
  return messageFields.flatMap((name) => {
    const text = fields[name];
    if (typeof text !== 'string' || text.trim() === '' || isWord(name, text)) return [];
    // FastAPI's details say what is wrong, and beside it with which field.
    return [place === undefined || name !== 'msg' ? text : `${place}: ${text}`];
  });
}

/** Google's `reason` and Azure's `title` are codes where they are one word. */
function isWord(name: string, text: string): boolean {
  return (name === 'reason' || name === 'title') && !/\s/.test(text.trim());
}

function readText(text: unknown, found: Findings, depth: number): void {
  if (typeof text !== 'string' || text.trim() === '' || /^(?:none|null)$/i.test(text.trim())) return;
  if (isPage(text)) {
    found.messages.push(textOfPage(text));
    found.codes.push(noticed.page);
    return;
  }
  const literal = literalIn(text);
  if (literal !== undefined && isError(literal)) read(literal.value, found, depth + 1);
  // LiteLLM and the SDKs begin with the name of their exception's class.
  for (const [, name = ''] of text
    .slice(0, 300)
    .matchAll(/\b([A-Z]\w{2,60}(?:Error|Exception)|Timeout)(?=:| -)/g))
    addCode(name, found);
  addStatus(
    /^\s*<?([45]\d\d)\b(?!\s*(?:tokens?|messages?|seconds?|characters?|requests?))/.exec(text)?.[1] ??
      /\b(?:error code|status(?: ?code)?|http(?:\/\d(?:\.\d)?)?(?: error| status)?)\W{1,3}([45]\d\d)\b/i.exec(
        text,
      )?.[1],
    found,
  );
  found.messages.push(text.trim());
}

/** Whether what stands within a text is the error's cause, rather than a quotation of the request. */
function isError({ value, before }: { readonly value: unknown; readonly before: string }): boolean {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
  if (!isJsonObject(first)) return false;
  if (before.trim() === '') return true;
  const has = (name: string): boolean => first[name] !== undefined && first[name] !== null;
  if (has('error') || has('errors')) return true;
  const says = has('message') || has('msg') || has('detail');
  if (!says) return false;
  return (
    first['object'] === 'error' ||
    first['type'] === 'error' ||
    /(?:exception|error|body|response|reply|returned|failed|data|\d{3})\W{0,6}b?["']?$/i.test(before)
  );
}

function readNoticed(fields: JsonObject, found: Findings): void {
  const { violations, flaggedinput: flagged, statuscode: status, statusmsg: words } = fields;
  // MiniMax's numbers are others' too; its words for them don't always say what they mean.
  if (typeof words === 'string' && typeof status === 'number' && status !== 0)
    found.codes.push(`minimax ${String(status)}`);
  if (typeof flagged === 'string') found.codes.push(noticed.moderated);
  if (!Array.isArray(violations)) return;
  const daily = (violations as unknown[]).some(
    (violation) =>
      isJsonObject(violation) &&
      typeof violation['quotaId'] === 'string' &&
      violation['quotaId'].includes('PerDay'),
  );
  if (daily) found.codes.push(noticed.dailyQuota);
}

function addCode(value: unknown, found: Findings): void {
  addStatus(value, found);
  if (typeof value === 'number') found.codes.push(String(value));
  if (typeof value !== 'string') return;
  // AWS names the package: "com.amazon.coral.service#ThrottlingException".
  const code = value.replace(/^[\w.]+#/, '');
  if (/^[\w .:/-]{2,80}$/.test(code) && !/^(?:none|null|error)$/i.test(code)) found.codes.push(code);
}

function addStatus(value: unknown, found: Findings): void {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 400 && number < 600)
    found.statuses.push(number);
}

function addParam(fields: JsonObject, found: Findings): void {
  const { param, fieldviolations, loc, path } = fields;
  const [violation] = Array.isArray(fieldviolations) ? (fieldviolations as unknown[]) : [];
  // A sentence is no name: some tell the cause here.
  const name = typeof param === 'string' && /\s\S+\s/.test(param) ? undefined : param;
  const names = [name, isJsonObject(violation) ? violation['field'] : undefined, lastOf(loc), lastOf(path)];
  for (const name of names)
    if (typeof name === 'string' && name !== '' && !/^(?:none|null)$/i.test(name)) found.params.push(name);
}

/** The name that a place within a request ends with: `["body", "messages", 0, "role"]`. */
function lastOf(place: unknown): string | undefined {
  if (!Array.isArray(place)) return undefined;
  const last = (place as unknown[]).findLast((part) => typeof part === 'string');
  return last === 'body' ? undefined : last;
}
