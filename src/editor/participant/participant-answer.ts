import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../core/terms/answer-event';
import type { Thumb } from '../../core/terms/observation';
import { closingOf } from '../../text/close-markdown';
import { emphasised } from '../../text/plain-in-markdown';
import type { AnswerError, ErrorAction } from '../../webview/protocol/chat';
import type { AnswerFacts, AttemptFacts } from '../answers/answer-facts';
import { nothingYet, take } from '../answers/answer-facts';
import { errorOf, noticeText, truncatedNotice } from '../answers/answer-texts';
import { answerLine } from '../answers/answer-view';
import { choiceSentence } from '../answers/choice-sentence';
import type { InternalCommand } from '../command-table';
import { viewCommands } from '../command-table';
import type { TurnMetadata } from './participant-history';

/** An answer in the native chat as it grows. */
export interface ParticipantAnswer {
  take(event: AnswerEvent): void;
  /** What is known of it so far. */
  facts(): AnswerFacts;
  /** What the editor keeps with the turn, and the error where there is one. */
  result(): vscode.ChatResult;
}

/** Writes an answer into the native chat. `asked` is what is known of the turn before it is answered. */
export function answerInto(
  stream: vscode.ChatResponseStream,
  asked: Omit<TurnMetadata, 'answer'>,
): ParticipantAnswer {
  let facts = nothingYet;
  /** The answer, and what closes what it left open. */
  let closed = '';
  let thinks = false;

  /** A paragraph of our own: an answer that ends within code or HTML must not take it in. */
  function say(text: string): void {
    const closing = closingOf(closed);
    closed += closing;
    stream.markdown(`${closing}\n\n${text}`);
  }

  function line(attempt: AttemptFacts, prefix: readonly string[] = []): void {
    const { decision } = facts;
    if (decision === undefined) return;
    const { model, cost, time, phase, explored } = answerLine(decision, attempt);
    const shown = prefix.length > 0 ? [model, cost, time] : [model, cost, time, phase];
    const isLocked = asked.lockedTo?.deploymentId === attempt.deploymentId;
    const marks = [
      ...(explored ? [l10n.t('explored')] : []),
      ...(isLocked ? [l10n.t('locked to this model')] : []),
    ];
    say(`---\n${emphasised([...prefix, ...shown, ...marks].join(' · '))}`);
    const isOfChosen = attempt.deploymentId === decision.deploymentId;
    if (prefix.length === 0 && isOfChosen) stream.markdown(`\n\n${emphasised(choiceSentence(decision))}`);
  }

  function errorButtons(): void {
    for (const action of error()?.actions ?? []) if (action !== 'retry') stream.button(actionButton(action));
  }

  function rateButtons(): void {
    if (facts.by === undefined) return;
    const { decisionId, deploymentId } = facts.by;
    for (const [title, command, ...rest] of buttons())
      stream.button({ title, command, arguments: [decisionId, deploymentId, ...rest] });
  }

  const error = (): AnswerError | undefined => facts.end && errorOf(facts.end);

  return {
    take: (event) => {
      facts = take(facts, event);
      switch (event.type) {
        case 'decided':
        case 'tool-call':
        case 'stuck':
          // Nothing is written of these: no tool is offered here.
          return;
        case 'thought':
          // It is no part of the answer: the editor is told only that something happens.
          if (!thinks) stream.progress(l10n.t('Thinking…'));
          thinks = true;
          return;
        case 'rethought':
          // What is written in the editor's chat can't be taken back.
          say(`${emphasised(l10n.t('Until here the model was thinking.'))}\n\n`);
          closed = '';
          return;
        case 'text':
          closed += event.text;
          stream.markdown(event.text);
          return;
        case 'fell-back':
          stream.markdown(`${emphasised(noticeText(event))}\n\n`);
          return;
        case 'retrying':
          stream.progress(noticeText(event));
          return;
        case 'not-recorded':
          say(emphasised(noticeText(event)));
          return;
        case 'finished':
          if (event.truncated) say(emphasised(truncatedNotice));
          line(event.attempt);
          rateButtons();
          return;
        case 'stopped':
          if (facts.text !== '') line(event.attempt, [l10n.t('Stopped')]);
          return;
        case 'failed':
        case 'no-model':
        case 'over-budget':
          return errorButtons();
      }
    },
    facts: () => facts,
    result: () => {
      const failure = error();
      return {
        ...(failure && { errorDetails: { message: failure.text } }),
        metadata: {
          ...asked,
          answer: facts.text,
          ...facts.by,
          ...(facts.end?.type === 'finished' && { whole: true as const }),
        } satisfies TurnMetadata,
      };
    },
  };
}

/** What can be done about a failure; the editor has a button of its own to retry. */
function actionButton(action: Exclude<ErrorAction, 'retry'>): vscode.Command {
  const command = viewCommands[action];
  switch (action) {
    case 'set-key':
      return { title: l10n.t('Set API Key'), command };
    case 'open-configuration':
      return { title: l10n.t('Open Configuration'), command };
    case 'show-log':
      return { title: l10n.t('Show Log'), command };
  }
}

function buttons(): readonly (readonly [string, InternalCommand, ...Thumb[]])[] {
  return [
    [l10n.t('Good answer'), 'conduit.rate', 'up'],
    [l10n.t('Bad answer'), 'conduit.rate', 'down'],
    [l10n.t('Why this model?'), 'conduit.explainDecision'],
  ];
}
