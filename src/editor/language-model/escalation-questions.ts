import * as l10n from '@vscode/l10n';
import type { AnswerEvent } from '../../core/terms/answer-event';
import { notify } from '../notify';
import { nameOfStuck } from '../shown/code-names';
import { aboutUsd } from '../shown/format';

/** Asks whether another model may go on where an agent is stuck. The agent isn't held up: an answer is for its next step. */
export interface EscalationQuestions {
  /** Once for each loop, whatever the user says. */
  ask(stuck: Extract<AnswerEvent, { type: 'stuck' }>): void;
  /** The user agreed for the loop of this decision. */
  isAgreed(decisionId: string): boolean;
}

const mostRemembered = 1_000;

export function createEscalationQuestions(): EscalationQuestions {
  const asked = new Set<string>();
  const agreed = new Set<string>();

  function remember(set: Set<string>, decisionId: string): void {
    set.add(decisionId);
    const [oldest] = set;
    if (set.size > mostRemembered && oldest !== undefined) set.delete(oldest);
  }

  return {
    ask: (event) => {
      const { decisionId } = event;
      if (asked.has(decisionId)) return;
      remember(asked, decisionId);
      notify('info', questionOf(event), [
        { label: l10n.t('Use Another Model'), run: () => remember(agreed, decisionId) },
        // The same as to close it, for who looks for a no.
        { label: l10n.t('Keep This Model'), run: () => undefined },
      ]);
    },
    isAgreed: (decisionId) => agreed.has(decisionId),
  };
}

function questionOf({ deploymentId, stuck, next }: Extract<AnswerEvent, { type: 'stuck' }>): string {
  const why = nameOfStuck(stuck);
  return next.costUsd === undefined
    ? l10n.t(
        'An agent seems to be stuck with {0}: {1}. From its next step on another model, such as {2}, can take over. It reads everything anew; what that costs isn’t known.',
        deploymentId,
        why,
        next.deploymentId,
      )
    : l10n.t(
        'An agent seems to be stuck with {0}: {1}. From its next step on another model, such as {2}, can take over. It reads everything anew, for {3}.',
        deploymentId,
        why,
        next.deploymentId,
        aboutUsd(next.costUsd),
      );
}
