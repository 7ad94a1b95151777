import type { Candidate, Decision } from '../decision';
import { untriedBonus } from '../bandit/arm';

/** Why a decision fell as it did, in sentences; the most important first. */
export function explain(decision: Decision): readonly string[] {
  return [
    choiceReason(decision),
    ...cacheReasons(decision),
    phaseReason(decision),
    ...changeReasons(decision),
    `The prompt was read as: ${spelled(decision.task)}; subject: ${spelled(decision.domain)}; about ${String(decision.inputTokens)} tokens.`,
    `The preset “${decision.preset}” weighs quality, cost and time.`,
  ];
}

function choiceReason(decision: Decision): string {
  const { candidates, deploymentId, explored } = decision;
  const chosen = candidates.find((candidate) => candidate.deploymentId === deploymentId);
  const [best, second] = candidates;
  if (decision.chosenByUser === true) return `You chose ${deploymentId}.`;
  if (candidates.length === 1)
    return `${deploymentId} is the only model of the pool that can take this request.`;
  if (explored) {
    const probability = (decision.probability * 100).toFixed(2);
    return `${deploymentId} was drawn at random (probability ${probability} %), to keep learning; ${best?.deploymentId ?? ''} scored best.`;
  }
  if (chosen !== undefined && isUntried(chosen))
    return `${deploymentId} has not been tried yet: every model is tried once.`;
  if (best !== undefined && second !== undefined && best.utility === second.utility) {
    return `${deploymentId} was drawn among models that scored alike.`;
  }
  return `${deploymentId} scored best: expected quality ${percent(chosen?.quality01)}${beaten(chosen, second)}.`;
}

function beaten(chosen: Candidate | undefined, second: Candidate | undefined): string {
  if (chosen === undefined || second === undefined) return '';
  return `, utility ${chosen.utility.toFixed(3)} against ${second.utility.toFixed(3)} of ${second.deploymentId}`;
}

function cacheReasons({ candidates, deploymentId, stickyInsteadOf }: Decision): readonly string[] {
  const cache = candidates.find((candidate) => candidate.deploymentId === deploymentId)?.cache;
  if (cache === undefined) return [];
  const saved = `Its prompt cache is expected to hold ${String(cache.tokens)} tokens of this conversation, which saves ${usd(cache.savedUsd)}`;
  return [
    stickyInsteadOf === undefined
      ? `${saved}.`
      : `${saved}: without that ${stickyInsteadOf} would have been chosen, and would have had to read it all anew.`,
  ];
}

function phaseReason({ phase, poolSequence, switchAfter }: Decision): string {
  switch (phase) {
    case 'ucb1':
      return `Phase UCB1 (${String(poolSequence)} of ${String(switchAfter)}): models are compared by their mean, the prompt does not count yet.`;
    case 'lin-ucb':
      return `Phase LinUCB (since request ${String(switchAfter + 1)}): the prompt’s features decide.`;
  }
}

function changeReasons({ changes }: Decision): readonly string[] {
  return changes.map(
    ({ deploymentId }) =>
      `${deploymentId} no longer answers as it did: what was learnt of it before counts less from now on.`,
  );
}

function isUntried(candidate: Candidate): boolean {
  return candidate.bonus >= untriedBonus;
}

function percent(share01: number | undefined): string {
  return share01 === undefined ? 'unknown' : `${String(Math.round(share01 * 100))} %`;
}

function usd(amount: number): string {
  return amount < 0.0001 ? 'less than $0.0001' : `about $${amount.toFixed(4)}`;
}

function spelled(name: string): string {
  return name.replaceAll('-', ' ');
}
