import {
  alsoPrefix,
  nameOfBody,
  nameOfMessage,
  nameOfOption,
  nameOfRemarks,
  offersSeveral,
  presents,
  proposes,
  refuses,
  remarks,
  speaks,
  speaksOfMessage,
  yes,
} from './talk-words';

/** As much of a line as is judged. */
const judgedBy = 300;

const conventional = /^(?:revert(?:ed)? )?[a-z][a-z0-9-]{1,20}(?:\([^()\n]{0,80}\))?!?: ?\S/u;
/** Types of Conventional Commits: nothing else begins in this way. */
const wellKnownType =
  /^(?:feat|fix|docs?|style|refactor|perf|tests?|build|ci|chore|revert|wip|deps|hotfix|release|security)(?:\([^()\n]{0,80}\))?!?: ?\S/;

/** A note to the one who asked: it has marks that a body has not. */
const markedNote = /^[*_>( ]{1,6}note:[*_]{0,2} (?:i\b|adjust\b|feel\b|you (?:can|may|should|might)\b)/i;

export function isConventional(line: string): boolean {
  return conventional.test(headOf(line)) && !matches(yes, headOf(line));
}

export function hasWellKnownType(line: string): boolean {
  return wellKnownType.test(headOf(line));
}

/** A line without the marks that make it a heading or bold, and without the colon that ends it. */
export function plain(line: string): string {
  return headOf(line)
    .trim()
    .replace(/^#{1,6} /, '')
    .replace(/^[*_]{1,3}/, '')
    .replace(/[*_]{1,3}$/, '')
    .replace(/ ?[:\uff1a]$/, '')
    .replace(/[*_]{1,3}$/, '')
    .replace(/^[-=]{2,} ?(?:begin |start )?([^-=]{3,60}?) ?[-=]{2,}$|^\[([^[\]]{3,60})\]$/i, '$1$2')
    .replaceAll(/(?<=\p{L})_(?=\p{L})/gu, ' ')
    .trim();
}

/** What says nothing but yes, and what follows it on its line; undefined: the line begins with something else. */
export function afterYes(line: string): string | undefined {
  const word = matchOf(yes, headOf(line));
  if (word === undefined || conventional.test(headOf(line))) return undefined;
  const rest = line.slice(word.length);
  const stop = /^[\s,.!\uff01\uff0c。、~…:\uff1a—–-]{0,8}/.exec(rest)?.[0] ?? '';
  return rest === '' || stop !== '' ? rest.slice(stop.length) : undefined;
}

/** A sentence that presents a message for sure, or hardly anything else; undefined: it may be part of one. */
export function presentation(text: string): 'sure' | 'likely' | undefined {
  const head = headOf(text).replace(/^[*_#\s]{0,8}/, '');
  if (isConventional(head)) return undefined;
  const ofMessage = speaksOfMessage.test(head);
  if (matches(presents, head)) return ofMessage ? 'sure' : 'likely';
  if (isNameOfMessage(plain(head)) && !alsoPrefix.test(plain(head))) return 'sure';
  return matches(speaks, head) && ofMessage ? 'sure' : undefined;
}

export function beginsAsTalk(text: string): boolean {
  const head = headOf(text);
  return (
    !isConventional(head) &&
    (matches(presents, head) || matches(speaks, head) || afterYes(text) !== undefined)
  );
}

export function speaksOfAMessage(text: string): boolean {
  return speaksOfMessage.test(headOf(text));
}

/** Whether a line is the name of a message and nothing else. */
export function namesMessage(line: string): boolean {
  const name = plain(line);
  return isNameOfMessage(name) && (!alsoPrefix.test(name) || /[:*#=\uff1a]|^--/.test(line));
}

/** With more than a name, such as “for these changes”, only where the name is of a commit, or of something proposed. */
function isNameOfMessage(text: string): boolean {
  return nameOfMessage.test(text) && (!/ (?:for|to|in|of) /.test(text) || proposes.test(text));
}

export function namesBody(line: string): boolean {
  return nameOfBody.test(plain(line));
}

/** Where, before the first colon of a line, the message itself begins: 'The commit message is "feat'. */
export function ownTypeAt(before: string): number | undefined {
  const own =
    /(?:\s["'`“«][*_]{0,2}|\s(?:is|be|[-–—=])\s)(?:feat|fix|docs?|style|refactor|perf|tests?|build|ci|chore)(?:\([^()\n]{0,80}\))?!?$/.exec(
      before,
    );
  if (own === null) return undefined;
  return own.index + (/^\s[\w–—=-]+(?=\s)/.exec(own[0])?.[0].length ?? 0);
}

/** A label before a text on the same line; undefined: there is none. `kind`: what it is the label of. */
export function labelled(
  line: string,
): { readonly kind: 'message' | 'body'; readonly rest: string; readonly name: string } | undefined {
  const head = headOf(line);
  // "Commit message - feat: …", "Commit message = …"
  const dash = /^[*_]{0,3}(?:[a-z]{1,12} ){0,2}commit message[*_]{0,3} (?=[-–—=] )/i.exec(head)?.[0].length;
  const stop = dash ?? head.search(/[:\uff1a]/);
  if (stop < 1 || stop > 120) return undefined;
  const before = head.slice(0, stop);
  if (dash === undefined && ownTypeAt(before) !== undefined) return undefined;
  const after = line.slice(stop + 1);
  const open = /^(?:#{1,6} )?([*_]{0,3})/.exec(before)?.[1] ?? '';
  // "**Subject:** x" and "**Subject**: x".
  const rest = open !== '' && after.startsWith(open) ? after.slice(open.length) : after;
  const marked = open !== '' && (rest !== after || before.endsWith(open));
  const name = plain(before).replace(/ ?\([^()]{0,60}\)$/, '');
  if (!marked && open !== '') return undefined;
  const text = rest.trim();
  if (nameOfBody.test(name)) return { kind: 'body', rest: text, name };
  if (!isNameOfMessage(name) || (!marked && alsoPrefix.test(name))) return undefined;
  return { kind: 'message', rest: text, name };
}

export function speaksOfSeveral(text: string): boolean {
  return offersSeveral.test(headOf(text));
}

/** Which of several messages a line is the name of, and what of it stands behind the name. */
export function optionAt(line: string): { readonly first: boolean; readonly rest: string } | undefined {
  if (line.length > 2 * judgedBy) return undefined;
  const found = nameOfOption.exec(line);
  if (found === null) return undefined;
  const [, which = '', stop = '', rest = ''] = found;
  // "Option 1 is the default now" is a sentence.
  if (stop.trim() === '' && rest.trim() !== '') return undefined;
  return { first: /^(?:1|a|one|一)$/i.test(which), rest: rest.trim() };
}

export function isRemark(text: string): boolean {
  if (markedNote.test(text)) return true;
  return matches(remarks, headOf(text).replace(/^[*_>\s("“]{0,6}(?:note: (?=this))?/i, ''));
}

/** A line that is the name of remarks, with marks, or what follows it shows. */
export function namesRemarks(line: string): boolean {
  const stop = line.search(/[:\uff1a]/);
  return nameOfRemarks.test(plain(stop > 0 && stop < 60 ? line.slice(0, stop) : line));
}

export function isRefusal(text: string): boolean {
  return matches(refuses, headOf(text));
}

function headOf(line: string): string {
  return line.slice(0, judgedBy);
}

function matches(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function matchOf(patterns: readonly RegExp[], text: string): string | undefined {
  return patterns.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
}
