import * as l10n from '@vscode/l10n';
import { untriedBonus } from '../../core/bandit/arm';
import type { Candidate } from '../../core/terms/decision';
import type { DecisionFacts } from './answer-facts';
import { aboutUsd } from '../shown/format';
import { nameOfDomain, nameOfTask } from '../shown/code-names';

/** Why a decision fell as it did, in sentences; the most important first. */
export function reasonsOf(decision: DecisionFacts): readonly string[] {
  return [
    choiceReason(decision),
    ...cacheReasons(decision),
    phaseReason(decision),
    ...changeReasons(decision),
    ...(decision.learning === false
      ? [l10n.t('Learning was paused: what becomes of this answer teaches nothing.')]
      : []),
    l10n.t(
      'The prompt was read as: {0}; subject: {1}; about {2} tokens.',
      nameOfTask(decision.task),
      nameOfDomain(decision.domain),
      decision.inputTokens,
    ),
    l10n.t('The preset “{0}” weighs quality, cost and time.', decision.preset),
  ];
}

function choiceReason(decision: DecisionFacts): string {
  const { candidates, deploymentId, explored } = decision;
  const chosen = candidates.find((candidate) => candidate.deploymentId === deploymentId);
  const [best, second] = candidates;
  if (decision.chosenByUser === true) return l10n.t('You chose {0}.', deploymentId);
  if (candidates.length === 1)
    return l10n.t('{0} is the only model of the pool that can take this request.', deploymentId);
  if (explored) {
    const probability = (decision.probability * 100).toFixed(2);
    return l10n.t(
      '{0} was drawn at random (probability {1} %), to keep learning; {2} scored best.',
      deploymentId,
      probability,
      best?.deploymentId ?? '',
    );
  }
  if (chosen !== undefined && isUntried(chosen))
    return l10n.t('{0} has not been tried yet: every model is tried once.', deploymentId);
  if (best !== undefined && second !== undefined && best.utility === second.utility) {
    return l10n.t('{0} was drawn among models that scored alike.', deploymentId);
  }
  const quality = percent(chosen?.quality01);
  if (chosen === undefined || second === undefined)
    return l10n.t('{0} scored best: expected quality {1}.', deploymentId, quality);
  return l10n.t(
    '{0} scored best: expected quality {1}, utility {2} against {3} of {4}.',
    deploymentId,
    quality,
    chosen.utility.toFixed(3),
    second.utility.toFixed(3),
    second.deploymentId,
  );
}

function cacheReasons({ candidates, deploymentId, stickyInsteadOf }: DecisionFacts): readonly string[] {
  const cache = candidates.find((candidate) => candidate.deploymentId === deploymentId)?.cache;
  if (cache === undefined) return [];
  const saved = aboutUsd(cache.savedUsd);
  return [
    stickyInsteadOf === undefined
      ? l10n.t(
          'Its prompt cache is expected to hold {0} tokens of this conversation, which saves {1}.',
          cache.tokens,
          saved,
        )
      : l10n.t(
          'Its prompt cache is expected to hold {0} tokens of this conversation, which saves {1}: without that {2} would have been chosen, and would have had to read it all anew.',
          cache.tokens,
          saved,
          stickyInsteadOf,
        ),
  ];
}

function phaseReason({ phase, poolSequence, switchAfter }: DecisionFacts): string {
  switch (phase) {
    case 'ucb1':
      return l10n.t(
        'Phase UCB1 ({0} of {1}): models are compared by their mean, the prompt does not count yet.',
        poolSequence,
        switchAfter,
      );
    case 'lin-ucb':
      return l10n.t('Phase LinUCB (since request {0}): the prompt’s features decide.', switchAfter + 1);
  }
}

function changeReasons({ changes }: DecisionFacts): readonly string[] {
  return changes.map(({ deploymentId }) =>
    l10n.t(
      '{0} no longer answers as it did: what was learnt of it before counts less from now on.',
      deploymentId,
    ),
  );
}

function isUntried(candidate: Candidate): boolean {
  return candidate.bonus >= untriedBonus;
}

function percent(share01: number | undefined): string {
  return share01 === undefined ? l10n.t('unknown') : `${String(Math.round(share01 * 100))} %`;
}
