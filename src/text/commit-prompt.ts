import type { Message } from '../core/terms/request';
import { withAttachments } from './attached-text';

/** What a message is to be written for. */
export interface CommitQuestion {
  /** The changes, as short as they have to be. */
  readonly diff: string;
  /** First lines of the last commits' messages, latest first: the style of the repository. */
  readonly subjects: readonly string[];
  /** What the user had typed; empty: nothing. */
  readonly hint: string;
}

/** The conversation that asks for nothing but the message. */
export function commitMessagesFor({ diff, subjects, hint }: CommitQuestion): readonly Message[] {
  const style =
    subjects.length === 0
      ? 'This is the first commit of its repository.'
      : 'Follow the style of the last commits of this repository: language, tense, prefixes, capitals.\n' +
        subjects.map((subject) => `- ${subject}`).join('\n');
  const note =
    hint === ''
      ? []
      : [`The author has noted this about the change, and the message must respect it:\n${hint}`];
  const prompt = [
    'Write the commit message for the changes below.',
    'Answer with the message and nothing else, without a fence: one subject line of at most 72 characters that says ' +
      'what the commit does; only where the reason is not plain from that, an empty line and a few short lines with it.',
    style,
    ...note,
  ].join('\n\n');
  return [
    { role: 'user', text: withAttachments(prompt, [{ label: 'git diff', languageId: 'diff', text: diff }]) },
  ];
}

/** Message of an answer: without the fence, quotation marks or label that some models put around it. */
export function commitMessageIn(answer: string): string {
  const lines = answer.trim().split(/\r?\n/);
  const text = (fenced(lines) ?? lines)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
    .replace(/^\**(?:commit message|subject)\s*:\**\s*/i, '');
  return (/^(["'`“])([^\n]*)(["'`”])$/.exec(text)?.[2] ?? text).trim();
}

/**
 * What stands in a fence at the beginning, as far as it has come; undefined: there is none. A line that announces it
 * and ends with a colon may come before: any other fence is part of the message.
 */
function fenced(lines: readonly string[]): readonly string[] | undefined {
  const announced = lines[0]?.trimEnd().endsWith(':') === true;
  const first = announced ? lines.findIndex((line, index) => index > 0 && line.trim() !== '') : 0;
  // Longer runs are no fence that anybody writes.
  const fence = /^ {0,3}(`{3,20}|~{3,20})[^`]*$/.exec(lines[first] ?? '')?.[1];
  if (fence === undefined) return undefined;
  const content = lines.slice(first + 1);
  const end = content.findIndex((line) => {
    const mark = line.trim();
    return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
  });
  return end < 0 ? content : content.slice(0, end);
}
