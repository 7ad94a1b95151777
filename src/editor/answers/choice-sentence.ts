import * as l10n from '@vscode/l10n';
import type { Candidate } from '../../core/terms/decision';
import { isFirstTry } from '../../core/terms/decision';
import { presetNames, presets } from '../../core/terms/preset';
import { nameOfStuck } from '../shown/code-names';
import { aboutUsd } from '../shown/format';
import type { DecisionFacts } from './answer-facts';

/** Why this model, in one sentence that claims no more than was known when it was chosen. */
export function choiceSentence(decision: DecisionFacts): string {
  const { candidates, deploymentId, explored, escalation, stickyInsteadOf } = decision;
  const chosen = candidates.find((candidate) => candidate.deploymentId === deploymentId);
  const best = candidates[0]?.deploymentId ?? '';
  if (decision.chosenByUser === true) return l10n.t('You chose {0}.', deploymentId);
  if (escalation !== undefined) return escalationSentence(escalation);
  if (decision.repeats !== undefined)
    return l10n.t('{0} again, as for the same question shortly before.', deploymentId);
  if (candidates.length === 1)
    return l10n.t('{0} is the only model of the pool that can take this request.', deploymentId);
  if (decision.measured?.insteadOf !== undefined)
    return measuredSentence(deploymentId, decision.measured.share, decision.measured.insteadOf);
  if (explored) {
    const percent = (decision.probability * 100).toFixed(2);
    return l10n.t(
      '{0} was drawn at random (probability {1} %), to keep learning; {2} scored best.',
      deploymentId,
      percent,
      best,
    );
  }
  if (chosen === undefined) return l10n.t('{0} scored best.', deploymentId);
  if (isFirstTry(chosen))
    return l10n.t('{0} has not been tried yet: every model is tried once.', deploymentId);
  if (stickyInsteadOf !== undefined && chosen.cache !== undefined)
    return l10n.t(
      '{0} has read this conversation before, which saves {1}: {2} would have to read it all anew.',
      deploymentId,
      aboutUsd(chosen.cache.savedUsd),
      stickyInsteadOf,
    );
  if (decision.pace?.insteadOf !== undefined)
    return l10n.t(
      'The budget moved the choice: {0}, so that the money lasts; without it {1} would have been chosen.',
      deploymentId,
      decision.pace.insteadOf,
    );
  return comparedSentence(decision, chosen);
}

/** No score had a say in it: `insteadOf` is what would have been chosen, which may be the same. */
function measuredSentence(model: string, share: number, insteadOf: string): string {
  const percent = Number((100 * share).toFixed(1));
  return insteadOf === model
    ? l10n.t(
        'This request went to {0} to measure it, as {1} % do by chance; it would have been chosen anyway.',
        model,
        percent,
      )
    : l10n.t(
        'This request went to {0} to measure the others against it, as {1} % do by chance; else {2} would have been chosen.',
        model,
        percent,
        insteadOf,
      );
}

function escalationSentence({ deploymentId: from, stuck }: NonNullable<DecisionFacts['escalation']>): string {
  return stuck === undefined
    ? l10n.t('You agreed that an agent which was stuck with {0} goes on with another model.', from)
    : l10n.t('An agent was stuck with {0} ({1}): it goes on with another model.', from, nameOfStuck(stuck));
}

function comparedSentence(decision: DecisionFacts, chosen: Candidate): string {
  const { candidates, deploymentId } = decision;
  const others = candidates.filter((candidate) => candidate !== chosen);
  const [second] = others;
  if (second === undefined) return l10n.t('{0} scored best.', deploymentId);
  if (second.utility === chosen.utility)
    return l10n.t('{0} was drawn among models that scored alike.', deploymentId);
  const better = others.find(
    (other) => worthWithoutBonus(other, decision) > worthWithoutBonus(chosen, decision),
  );
  if (better !== undefined)
    return l10n.t(
      '{0} is tried because little is known of it: expected quality {1}, and it may be up to {2}; {3} is expected to be worth more.',
      deploymentId,
      chosen.quality01.toFixed(2),
      Math.min(1, chosen.quality01 + chosen.bonus).toFixed(2),
      better.deploymentId,
    );
  const rival = others.toSorted((a, b) => b.quality01 - a.quality01).find(isAtLeastAsGood(chosen)) ?? second;
  return [
    l10n.t(
      '{0}: expected to be {1} ({2})',
      deploymentId,
      qualityClause(chosen, rival),
      basisClause(chosen, rival),
    ),
    priceClause(chosen, rival),
  ]
    .filter((clause) => clause !== undefined)
    .join(', ')
    .concat('.');
}

/** Expected qualities this close are called alike. */
const alike = 0.02;
const nearly = 0.06;

function isAtLeastAsGood(chosen: Candidate): (other: Candidate) => boolean {
  return ({ quality01 }) => quality01 > chosen.quality01 - alike;
}

/** What a candidate was expected to be worth, had nothing been added for what might be. */
function worthWithoutBonus({ utility, bonus, risk01 = 0 }: Candidate, { preset }: DecisionFacts): number {
  const name = presetNames.find((each) => each === preset) ?? 'balanced';
  return utility - presets[name].quality * (1 - risk01) * bonus;
}

function qualityClause({ quality01: own }: Candidate, { quality01: other, deploymentId }: Candidate): string {
  const difference = own - other;
  if (Math.abs(difference) < alike) return l10n.t('as good as {0}', deploymentId);
  const [ownText, otherText] = [own.toFixed(2), other.toFixed(2)];
  if (difference > 0) return l10n.t('better than {0}, {1} against {2}', deploymentId, ownText, otherText);
  return difference > -nearly
    ? l10n.t('nearly as good as {0}, {1} against {2}', deploymentId, ownText, otherText)
    : l10n.t('less good than {0}, {1} against {2}', deploymentId, ownText, otherText);
}

/** From so many outcomes' worth on, what was learnt here speaks, */
const learntOutcomes = 3;
/** and below so many nothing was. */
const hardlyAny = 0.5;

/** Whose word an expectation is. */
function basisClause(chosen: Candidate, rival: Candidate): string {
  const [own, other] = [chosen.outcomes ?? 0, rival.outcomes ?? 0];
  if (Math.min(own, other) >= learntOutcomes) {
    return l10n.t(
      'by what your answers here have shown, {0} and {1} outcomes’ worth',
      rounded(own),
      rounded(other),
    );
  }
  const before = beforehandClause(chosen, rival);
  if (own < hardlyAny && other < hardlyAny)
    return l10n.t('{0}; nothing was learnt of either here yet', before);
  if (own < hardlyAny) return l10n.t('{0}; nothing was learnt of it here yet', before);
  return l10n.t('{0}, and {1} outcomes here', before, rounded(own));
}

function beforehandClause(chosen: Candidate, rival: Candidate): string {
  if (chosen.stated01 !== undefined) return l10n.t('by your own word in conduit.yaml');
  return isKnown(chosen) && isKnown(rival)
    ? l10n.t('by public figures')
    : l10n.t('a guess from this pool’s others');
}

function isKnown({ known }: Candidate): boolean {
  return known !== undefined && known.from !== 'nothing';
}

function rounded(outcomes: number): number {
  return outcomes < 10 ? Number(outcomes.toFixed(1)) : Math.round(outcomes);
}

/** A tenth more or less is the same price. */
const samePrice = 1.1;

function priceClause({ costUsd: own }: Candidate, { costUsd: other }: Candidate): string | undefined {
  if (own === undefined || other === undefined) return undefined;
  if (Math.max(own, other) <= samePrice * Math.min(own, other)) return l10n.t('at the same price');
  return l10n.t('for {0} instead of {1}', aboutUsd(own), aboutUsd(other));
}
