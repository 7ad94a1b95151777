import { fenced, openingOf } from './fences';
import { messageOfCommand } from './git-command';
import { withoutMarks } from './marks-around';
import {
  afterYes,
  beginsAsTalk,
  hasWellKnownType,
  isConventional,
  labelled,
  namesMessage,
  optionAt,
  ownTypeAt,
  presentation,
  speaksOfAMessage,
  speaksOfSeveral,
} from './talk';

/** An answer without what it says before the message. */
export interface Begun {
  readonly lines: readonly string[];
  /** True where several messages were announced. */
  readonly several: boolean;
  /** True where the subject stood under a name of its own: then the body may too. */
  readonly named: boolean;
}

/** Longer thoughts before a message are none that anybody has seen, in lines. */
const longestPreface = 300;

/** Words behind a fence that name no language of code. */
export const plainInfo =
  /^(?:|te?xt|plain(?:text)?|markdown|md|none|commit[-_ ]?(?:message|msg)?|git[-_ ]?commit(?:[-_ ]?message)?|git|message|msg|output)$/i;

/** What leads to a command. */
const runs = /^(?:then )?(?:run|execute|use)(?: (?:this|the following))?(?: command)?:$|^command:$/i;

/** Takes away what announces the message, line by line, as long as there is something of that kind. */
export function withoutAnnouncement(answer: readonly string[]): Begun {
  let lines = withoutBlanks(answer);
  let several = false;
  let named = false;
  let announced = false;
  // Each round takes something away; more of it is no announcement.
  for (let round = 0; round < 20; round += 1) {
    const [line = ''] = lines;
    const next: readonly string[] | undefined =
      openingOf(line) === undefined ? step(lines, announced) : behindChanges(lines);
    if (next === undefined) break;
    announced ||= next.length < lines.length && (endsWithColon(line) || namesMessage(line));
    several ||= speaksOfSeveral(line) || optionAt(line) !== undefined;
    named ||= namesMessage(line);
    lines = withoutBlanks(next);
  }
  return { lines, several, named };
}

/** What follows a block that quotes the changes: it is no message. */
function behindChanges(lines: readonly string[]): readonly string[] | undefined {
  const block = fenced(lines);
  return block !== undefined && /^(?:diff|patch)$/i.test(block.info) ? block.rest : undefined;
}

/** One thing less; once the message is announced, only what announces it for sure. */
function step(lines: readonly string[], announced: boolean): readonly string[] | undefined {
  const [line = '', ...rest] = lines;
  if (/^[-*_=]{3,}$/.test(line)) return rest;
  const option = optionAt(line);
  if (option?.first === true && isOneOfSeveral(option.rest, rest))
    return option.rest === '' ? rest : [option.rest, ...rest];
  const agreed = afterYes(line);
  if (agreed === '') return rest;
  if (agreed !== undefined && isAnswer(line, agreed)) return [agreed, ...rest];
  if (namesMessage(line)) return rest;
  // Others take a label away, with those of the other parts.
  if (hasLabel(line)) return undefined;
  if (announced) return endsWithColon(line) && isSurelyPresented(line) ? rest : undefined;
  if (endsWithColon(line)) return announces(line, rest) ? rest : withoutPreface(lines);
  const inline = afterPresentation(line);
  if (inline !== undefined) return [inline, ...rest];
  const isOwnParagraph = rest.length === 0 || rest[0] === '' || openingOf(rest[0] ?? '') !== undefined;
  if (isOwnParagraph && isSentence(line) && beginsAsTalk(line) && isSurelyPresented(line)) return rest;
  return withoutPreface(lines);
}

/** "Version 1: add a" may be all of a subject: another one follows, or what is behind the name is a message. */
function isOneOfSeveral(text: string, behind: readonly string[]): boolean {
  return (
    text === '' ||
    hasWellKnownType(text) ||
    withoutMarks(text) !== undefined ||
    behind.some((line) => optionAt(line)?.first === false)
  );
}

function hasLabel(line: string): boolean {
  const label = labelled(line);
  return label?.kind === 'message' && label.rest !== '';
}

/** Whether what follows a yes on its line is an answer of its own, and the yes no part of it. */
function isAnswer(line: string, rest: string): boolean {
  if (beginsAsTalk(rest) || presentation(rest) !== undefined) return true;
  return isConventional(rest) && !/[\p{L}\p{N}]\s$/u.test(line.slice(0, line.length - rest.length).slice(-2));
}

function endsWithColon(line: string): boolean {
  return /[:\uff1a][*_]{0,3}$/.test(line.slice(-8));
}

function isSentence(line: string): boolean {
  return /[.!?。\uff01\uff1f…][*_)"”]{0,3}$/.test(line.slice(-8));
}

/** Whether a line that ends with a colon announces what follows: by what it says, else by what that looks like. */
function announces(line: string, rest: readonly string[]): boolean {
  const sentences = sentencesOf(line);
  if (sentences.some((sentence) => presentation(sentence) !== undefined)) return true;
  if (isConventional(line)) return false;
  const at = rest.findIndex((each) => each !== '');
  const next = rest[at] ?? '';
  const fence = openingOf(next);
  if (fence !== undefined) {
    if (runs.test(line)) return messageOfCommand(rest.slice(at + 1, at + 100).join('\n')) !== undefined;
    if (!plainInfo.test(fence.info)) return false;
    // A subject may end with a colon, with code behind it.
    const [first = ''] = rest.slice(at + 1);
    return (
      speaksOfAMessage(line) ||
      hasWellKnownType(first) ||
      (isOfAnotherLanguage(line) && readsAsMessage(rest.slice(at + 1)))
    );
  }
  if (isListItem(next)) return false;
  return (isOfAnotherLanguage(line) && speaksOfAMessage(line)) || hasWellKnownType(next);
}

/** Its letters are no English ones, in which subjects are mostly written. */
function isOfAnotherLanguage(line: string): boolean {
  return /[^\p{ASCII}’‘“”…–—]/u.test(line);
}

/** Its first line begins as a sentence does, is followed by nothing or an empty line, and ends no statement. */
function readsAsMessage([first = '', second = '']: readonly string[]): boolean {
  const isAlone = second === '' || openingOf(second) !== undefined;
  return (
    isAlone &&
    first.length <= 120 &&
    /^[\p{Lu}\p{Lo}[:]|^[a-z]+(?:\(.{0,80}\))?: /u.test(first) &&
    !/[;{}]$/.test(first)
  );
}

function isListItem(line: string): boolean {
  return /^\s{0,8}(?:[-*+•]|\d{1,3}[.)]) /.test(line);
}

/** What follows “Here is the commit message:” on its line. */
function afterPresentation(line: string): string | undefined {
  const colon = line.slice(0, 200).search(/:(?=\s|$|[*_]|[^\p{ASCII}])|\uff1a/u);
  if (colon < 0 || isConventional(line)) return undefined;
  const stop = ownTypeAt(line.slice(0, colon)) ?? colon;
  const before = line.slice(0, stop);
  // "Commit message: …" is a label, and read as one.
  const after = line
    .slice(stop + 1)
    .replace(/^[*_]{1,3}(?=\s)/, '')
    .replace(/(["'`”»*])\.$/, '$1')
    .trim();
  const presents = (beginsAsTalk(before) || / (?:is|be)$/.test(before)) && isSurelyPresented(before);
  const isMessage = withoutMarks(after) !== undefined || hasWellKnownType(after);
  return presents || (beginsAsTalk(before) && isMessage) ? after : undefined;
}

function isSurelyPresented(text: string): boolean {
  return sentencesOf(text).some((sentence) => presentation(sentence) === 'sure');
}

/** The first sentences of a line; the rest of a long one is not looked at. */
function sentencesOf(line: string): readonly string[] {
  return line
    .slice(0, 600)
    .split(/[.!?。\uff01\uff1f,\uff0c—–]+\s{0,4}/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/**
 * What a model thinks aloud before its message: it ends where a line presents the message, or has a type as none but a
 * subject has.
 */
function withoutPreface(lines: readonly string[]): readonly string[] | undefined {
  const [first = ''] = lines;
  const talks = beginsAsTalk(first) && (isSentence(first) || endsWithColon(first));
  const isLong = first.length > 72 && isSentence(first);
  if ((!talks && !isLong) || isConventional(first)) return undefined;
  const at = lines.slice(0, longestPreface).findIndex((line, index) => {
    if (index === 0 || lines[index - 1] !== '') return false;
    if (endsWithColon(line) && isSurelyPresented(line)) return true;
    const fence = openingOf(line);
    if (fence !== undefined) return talks && plainInfo.test(fence.info);
    return hasWellKnownType(line) || (namesMessage(line) && /[:*#\uff1a]/.test(line));
  });
  return at < 0 ? undefined : lines.slice(at);
}

/** Without the empty lines at the beginning and at the end. */
export function withoutBlanks(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
}
