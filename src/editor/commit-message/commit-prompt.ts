import type { Message } from '../../core/request';
import { withAttachments } from '../attachments/attach';

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
  const fenced = /^ {0,3}(`{3,}|~{3,})[^\n]*\n([\s\S]*?)\n? {0,3}\1/m.exec(answer)?.[2];
  const text = (fenced ?? answer).trim().replace(/^\**(?:commit message|subject)\s*:\**\s*/i, '');
  const quoted = /^(["'`“])([^\n]*)(["'`”])$/.exec(text)?.[2];
  return (quoted ?? text)
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
