import type { JsonObject } from '../../terms/tools';
import { isJsonObject } from '../../terms/tools';

/** What models add for the user beside what a tool needs: other words each time for the same call. */
const remarks = new Set(['explanation', 'goal', 'reason', 'reasoning', 'thought', 'intent', 'justification']);

/** Nobody nests arguments so deep but to make trouble. */
const deepest = 12;
const longest = 40_000;

/** Arguments of a call as a text: the same for the same call, whatever the order of its fields and its remarks. */
export function canonicalOf(input: JsonObject): string {
  // A shell's `description` is a remark, too; that of an issue is what the call is about.
  const plain = Object.entries(input).filter(
    ([name]) => !remarks.has(name) && !(name === 'description' && 'command' in input),
  );
  const text = JSON.stringify(sorted(Object.fromEntries(plain), 0));
  if (text.length <= longest) return text;
  return `${text.slice(0, longest / 2)}${String(text.length)}${text.slice(-longest / 2)}`;
}

function sorted(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').trim();
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return value.map((each) => sorted(each, depth + 1));
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return names.map((name) => [name, sorted(value[name], depth + 1)]);
}

/** All texts among the arguments, as far down as `canonicalOf` looks. */
export function textsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  if (depth >= deepest || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) => textsIn(each, depth + 1));
}

const pathNames = [
  ...[
    'filePath',
    'file_path',
    'path',
    'filepath',
    'file',
    'filename',
    'target_file',
    'targetFile',
    'TargetFile',
  ],
  ...['uri', 'notebook_path', 'relative_path'],
];

/** The file that a call is about; undefined: it doesn't say. */
export function pathIn(input: JsonObject): string | undefined {
  for (const name of pathNames) {
    const value = input[name];
    if (typeof value === 'string') return value.slice(0, 1_000);
  }
  return undefined;
}
