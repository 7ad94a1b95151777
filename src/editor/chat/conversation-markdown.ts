import * as l10n from '@vscode/l10n';
import { withAttachments } from '../../text/attached-text';
import { closingOf } from '../../text/close-markdown';
import { emphasised, plainInMarkdown } from '../../text/plain-in-markdown';
import type { SavedConversation, SavedTurn } from './saved-conversation';
import { titleOf } from './saved-conversation';
import { viewOf } from './turn-view';

/** A conversation as a markdown document: questions with what was attached, answers with who gave them. */
export function conversationMarkdown(conversation: SavedConversation): string {
  return [`# ${plainInMarkdown(titleOf(conversation))}`, ...conversation.turns.flatMap(turnParts), ''].join(
    '\n\n',
  );
}

function turnParts(turn: SavedTurn): readonly string[] {
  const { question } = turn;
  const view = viewOf(turn);
  const answer =
    view.answer === '' ? [plainInMarkdown(view.error?.text ?? l10n.t('No answer.'))] : [view.answer];
  const line = view.line && [emphasised([view.line.model, view.line.cost, view.line.time].join(' · '))];
  return [
    `## ${l10n.t('Question')}`,
    closed(withAttachments(question.prompt, question.attachments)),
    `## ${l10n.t('Answer')}`,
    ...answer.map(closed),
    ...(line ?? []),
  ];
}

/** What follows must not become part of what a question or an answer left open, such as code. */
function closed(text: string): string {
  return `${text}${closingOf(text)}`;
}
