import * as l10n from '@vscode/l10n';
import { latestSlope } from '../../core/stats/expectations';
import type { Candidate } from '../../core/terms/decision';
import { isFirstTry } from '../../core/terms/decision';
import type { DecisionFacts } from './answer-facts';
import { aboutUsd } from '../shown/format';
import { riskText } from '../shown/risk';
import { beliefText, expectedText, ratingsText } from '../shown/expectation';
import { nameOfDomain, nameOfTask } from '../shown/code-names';

/** What stands behind a choice, in sentences; the most important first. `choiceSentence` goes before. */
export function reasonsOf(decision: DecisionFacts): readonly string[] {
  return [
    ...escalationReasons(decision),
    ...scoreReasons(decision),
    ...priorReasons(decision),
    ...riskReasons(decision),
    ...cacheReasons(decision),
    ...paceReasons(decision),
    ...measuredReasons(decision),
    phaseReason(decision),
    ...changeReasons(decision),
    ...(decision.learnt01 === undefined
      ? []
      : [
          l10n.t(
            'What was learnt was still being read: {0} % was known.',
            Math.floor(100 * decision.learnt01),
          ),
        ]),
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

/** That an agent was stuck elsewhere, and what it costs that another model reads all of its work anew. */
function escalationReasons({ escalation, candidates, deploymentId }: DecisionFacts): readonly string[] {
  if (escalation === undefined) return [];
  const { deploymentId: from, stayUsd } = escalation;
  const costUsd = candidates.find((candidate) => candidate.deploymentId === deploymentId)?.costUsd;
  const cost = costUsd === undefined ? l10n.t('unknown') : aboutUsd(costUsd);
  return [
    stayUsd === undefined
      ? l10n.t('{0} reads all of its work anew. Expected cost of the step: {1}.', deploymentId, cost)
      : l10n.t(
          '{0} reads all of its work anew. Expected cost of the step: {1}; with {2} it would have been {3}.',
          deploymentId,
          cost,
          from,
          aboutUsd(stayUsd),
        ),
  ];
}

/** The figures of a choice; its sentence says the rest. */
function scoreReasons(decision: DecisionFacts): readonly string[] {
  const { candidates, deploymentId, explored, chosenByUser, measured } = decision;
  const chosen = candidates.find((candidate) => candidate.deploymentId === deploymentId);
  const [best, second] = candidates;
  const hasScore = best === chosen && chosen !== undefined && !isFirstTry(chosen);
  if (
    !hasScore ||
    second === undefined ||
    explored ||
    measured?.insteadOf !== undefined ||
    chosenByUser === true ||
    second.utility === chosen.utility
  )
    return [];
  return [
    l10n.t(
      '{0} scored best: expected quality {1}, utility {2} against {3} of {4}.',
      deploymentId,
      qualityText(chosen),
      chosen.utility.toFixed(3),
      second.utility.toFixed(3),
      second.deploymentId,
    ),
  ];
}

/** What was expected of the chosen model, whose word that was, and what was learnt here. */
function priorReasons(decision: DecisionFacts): readonly string[] {
  const { candidates, deploymentId, chosenByUser } = decision;
  const chosen = candidates.find((candidate) => candidate.deploymentId === deploymentId);
  const expected = chosen && expectedText({ ...chosen, model: deploymentId });
  if (chosenByUser === true || chosen === undefined || expected === undefined) return [];
  const slope = latestSlope([decision]);
  return [
    `${expected} ${learntText(decision, chosen.quality01, chosen.outcomes ?? 0)}`,
    ...(slope === undefined ? [] : [beliefText(slope)]),
  ];
}

/** What moves an estimate by less than this was hardly anything. */
const leastOutcomes = 0.5;

function learntText({ phase }: DecisionFacts, quality01: number, outcomes: number): string {
  if (outcomes < leastOutcomes) return l10n.t('Nothing was learnt of it here yet.');
  const [worth, quality] = [ratingsText(outcomes), quality01.toFixed(2)];
  return phase === 'ucb1'
    ? l10n.t('What was learnt of it here (as much as {0}) makes that {1}.', worth, quality)
    : l10n.t(
        'What was learnt of it here (as much as {0}), for such prompts, makes that {1}.',
        worth,
        quality,
      );
}

function riskReasons({ candidates }: DecisionFacts): readonly string[] {
  return candidates.flatMap(({ deploymentId, risk01 }) => {
    const risk = riskText(risk01);
    return risk === undefined
      ? []
      : [
          l10n.t(
            '{0} failed lately: by {1} likely to give no answer, which counts against it.',
            deploymentId,
            risk,
          ),
        ];
  });
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

/** That the budget moved the choice is said; that it only might have, too, for cost counted for more. */
function paceReasons({ pace }: DecisionFacts): readonly string[] {
  if (pace === undefined) return [];
  const { budget, insteadOf } = pace;
  const times = pace.multiplier < 10 ? pace.multiplier.toFixed(1) : String(Math.round(pace.multiplier));
  return [
    insteadOf === undefined
      ? l10n.t(
          'So that {0} lasts, cost counts {1} times as much; the choice is the same without.',
          budget,
          times,
        )
      : l10n.t(
          'So that {0} lasts, cost counts {1} times as much: without it {2} would have been chosen.',
          budget,
          times,
          insteadOf,
        ),
  ];
}

/** A share that was not drawn is in the probabilities all the same. */
function measuredReasons({ measured }: DecisionFacts): readonly string[] {
  if (measured === undefined || measured.insteadOf !== undefined) return [];
  return [
    l10n.t(
      '{0} % of such requests go to {1} by chance, to measure the others against it (router.measure); this one didn’t.',
      Number((100 * measured.share).toFixed(1)),
      measured.against,
    ),
  ];
}

/** What was expected beforehand stands beside it, as in the table. Earlier versions kept no such thing, and wrote percent. */
function qualityText({ before, quality01 }: Candidate): string {
  return before === undefined ? `${String(Math.round(quality01 * 100))} %` : quality01.toFixed(2);
}

function phaseReason({ phase, poolSequence, switchAfter, candidates }: DecisionFacts): string {
  switch (phase) {
    case 'ucb1':
      if (candidates.every(({ before }) => before === undefined))
        return l10n.t(
          'Phase UCB1 ({0} of {1}): models are compared by their mean, the prompt does not count yet.',
          poolSequence,
          switchAfter,
        );
      return l10n.t(
        'Phase UCB1 ({0} of {1}): models are compared by what is expected of them and by their mean here, for which the prompt does not count yet.',
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
