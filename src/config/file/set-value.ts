import type { Pair, YAMLMap } from 'yaml';
import { isMap, isScalar, parseDocument } from 'yaml';

/** One value of a section of conduit.yaml, such as `router.preset` or `signals.copied`. */
export interface SectionValue {
  readonly section: string;
  readonly key: string;
  /** A word that YAML takes for the text that it is; undefined: the section says nothing of it. */
  readonly value: string | undefined;
}

/**
 * The text of a conduit.yaml with this value; everything else keeps its form, comments too. Undefined where that can't be
 * done for sure, for example in a text that isn't valid YAML.
 */
export function withValue(text: string, wanted: SectionValue): string | undefined {
  const changed = text.slice(0, 1) === '\ufeff' ? undefined : changedText(text, wanted);
  return changed !== undefined && isOnlyChange(text, changed, wanted) ? changed : undefined;
}

/** With a value to be written. */
interface Written extends SectionValue {
  readonly value: string;
}

function isWritten(wanted: SectionValue): wanted is Written {
  return wanted.value !== undefined;
}

function changedText(text: string, wanted: SectionValue): string | undefined {
  const { contents } = parse(text);
  if (contents !== null && !isMap(contents)) return undefined;
  const pair = contents?.items.find(({ key }) => isScalar(key) && key.value === wanted.section);
  if (!isWritten(wanted)) return isMap(pair?.value) ? without(text, pair.value, wanted.key) : text;
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  if (contents === null) return uncommented(text, wanted) ?? appended(text, line, wanted);
  if (pair === undefined) return contents.flow === true ? undefined : appended(text, line, wanted);
  if (isMap(pair.value)) return withinSection(text, pair.value, line, wanted);
  // `router:` with nothing after it.
  const colon = isScalar(pair.key) ? text.indexOf(':', pair.key.range?.[1]) : -1;
  const empty = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
  return colon < 0 || !empty ? undefined : inserted(text, colon + 1, `${line}  ${entry(wanted)}`);
}

function entry({ key, value }: Written): string {
  return `${key}: ${value}`;
}

function withinSection(text: string, section: YAMLMap, line: string, wanted: Written): string | undefined {
  const known = pairOf(section, wanted.key);
  if (known !== undefined) {
    // A mapping in the place of a word: { quality: 0.6 }.
    const range = isScalar(known.value) || isFlow(known.value) ? known.value.range : undefined;
    return range ? text.slice(0, range[0]) + wanted.value + text.slice(range[1]) : undefined;
  }
  const start = startOf(section.items[0]);
  if (section.flow === true) {
    const brace = section.range?.[0];
    if (brace === undefined) return undefined;
    return inserted(text, brace + 1, start === undefined ? ` ${entry(wanted)} ` : ` ${entry(wanted)},`);
  }
  if (start === undefined) return undefined;
  const indent = ' '.repeat(start - lineStart(text, start));
  return inserted(text, start, `${entry(wanted)}${line}${indent}`);
}

/** Without a key of a section, and without the comment on its line; the section's own line stays. */
function without(text: string, section: YAMLMap, key: string): string | undefined {
  const known = pairOf(section, key);
  if (known === undefined) return text;
  const start = startOf(known);
  const end = isScalar(known.value) || isMap(known.value) ? known.value.range?.[1] : undefined;
  if (start === undefined || end === undefined) return undefined;
  if (section.flow !== true) return text.slice(0, lineStart(text, start)) + text.slice(nextLine(text, end));
  // What is left of `{ copied: off, regenerated: off }` begins or ends without its comma.
  const index = section.items.indexOf(known);
  const next = startOf(section.items[index + 1]);
  const before = section.items[index - 1];
  const beforeEnd = isScalar(before?.value) || isMap(before?.value) ? before.value.range?.[1] : undefined;
  if (next !== undefined) return text.slice(0, start) + text.slice(next);
  return beforeEnd === undefined
    ? text.slice(0, start).trimEnd() + text.slice(end).trimStart()
    : text.slice(0, beforeEnd) + text.slice(end);
}

function pairOf(section: YAMLMap, wanted: string): Pair | undefined {
  return section.items.find(({ key }) => isScalar(key) && key.value === wanted);
}

function startOf(pair: Pair | undefined): number | undefined {
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function isFlow(value: unknown): value is YAMLMap {
  return isMap(value) && value.flow === true;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function nextLine(text: string, at: number): number {
  // A block mapping ends where the line after it begins.
  if (text.slice(at - 1, at) === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The template's lines, used: a second section below them would forbid to use the rest of them. */
function uncommented(text: string, { section, key, value }: Written): string | undefined {
  const lines = new RegExp(`^# ${section}:(\\r?\\n)# {3}${key}: \\w+`, 'm');
  return lines.test(text) ? text.replace(lines, `${section}:$1  ${key}: ${value}`) : undefined;
}

function appended(text: string, line: string, wanted: Written): string {
  const gap = text === '' || text.endsWith('\n') ? '' : line;
  const space = text.trim() === '' ? '' : line;
  return `${text}${gap}${space}${wanted.section}:${line}  ${entry(wanted)}${line}`;
}

function inserted(text: string, at: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at);
}

function parse(text: string) {
  return parseDocument(text, { stringKeys: true, uniqueKeys: false });
}

/** Two readings of the file must agree in everything but the value: then no anchor or odd indentation was hit. */
function isOnlyChange(before: string, after: string, { section, key, value }: SectionValue): boolean {
  const [old, now] = [parse(before), parse(after)];
  if (old.errors.length > 0 || now.errors.length > 0 || now.getIn([section, key]) !== value) return false;
  return withoutValue(old.toJS(), section, key) === withoutValue(now.toJS(), section, key);
}

/** A section with nothing else counts as none. */
function withoutValue(value: unknown, section: string, key: string): string {
  const { [section]: found, ...others } = recordOf(value);
  const { [key]: _, ...rest } = recordOf(found);
  return JSON.stringify(Object.keys(rest).length === 0 ? others : { ...others, [section]: rest });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
