import * as l10n from '@vscode/l10n';
import type { Candidate } from '../../core/terms/decision';
import type { AnswerLine, Explanation } from '../../webview/protocol/chat';
import { nameOfExclusion } from '../shown/failure-text';
import { shortExpected } from '../shown/expectation';
import { aboutUsd, formatCost, formatDuration, formatPhase } from '../shown/format';
import { riskText } from '../shown/risk';
import type { AttemptFacts, DecisionFacts } from './answer-facts';
import { choiceSentence } from './choice-sentence';
import { reasonsOf } from './reasons';

/** The line under an answer: which model, at what cost, how fast, in which phase. */
export function answerLine(decision: DecisionFacts, attempt: AttemptFacts): AnswerLine {
  const { receipt, deploymentId } = attempt;
  return {
    model: servedName(deploymentId, receipt.servedModel),
    cost: formatCost(receipt.cost),
    time: formatDuration(receipt.totalMs),
    phase: formatPhase(decision),
    simulated: receipt.cost.kind === 'simulated',
    explored: decision.explored && deploymentId === decision.deploymentId,
  };
}

/** The same where there is little room: "mini · $0.0001 · 1.2 s". */
export function shortLine(decision: DecisionFacts, attempt: AttemptFacts): string {
  const { model, cost, time } = answerLine(decision, attempt);
  return [model, cost, time].join(' · ');
}

/** Why this model: one sentence, the reasons and all candidates with their scores. */
export function explanation(decision: DecisionFacts): Explanation & { readonly sentence: string } {
  return {
    sentence: choiceSentence(decision),
    reasons: [...reasonsOf(decision)],
    candidates: decision.candidates.map((candidate) => candidateView(candidate, decision.deploymentId)),
    excluded: decision.excluded.map(({ deploymentId, reason }) => ({
      model: deploymentId,
      reason: nameOfExclusion(reason),
    })),
  };
}

function candidateView(candidate: Candidate, chosen: string): Explanation['candidates'][number] {
  const { costUsd } = candidate;
  const expected = shortExpected(candidate);
  const risk = riskText(candidate.risk01);
  return {
    model: candidate.deploymentId,
    chosen: candidate.deploymentId === chosen,
    quality01: candidate.quality01,
    ...(expected !== undefined && { expected }),
    bonus: candidate.bonus,
    cost: costUsd === undefined ? l10n.t('unknown') : aboutUsd(costUsd),
    latency: candidate.latencyMs === undefined ? l10n.t('not tried') : formatDuration(candidate.latencyMs),
    ...(risk !== undefined && { risk }),
    utility: candidate.utility,
    probability: candidate.probability,
  };
}

/** Names the model that really served the answer where it is another one. */
function servedName(deploymentId: string, servedModel: string | undefined): string {
  return servedModel === undefined ? deploymentId : l10n.t('{0} (served by {1})', deploymentId, servedModel);
}
