import { withoutThoughts } from '../thoughts/without-thoughts';
import { withoutRemarks } from './after-message';
import { firstOfSeveral } from './alternatives';
import type { Begun } from './before-message';
import { plainInfo, withoutAnnouncement, withoutBlanks } from './before-message';
import { fenced } from './fences';
import { messageOfCommand } from './git-command';
import { messageInJson, messageInYaml } from './json-message';
import { bodyBehind, withoutBodyLabels, withoutLabels } from './labels';
import { inTag, unquoted, withoutMargin, withoutMarks } from './marks-around';
import { isRefusal } from './talk';

/**
 * The commit message of an answer, without what the model says before and behind it, and without what it put around it;
 * '' where the answer has none. Line ends are `\n`.
 */
export function commitMessageIn(answer: string): string {
  const lines = withoutMargin(withoutBlanks(linesOfAnswer(withoutThoughts(answer))));
  const message =
    inOtherForm(lines.join('\n')) === undefined ? messageLines(withoutAnnouncement(lines)) : lines;
  return unwrapped(message).join('\n').trim();
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd());
}

/** Signs of a model's own with which a text ends, where a server leaves them in. */
const ends = /(?:<\|[a-z_]{1,30}\|>|<\/s>|<end_of_turn>|<end_of_utterance>|\[\/INST\])$/;
/** The name of who speaks, where a server leaves it in. */
const speaker =
  /^\s{0,20}(?:<\|[a-z_]{1,30}\|>)?assistant(?:[ \t]*\r?\n\s*\n|: (?=(?:feat|fix|docs?|chore|refactor|perf|test|build|ci|style)\b[^\n]{0,80}: ))/i;

/** The lines of an answer; ends of lines that are written as in a program are ends of lines too. */
function linesOfAnswer(answer: string): readonly string[] {
  let text = answer.trimEnd().replace(speaker, '');
  const end = ends.exec(text.slice(-40))?.[0];
  if (end !== undefined) text = text.slice(0, -end.length).trimEnd();
  const isWrittenOut = !text.includes('\n') && text.includes(String.raw`\n\n`) && !/^["'{[]|^git /.test(text);
  return linesOf(isWrittenOut ? text.replaceAll(String.raw`\n`, '\n') : text);
}

function messageLines({ lines, several, named }: Begun): readonly string[] {
  const block = fenced(lines);
  if (block === undefined) {
    if (isRefusal(lines[0] ?? '')) return [];
    const [subject, ...rest] = withoutRemarks(firstOfSeveral(lines, several), several);
    return subject === undefined ? [] : [subject, ...(named ? withoutBodyLabels(rest) : rest)];
  }
  const content = withoutBlanks(block.content);
  const body = content.length === 1 ? bodyBehind(block.rest) : [];
  return body.length === 0 ? content : [...content, '', ...body];
}

/** The message of a text that is JSON, a command, or begins with a tag; undefined: it is none of these. */
function inOtherForm(text: string): string | undefined {
  return messageInJson(text) ?? messageInYaml(text) ?? inTag(text) ?? messageOfCommand(text);
}

/** Takes one thing after another from around the message, until nothing is left that belongs around one. */
function unwrapped(message: readonly string[]): readonly string[] {
  let lines = withoutBlanks(withoutMargin(message));
  for (let round = 0; round < 8; round += 1) {
    const next = withoutOne(lines);
    if (next === undefined) return lines;
    lines = withoutBlanks(withoutMargin(next));
  }
  return lines;
}

function withoutOne(lines: readonly string[]): readonly string[] | undefined {
  const [first = '', ...rest] = lines;
  if (first === '') return undefined;
  const quotation = unquoted(lines);
  if (quotation !== undefined) return quotation;
  const block = fenced(lines);
  if (block !== undefined && block.rest.length === 0 && plainInfo.test(block.info)) return block.content;
  const text = lines.join('\n');
  const inner = inOtherForm(text) ?? withoutMarks(text);
  if (inner !== undefined) return linesOf(inner);
  const parts = withoutLabels(lines);
  if (parts !== undefined) return parts;
  const heading = /^#{1,6} (?=\S)/.exec(first)?.[0];
  if (heading !== undefined) return [first.slice(heading.length), ...rest];
  const subject = withoutMarks(first);
  return subject?.includes(' ') === true ? [subject, ...rest] : undefined;
}
