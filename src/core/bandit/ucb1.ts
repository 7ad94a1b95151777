import { knownMeansOf, momentsOf } from './arm';
import { clamped01, poolBelief } from './belief';
import type { UcbRule } from './ucb-policy';
import { ucbPolicies } from './ucb-policy';

/**
 * UCB1 without the prompt,
 *
 *     mean + c·σ·√(ln N · v),   v = 1/(n + n₀)
 *
 * after Auer, Cesa-Bianchi and Fischer (2002), with the measured spread σ, for which a small c (`ucb1Exploration`) is
 * enough, and the arm's mean shrunk by n₀ outcomes' worth towards what is believed of it beforehand (belief.ts): so no
 * arm is tried that can't be worth it. n and N count the pulls in flight, so that choices made before any feedback
 * spread out.
 */
export const ucb1: UcbRule = (arms, { others }, _evidence, settings) => {
  const { mean01, deviation, pulls } = momentsOf(arms, settings.priorWeight);
  const belief = poolBelief({ arms: knownMeansOf(arms), deviation, mean01 }, settings.belief, others);
  const width = settings.ucb1Exploration * deviation * Math.sqrt(Math.log(Math.max(pulls, 2)));
  const estimates = arms.map(({ evidence: { weight, weightedQuality }, inFlight }, arm) => {
    const { quality, variance } = belief.expected(arm, (prior01, priorWeight, into) => {
      into.quality = (weightedQuality + priorWeight * prior01) / (weight + priorWeight);
      into.variance = 1 / (weight + priorWeight + inFlight);
    });
    return {
      quality01: clamped01(quality),
      bonus: width * Math.sqrt(variance),
      before: belief.before(arm),
    };
  });
  return { estimates, belief };
};

export const createUcb1 = ucbPolicies('ucb1', ucb1);
