import { beginningOf } from './beginning';
import type { FileDiff } from './file-diffs';

export { filesOf } from './file-diffs';
export type { FileDiff } from './file-diffs';

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

/**
 * Leaves out what is too long: of each file the end, and of files that don't fit all but the name. Of those of `unread`
 * nothing but the name is known; those of `conflicts` a merge has left for the user to resolve.
 */
export function shortened(
  files: readonly FileDiff[],
  unread: readonly string[] = [],
  conflicts: readonly string[] = [],
): ShortDiff {
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
  named.push(...unread);
  const rest = named.length === 0 ? [] : [`(Changed too, but too much to be shown here: ${namesOf(named)})`];
  const open = conflicts.length === 0 ? [] : [`(In conflict, and not resolved yet: ${namesOf(conflicts)})`];
  const text = [...kept.map((file) => file.text.trimEnd()), ...rest, ...open].join('\n');
  return { text, files: kept, cut: cut || named.length > 0 };
}

/** Ends at the end of a line, where the lines aren't too long for that. */
function shortFile(text: string): string {
  if (text.length <= longestFileDiff) return text;
  const lineEnd = text.lastIndexOf('\n', longestFileDiff);
  const beginning = lineEnd < 0 ? beginningOf(text, longestFileDiff) : text.slice(0, lineEnd);
  return `${beginning}\n(The first ${String(beginning.length)} of ${String(text.length)} characters of this file’s changes.)`;
}

/** Hundreds of names say no more than the first ones. */
function namesOf(names: readonly string[]): string {
  const most = 100;
  const more = names.length > most ? `, and ${String(names.length - most)} more` : '';
  return `${names.slice(0, most).join(', ')}${more}`;
}
