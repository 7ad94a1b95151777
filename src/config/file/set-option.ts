import type { Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, parseDocument, stringify } from 'yaml';

/** An option of one section, and the value that it is to have. */
interface OptionChange {
  readonly section: string;
  readonly key: string;
  /** Undefined: the file is to say nothing of it. */
  readonly value: WrittenValue | undefined;
}

type WrittenValue = Scalar | Readonly<Record<string, Scalar>>;
type Scalar = string | number | boolean;

/** One with a value to be written. */
type Written = OptionChange & { readonly value: WrittenValue };

/**
 * The text of a conduit.yaml with this value in `section.key`; everything else keeps its form, comments too. Undefined
 * where that can't be done for sure, for example in a text that isn't valid YAML. `uncommented` may turn a text without
 * any content into one that has the option.
 */
export function withOption(
  text: string,
  change: OptionChange,
  uncommented: (text: string) => string | undefined = () => undefined,
): string | undefined {
  const changed = text.startsWith('\ufeff') ? undefined : changedText(text, change, uncommented);
  return changed !== undefined && isOnlyChange(text, changed, change) ? changed : undefined;
}

function changedText(
  text: string,
  change: OptionChange,
  uncommented: (text: string) => string | undefined,
): string | undefined {
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = parse(text);
  if (contents !== null && !isMap(contents)) return undefined;
  const pair = contents?.items.find(({ key }) => isScalar(key) && key.value === change.section);
  if (!isWritten(change)) return isMap(pair?.value) ? without(text, pair.value, change.key) : text;
  if (contents === null) return uncommented(text) ?? appended(text, line, change);
  if (pair === undefined) return contents.flow === true ? undefined : appended(text, line, change);
  if (isMap(pair.value)) return withinSection(text, pair.value, line, change);
  // "router:" with nothing after it.
  const colon = isScalar(pair.key) ? text.indexOf(':', pair.key.range[1]) : -1;
  const empty = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
  return colon < 0 || !empty ? undefined : inserted(text, colon + 1, `${line}  ${written(change)}`);
}

function isWritten(change: OptionChange): change is Written {
  return change.value !== undefined;
}

function withinSection(text: string, section: YAMLMap, line: string, change: Written): string | undefined {
  const known = pairOf(section, change.key);
  if (known !== undefined) return replaced(text, known, line, change);
  const start = startOf(section.items[0]);
  if (section.flow === true) {
    const brace = section.range?.[0];
    if (brace === undefined) return undefined;
    return inserted(text, brace + 1, start === undefined ? ` ${written(change)} ` : ` ${written(change)},`);
  }
  if (start === undefined) return undefined;
  const indent = ' '.repeat(start - lineStart(text, start));
  return inserted(text, start, `${written(change)}${line}${indent}`);
}

/** A word in the place of another, or of a whole mapping. */
function replaced(text: string, known: Pair, line: string, change: Written): string | undefined {
  const { value } = known;
  const range = isScalar(value) || isMap(value) ? value.range : undefined;
  if (!range) return undefined;
  if (!isMap(value) || value.flow === true)
    return text.slice(0, range[0]) + inLine(change) + text.slice(range[1]);
  const colon = text.indexOf(':', endOf(known.key));
  return `${text.slice(0, colon + 1)} ${inLine(change)}${line}${text.slice(nextLine(text, range[1]))}`;
}

/** Without a key of a section, and without the comment on its line; the section's own line stays. */
function without(text: string, section: YAMLMap, key: string): string | undefined {
  const known = pairOf(section, key);
  if (known === undefined) return text;
  const start = startOf(known);
  const end = endOf(known.value);
  if (start === undefined || end === undefined) return undefined;
  if (section.flow !== true) return text.slice(0, lineStart(text, start)) + text.slice(nextLine(text, end));
  const index = section.items.indexOf(known);
  const next = startOf(section.items[index + 1]);
  if (next !== undefined) return text.slice(0, start) + text.slice(next);
  const before = endOf(section.items[index - 1]?.value);
  return before === undefined
    ? text.slice(0, start).trimEnd() + text.slice(end).trimStart()
    : text.slice(0, before) + text.slice(end);
}

function pairOf(section: YAMLMap, wanted: string): Pair | undefined {
  return section.items.find(({ key }) => isScalar(key) && key.value === wanted);
}

function startOf(pair: Pair | undefined): number | undefined {
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function endOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) ? node.range?.[1] : undefined;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** A mapping of several lines ends where the next line begins; everything else before the end of its own. */
function nextLine(text: string, at: number): number {
  if (text.slice(at - 1, at) === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function appended(text: string, line: string, change: Written): string {
  const gap = text === '' || text.endsWith('\n') ? '' : line;
  const space = text.trim() === '' ? '' : line;
  return `${text}${gap}${space}${change.section}:${line}  ${written(change)}${line}`;
}

function written(change: Written): string {
  return `${change.key}: ${inLine(change)}`;
}

/** In one line, in quotes where it would be read as something else: as YAML of one entry in braces. */
function inLine({ value }: Written): string {
  if (typeof value !== 'object') return scalar(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${key}: ${scalar(each)}`)
    .join(', ')} }`;
}

function scalar(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  const plain = /^[A-Za-z][\w./-]*$/.test(value) && stringify(value).trim() === value;
  return plain ? value : JSON.stringify(value);
}

function inserted(text: string, at: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at);
}

function parse(text: string) {
  return parseDocument(text, { stringKeys: true, uniqueKeys: false });
}

/** Two readings of the file must agree in everything but the option: then no anchor or odd indentation was hit. */
function isOnlyChange(before: string, after: string, change: OptionChange): boolean {
  const [old, now] = [parse(before), parse(after)];
  const { section, key, value } = change;
  if (old.errors.length > 0 || now.errors.length > 0) return false;
  const written = recordOf(recordOf(now.toJS())[section])[key];
  if (JSON.stringify(written) !== JSON.stringify(value)) return false;
  return withoutOption(old.toJS(), change) === withoutOption(now.toJS(), change);
}

/** A section with nothing else counts as none. */
function withoutOption(value: unknown, { section, key }: OptionChange): string {
  const { [section]: own, ...others } = recordOf(value);
  const { [key]: _, ...rest } = recordOf(own);
  return JSON.stringify(Object.keys(rest).length === 0 ? others : { ...others, [section]: rest });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
