import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../core/answer-event';
import type { Attempt } from '../../core/attempt';
import type { Decision } from '../../core/decision';
import type { TurnView } from '../../webview/protocol';
import {
  errorOf,
  errorOfNoModel,
  errorOfOverBudget,
  fallbackNotice,
  notRecordedNotice,
  retryNotice,
  truncatedNotice,
} from '../chat/answer-texts';
import type { InternalCommand } from '../command-table';
import { viewCommands } from '../command-table';
import { answerLine } from '../shown/answer-view';
import { openFence } from './open-fence';
import type { TurnMetadata } from './participant-history';

type FailureView = NonNullable<TurnView['error']>;

/** An answer in the native chat as it grows. */
export interface ParticipantAnswer {
  take(event: AnswerEvent): void;
  /** What the editor keeps with the turn, and the error where there is one. */
  result(): vscode.ChatResult;
}

/** Writes an answer into the native chat. `asked` is what is known of the turn before it is answered. */
export function answerInto(
  stream: vscode.ChatResponseStream,
  asked: Omit<TurnMetadata, 'answer'>,
): ParticipantAnswer {
  let decision: Decision | undefined;
  let answeredBy: string | undefined;
  let answer = '';
  let failure: FailureView | undefined;
  /** The answer, and what closes its code. */
  let closed = '';

  /** A paragraph of our own: an answer that ends within code must not take it in. */
  function say(text: string): void {
    const fence = openFence(closed);
    const close = fence === undefined ? '' : `${closed.endsWith('\n') ? '' : '\n'}${fence}`;
    closed += close;
    stream.markdown(`${close}\n\n${text}`);
  }

  function line(attempt: Attempt, prefix: readonly string[] = []): void {
    if (decision === undefined) return;
    const { model, cost, time, phase, explored } = answerLine(decision, attempt);
    const facts = prefix.length > 0 ? [model, cost, time] : [model, cost, time, phase];
    const isLocked = asked.lockedTo?.deploymentId === attempt.deploymentId;
    const marks = [
      ...(explored ? [l10n.t('explored')] : []),
      ...(isLocked ? [l10n.t('locked to this model')] : []),
    ];
    say(`---\n*${[...prefix, ...facts, ...marks].join(' · ')}*`);
  }

  function fail(view: FailureView): void {
    failure = view;
    for (const action of view.actions) if (action !== 'retry') stream.button(actionButton(action));
  }

  function rateButtons(): void {
    if (decision === undefined || answeredBy === undefined) return;
    for (const [title, command, ...rest] of buttons())
      stream.button({ title, command, arguments: [decision.id, answeredBy, ...rest] });
  }

  return {
    take: (event) => {
      switch (event.type) {
        case 'decided':
          decision = event.decision;
          answeredBy = decision.deploymentId;
          return;
        case 'tool-call':
          // None is offered here.
          return;
        case 'text':
          answer += event.text;
          closed += event.text;
          stream.markdown(event.text);
          return;
        case 'fell-back':
          answeredBy = event.to;
          stream.markdown(`*${fallbackNotice(event)}*\n\n`);
          return;
        case 'retrying':
          stream.progress(retryNotice(event));
          return;
        case 'not-recorded':
          say(`*${notRecordedNotice(event.detail)}*`);
          return;
        case 'finished':
          if (event.truncated) say(`*${truncatedNotice}*`);
          line(event.attempt);
          rateButtons();
          return;
        case 'stopped':
          if (answer !== '') line(event.attempt, [l10n.t('Stopped')]);
          return;
        case 'failed':
          return fail(errorOf(event));
        case 'no-model':
          return fail(errorOfNoModel(event));
        case 'over-budget':
          return fail(errorOfOverBudget(event));
      }
    },
    result: () => ({
      ...(failure && { errorDetails: { message: failure.text } }),
      metadata: {
        ...asked,
        answer,
        ...(decision && { decisionId: decision.id }),
        ...(answeredBy !== undefined && { deploymentId: answeredBy }),
      } satisfies TurnMetadata,
    }),
  };
}

/** What can be done about a failure; the editor has a button of its own to retry. */
function actionButton(action: Exclude<FailureView['actions'][number], 'retry'>): vscode.Command {
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

function buttons(): readonly (readonly [string, InternalCommand, ...('up' | 'down')[]])[] {
  return [
    [l10n.t('Good answer'), 'conduit.rate', 'up'],
    [l10n.t('Bad answer'), 'conduit.rate', 'down'],
    [l10n.t('Why this model?'), 'conduit.explainDecision'],
  ];
}
