/** More of the changes to one file is left out, in characters. */
export const longestFileDiff = 12_000;
/** More of all changes is left out, in characters: the files that come later are only named. */
export const longestDiff = 60_000;

/** The changes as a model reads them. */
export interface ShortDiff {
  readonly text: string;
  /** What of it is text of files. */
  readonly files: readonly FileDiff[];
  /** True where something was left out; the text says so too. */
  readonly cut: boolean;
}

/** The part of a diff that is about one file. */
export interface FileDiff {
  readonly name: string;
  readonly text: string;
}

/** Takes what git prints apart. */
export function filesOf(diff: string): readonly FileDiff[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter((part) => part.trim() !== '')
    .map((text) => ({ name: /^diff --git .* "?b\/(.+?)"?$/m.exec(text)?.[1] ?? '?', text }));
}

/** Leaves out what is too long: of each file the end, and of files that don't fit all but the name. */
export function shortened(files: readonly FileDiff[]): ShortDiff {
  const kept: FileDiff[] = [];
  const named: string[] = [];
  let room = longestDiff;
  let cut = false;
  for (const { name, text } of files) {
    const short = shortFile(text);
    if (short.length > room) {
      named.push(name);
      continue;
    }
    cut ||= short !== text;
    room -= short.length;
    kept.push({ name, text: short });
  }
  const rest = named.length === 0 ? [] : [`(Changed too, but too much to be shown here: ${namesOf(named)})`];
  const text = [...kept.map((file) => file.text.trimEnd()), ...rest].join('\n');
  return { text, files: kept, cut: cut || named.length > 0 };
}

/** Ends at the end of a line. */
function shortFile(text: string): string {
  if (text.length <= longestFileDiff) return text;
  const lineEnd = text.lastIndexOf('\n', longestFileDiff);
  const end = lineEnd < 0 ? longestFileDiff : lineEnd;
  return `${text.slice(0, end)}\n(The first ${String(end)} of ${String(text.length)} characters of this file’s changes.)`;
}

/** Hundreds of names say no more than the first ones. */
function namesOf(names: readonly string[]): string {
  const most = 100;
  const more = names.length > most ? `, and ${String(names.length - most)} more` : '';
  return `${names.slice(0, most).join(', ')}${more}`;
}
