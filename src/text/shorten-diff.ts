import { beginningOf } from './beginning';

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
    .map((text) => ({ name: nameIn(text.split('\n', 1).join('')), text }));
}

/** The user's settings of git may put other letters than a and b before the names, or none. */
function nameIn(header: string): string {
  const names = header.slice('diff --git '.length);
  const half = names.slice(0, (names.length - 1) / 2);
  if (names === `${half} ${half}`) return half;
  return /^.* "?[a-z]\/(.+?)"?$/.exec(names)?.[1] ?? '?';
}

/**
 * Leaves out what is too long: of each file the end, and of files that don't fit all but the name. Of those of `unread`
 * nothing but the name is known.
 */
export function shortened(files: readonly FileDiff[], unread: readonly string[] = []): ShortDiff {
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
  const text = [...kept.map((file) => file.text.trimEnd()), ...rest].join('\n');
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
