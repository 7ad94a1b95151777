import type { YAMLMap } from 'yaml';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { PresetName } from '../../core/terms/preset';

/**
 * The text of a conduit.yaml with this preset in `router.preset`; everything else keeps its form, comments too.
 * Undefined where that can't be done for sure, for example in a text that isn't valid YAML.
 */
export function withPreset(text: string, preset: PresetName): string | undefined {
  const changed = text.slice(0, 1) === '\ufeff' ? undefined : changedText(text, preset);
  return changed !== undefined && isOnlyChange(text, changed, preset) ? changed : undefined;
}

function changedText(text: string, preset: PresetName): string | undefined {
  const document = parse(text);
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = document;
  if (contents === null) return uncommented(text, preset) ?? appended(text, line, preset);
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'router');
  if (pair === undefined) return contents.flow === true ? undefined : appended(text, line, preset);
  if (isMap(pair.value)) return withinRouter(text, pair.value, line, preset);
  // `router:` with nothing after it.
  const colon = isScalar(pair.key) ? text.indexOf(':', pair.key.range[1]) : -1;
  const empty = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
  return colon < 0 || !empty ? undefined : inserted(text, colon + 1, `${line}  preset: ${preset}`);
}

function withinRouter(text: string, router: YAMLMap, line: string, preset: PresetName): string | undefined {
  const known = router.items.find(({ key }) => isScalar(key) && key.value === 'preset');
  if (known !== undefined) {
    const range = isScalar(known.value) ? known.value.range : undefined;
    return range ? text.slice(0, range[0]) + preset + text.slice(range[1]) : undefined;
  }
  const first = router.items[0];
  const start = isScalar(first?.key) ? first.key.range?.[0] : undefined;
  if (router.flow === true) {
    const brace = router.range?.[0];
    if (brace === undefined) return undefined;
    return inserted(text, brace + 1, start === undefined ? ` preset: ${preset} ` : ` preset: ${preset},`);
  }
  if (start === undefined) return undefined;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  return inserted(text, start, `preset: ${preset}${line}${indent}`);
}

/** The template's lines, used: a second router below them would forbid to use the rest of them. */
function uncommented(text: string, preset: PresetName): string | undefined {
  const lines = /^# router:(\r?\n)# {3}preset: \w+/m;
  return lines.test(text) ? text.replace(lines, `router:$1  preset: ${preset}`) : undefined;
}

function appended(text: string, line: string, preset: PresetName): string {
  const gap = text === '' || text.endsWith('\n') ? '' : line;
  const space = text.trim() === '' ? '' : line;
  return `${text}${gap}${space}router:${line}  preset: ${preset}${line}`;
}

function inserted(text: string, at: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at);
}

function parse(text: string) {
  return parseDocument(text, { stringKeys: true, uniqueKeys: false });
}

/** Two readings of the file must agree in everything but the preset: then no anchor or odd indentation was hit. */
function isOnlyChange(before: string, after: string, preset: PresetName): boolean {
  const [old, now] = [parse(before), parse(after)];
  if (old.errors.length > 0 || now.errors.length > 0 || now.getIn(['router', 'preset']) !== preset)
    return false;
  return withoutPreset(old.toJS()) === withoutPreset(now.toJS());
}

/** A router with nothing else counts as none. */
function withoutPreset(value: unknown): string {
  const { router, ...others } = recordOf(value);
  const { preset: _, ...rest } = recordOf(router);
  return JSON.stringify(Object.keys(rest).length === 0 ? others : { ...others, router: rest });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
