import * as l10n from '@vscode/l10n';
import { withAttachments } from '../../text/attached-text';
import type { SavedConversation, SavedTurn } from './saved-conversation';
import { titleOf } from './saved-conversation';
import { viewOf } from './turn-view';

/** A conversation as a markdown document: questions with what was attached, answers with who gave them. */
export function conversationMarkdown(conversation: SavedConversation): string {
  return [`# ${titleOf(conversation)}`, ...conversation.turns.flatMap(turnParts), ''].join('\n\n');
}

function turnParts(turn: SavedTurn): readonly string[] {
  const { question } = turn;
  const view = viewOf(turn);
  const answer = view.answer === '' ? [view.error?.text ?? l10n.t('No answer.')] : [view.answer];
  const line = view.line && [`*${[view.line.model, view.line.cost, view.line.time].join(' · ')}*`];
  return [
    `## ${l10n.t('Question')}`,
    withAttachments(question.prompt, question.attachments),
    `## ${l10n.t('Answer')}`,
    ...answer,
    ...(line ?? []),
  ];
}
