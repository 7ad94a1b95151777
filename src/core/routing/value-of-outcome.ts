import type { Candidate, Decision } from '../terms/decision';
import { presetNames, presets } from '../terms/preset';

/**
 * What one more outcome is worth: by how much it is expected to raise the utility of the best choice, for a request like
 * this one. The knowledge gradient of a Gaussian belief (Frazier, Powell and Dayanik, “A knowledge-gradient policy for
 * sequential information collection”, SIAM J. Control Optim. 47(5), 2008):
 *
 *     E[maxⱼ Vⱼ after] − maxⱼ Vⱼ = s·f(−|Vᵢ − V*| / s),   f(z) = φ(z) + z·Φ(z)
 *
 * V is a candidate's utility without its bonus, V* the best of the others, and s by how much the outcome is expected to
 * move Vᵢ: an arm that is known by n outcomes' worth has a mean of variance σ²/n, which one more makes σ²/(n + 1), so its
 * mean moves by σ/√(n·(n + 1)). All that is needed is what the decision recorded.
 */
export function valueOfOutcome(decision: DecidedAmong, deploymentId: string): number {
  const found = standing(decision, deploymentId);
  return found === undefined ? 0 : gain(found.own.step, found.own.worth - found.best.worth);
}

export type DecidedAmong = Pick<Decision, 'candidates' | 'preset'>;

/** What it is worth to have this answer compared with the one that the best of the others would give. */
export interface ValueOfDuel {
  readonly rivalId: string;
  readonly value: number;
}

/**
 * Both models are told of then. Undefined where no other is close: further from this one than the outcomes are expected
 * to move them.
 */
export function valueOfDuel(decision: DecidedAmong, deploymentId: string): ValueOfDuel | undefined {
  const found = standing(decision, deploymentId);
  if (found === undefined) return undefined;
  const { own, best } = found;
  const step = Math.hypot(own.step, best.step);
  const difference = own.worth - best.worth;
  if (Math.abs(difference) > step) return undefined;
  return { rivalId: best.id, value: gain(step, difference) };
}

interface Standing {
  readonly id: string;
  /** V. */
  readonly worth: number;
  /** s. */
  readonly step: number;
}

/** Standard deviation of what a user says of an answer: that of a coin, nearly, at the usual share of good ones. */
const outcomeDeviation = 0.45;

function standing(
  { candidates, preset }: DecidedAmong,
  deploymentId: string,
): { readonly own: Standing; readonly best: Standing } | undefined {
  const name = presetNames.find((each) => each === preset);
  if (name === undefined) return undefined;
  const standings = candidates.flatMap((candidate) => standingOf(candidate, presets[name].quality) ?? []);
  const own = standings.find(({ id }) => id === deploymentId);
  const [best] = standings.filter(({ id }) => id !== deploymentId).sort((a, b) => b.worth - a.worth);
  return own === undefined || best === undefined ? undefined : { own, best };
}

/** Undefined of decisions of before anything was kept of what was believed. */
function standingOf(candidate: Candidate, qualityWeight: number): Standing | undefined {
  const { deploymentId: id, before, outcomes = 0, bonus, utility, risk01 = 0 } = candidate;
  if (before === undefined) return undefined;
  const known = before.weight + outcomes;
  if (known <= 0) return undefined;
  // What a unit of quality is worth: utilities are straight in it.
  const scale = qualityWeight * (1 - risk01);
  return {
    id,
    worth: utility - scale * bonus,
    step: (scale * outcomeDeviation) / Math.sqrt(known * (known + 1)),
  };
}

/** s·f(−|d|/s). */
function gain(step: number, difference: number): number {
  return step === 0 ? 0 : step * normalLoss(Math.abs(difference) / step);
}

/** Where the integrand is nothing any more, and in how many steps it is walked to there. */
const farthest = 8;
const steps = 128;

/** f(−x) = ∫₀^∞ u·φ(x + u) du for x ≥ 0, by Simpson's rule: a difference of φ and x·Φ would be all rounding for large x. */
export function normalLoss(x: number): number {
  const width = farthest / steps;
  let sum = 0;
  for (let step = 1; step <= steps; step += 1) {
    const u = step * width;
    const weight = step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += weight * u * Math.exp(-((x + u) ** 2) / 2);
  }
  return (width / 3) * (sum / Math.sqrt(2 * Math.PI));
}
