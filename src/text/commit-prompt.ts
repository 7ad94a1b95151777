import type { Message } from '../core/terms/request';
import type { Attachment } from './attached-text';
import { withAttachments } from './attached-text';

export { commitMessageIn } from './commit-message/read-message';

/** What a message is to be written for. */
export interface CommitQuestion {
  /** The changes, as short as they have to be. */
  readonly diff: string;
  /** First lines of the last commits' messages, latest first: the style of the repository. */
  readonly subjects: readonly string[];
  /** What the user had typed; empty: nothing. */
  readonly hint: string;
  /** What was measured of the last commits, in sentences. */
  readonly conventions?: readonly string[];
  /** The branch that is checked out: it may name a ticket. */
  readonly branch?: string | undefined;
  /** The repository's own rules: the template of its messages, what it checks them by. */
  readonly rules?: readonly Attachment[];
}

/** The conversation that asks for nothing but the message. */
export function commitMessagesFor(question: CommitQuestion): readonly Message[] {
  const { diff, subjects, hint, conventions = [], branch, rules = [] } = question;
  const style =
    subjects.length === 0
      ? 'This is the first commit of its repository.'
      : 'Follow the style of the last commits of this repository: language, tense, prefixes, capitals.\n' +
        subjects.map((subject) => `- ${subject}`).join('\n');
  const prompt = [
    'Write the commit message for the changes below.',
    'Answer with the message and nothing else, without a fence: one subject line of at most 72 characters that says ' +
      'what the commit does; only where the reason is not plain from that, an empty line and a few short lines with it.',
    style,
    ...(conventions.length === 0 ? [] : [conventions.join('\n')]),
    ...(rules.length === 0 ? [] : ['The message must keep to the rules of the repository that follow.']),
    ...(branch === undefined ? [] : [`The branch is called ${branch}.`]),
    ...(hint === ''
      ? []
      : [`The author has noted this about the change, and the message must respect it:\n${hint}`]),
  ].join('\n\n');
  const changes = { label: 'git diff', languageId: 'diff', text: diff };
  return [{ role: 'user', text: withAttachments(prompt, [...rules, changes]) }];
}
