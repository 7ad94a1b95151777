import type { YAMLMap } from 'yaml';
import { isMap, isScalar, parseDocument, stringify } from 'yaml';

/** An option of one section, and the value that it is to have. */
interface OptionChange {
  readonly section: string;
  readonly key: string;
  readonly value: string | number | boolean;
}

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
  const document = parse(text);
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = document;
  if (contents === null) return uncommented(text) ?? appended(text, line, change);
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === change.section);
  if (pair === undefined) return contents.flow === true ? undefined : appended(text, line, change);
  if (isMap(pair.value)) return withinSection(text, pair.value, line, change);
  // "router:" with nothing after it.
  const colon = isScalar(pair.key) ? text.indexOf(':', pair.key.range?.[1] ?? 0) : -1;
  const empty = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
  return colon < 0 || !empty ? undefined : inserted(text, colon + 1, `${line}  ${written(change)}`);
}

function withinSection(
  text: string,
  section: YAMLMap,
  line: string,
  change: OptionChange,
): string | undefined {
  const known = section.items.find(({ key }) => isScalar(key) && key.value === change.key);
  if (known !== undefined) {
    const range = isScalar(known.value) ? known.value.range : undefined;
    return range ? text.slice(0, range[0]) + scalar(change) + text.slice(range[1]) : undefined;
  }
  const first = section.items[0];
  const start = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  if (section.flow === true) {
    const brace = section.range?.[0];
    if (brace === undefined) return undefined;
    return inserted(text, brace + 1, start === undefined ? ` ${written(change)} ` : ` ${written(change)},`);
  }
  if (start === undefined) return undefined;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  return inserted(text, start, `${written(change)}${line}${indent}`);
}

function appended(text: string, line: string, change: OptionChange): string {
  const gap = text === '' || text.endsWith('\n') ? '' : line;
  const space = text.trim() === '' ? '' : line;
  return `${text}${gap}${space}${change.section}:${line}  ${written(change)}${line}`;
}

function written(change: OptionChange): string {
  return `${change.key}: ${scalar(change)}`;
}

/** In one line, in quotes where it would be read as something else: as YAML of one entry in braces. */
function scalar({ value }: OptionChange): string {
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
  if (old.errors.length > 0 || now.errors.length > 0 || now.getIn([section, key]) !== value) return false;
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
