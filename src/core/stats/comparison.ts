import type { Candidate } from '../terms/decision';
import { fullUsdOf } from '../terms/decision';
import type { PresetName, Weights } from '../terms/preset';
import { presetNames, presets } from '../terms/preset';
import { worthAt } from '../routing/cost-doubt';
import { costTerm01, latencyTerm01, medianOf, utilityFor } from '../routing/utility';

/** What sets two models apart. */
export type Factor = 'quality' | 'cost' | 'time';

/** A model as it stands in a comparison. */
export interface Standing {
  readonly model: string;
  /** Expected quality 0..1, without the exploration bonus. */
  readonly quality01: number;
  readonly bonus: number;
  /** Undefined: unknown. */
  readonly costUsd: number | undefined;
  readonly latencyMs: number | undefined;
  readonly utility: number;
}

/** The first of the candidates against another, for one request. */
export interface Comparison {
  readonly leader: Standing;
  readonly rival: Standing;
  /** What does most for the leader; undefined where the two are equal. */
  readonly because: Factor | undefined;
  /** Expected quality with which the rival would draw level, other things equal; undefined: not even 1 is enough. */
  readonly levelAt01: number | undefined;
}

/** The candidates with the utilities that a preset gives them, best first. */
function standings(candidates: readonly Candidate[], preset: PresetName): readonly Standing[] {
  const utility = utilityFor(presets[preset]);
  return completed(candidates)
    .map(({ candidate, cost, latency }) => ({
      model: candidate.deploymentId,
      quality01: candidate.quality01,
      bonus: candidate.bonus,
      costUsd: candidate.costUsd,
      latencyMs: candidate.latencyMs,
      utility: worthAt(utility, cost, latency, candidate.costDoubt)(hopedFor(candidate)),
    }))
    .toSorted((a, b) => b.utility - a.utility);
}

/** Undefined where there are fewer than two candidates, or where `rival`, else the second best, isn't behind any. */
export function compare(
  candidates: readonly Candidate[],
  preset: PresetName,
  rivalId?: string,
): Comparison | undefined {
  const [leader, ...others] = standings(candidates, preset);
  const rival = rivalId === undefined ? others[0] : others.find(({ model }) => model === rivalId);
  if (leader === undefined || rival === undefined) return undefined;
  const weights = presets[preset];
  const { risk01 = 0 } = candidates.find(({ deploymentId }) => deploymentId === rival.model) ?? {};
  const level01 = rival.quality01 + (leader.utility - rival.utility) / (weights.quality * (1 - risk01));
  return {
    leader,
    rival,
    because: deciding(candidates, weights, leader.model, rival.model),
    levelAt01: level01 > 1 ? undefined : level01,
  };
}

/** An answer that doesn't come is worth nothing. */
function hopedFor({ quality01, bonus, risk01 = 0 }: Candidate): number {
  return (1 - risk01) * (quality01 + bonus);
}

/** The presets that would choose another model for the same request, with the model. */
export function otherPresets(
  candidates: readonly Candidate[],
  preset: PresetName,
): readonly { readonly preset: PresetName; readonly model: string }[] {
  const chosen = standings(candidates, preset)[0]?.model;
  return presetNames.flatMap((other) => {
    const model = standings(candidates, other)[0]?.model;
    return model === undefined || model === chosen ? [] : [{ preset: other, model }];
  });
}

interface Completed {
  readonly candidate: Candidate;
  readonly cost: number | undefined;
  readonly latency: number | undefined;
}

/** As the router scores them: the pool's median stands in for what isn't known. */
function completed(candidates: readonly Candidate[]): readonly Completed[] {
  const medianCost = medianOf(candidates.flatMap((candidate) => fullUsdOf(candidate) ?? []));
  const medianLatency = medianOf(candidates.flatMap(({ latencyMs }) => latencyMs ?? []));
  return candidates.map((candidate) => ({
    candidate,
    cost: candidate.costUsd ?? medianCost,
    latency: candidate.latencyMs ?? medianLatency,
  }));
}

function deciding(
  candidates: readonly Candidate[],
  weights: Weights,
  leader: string,
  rival: string,
): Factor | undefined {
  const all = completed(candidates);
  const first = all.find(({ candidate }) => candidate.deploymentId === leader);
  const second = all.find(({ candidate }) => candidate.deploymentId === rival);
  if (first === undefined || second === undefined) return undefined;
  const quality = ({ candidate }: Completed): number => hopedFor(candidate);
  const cost = ({ candidate: { costDoubt }, cost: usd }: Completed): number =>
    usd === undefined ? 0 : costTerm01(usd * (costDoubt?.share01 ?? 1));
  const time = ({ latency }: Completed): number => (latency === undefined ? 0 : latencyTerm01(latency));
  const gains: readonly { readonly factor: Factor; readonly gain: number }[] = [
    { factor: 'quality', gain: weights.quality * (quality(first) - quality(second)) },
    { factor: 'cost', gain: weights.cost * (cost(second) - cost(first)) },
    { factor: 'time', gain: weights.latency * (time(second) - time(first)) },
  ];
  const [most] = gains.toSorted((a, b) => b.gain - a.gain);
  return most === undefined || most.gain <= 0 ? undefined : most.factor;
}
