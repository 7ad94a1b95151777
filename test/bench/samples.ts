import type { PassFigures, PassRecord } from '../../bench/routing/pass-figures';
import { figuresOf } from '../../bench/routing/pass-figures';
import type { Result } from '../../bench/routing/result';
import { summarise } from '../../bench/routing/result';

/** A pass in which quality is the reward, every step costs 0.01 USD, and the arms are 0, 1, 0, 1, … */
export function samplePass(
  seed: number,
  rewards: readonly number[],
  changes: Partial<PassRecord> = {},
): PassFigures {
  return figuresOf({
    seed,
    rewards: Float64Array.from(rewards),
    qualities: Float64Array.from(rewards),
    costsUsd: Float64Array.from(rewards, () => 0.01),
    arms: Uint16Array.from(rewards, (_, step) => step % 2),
    chooseMicros: 10,
    learnMicros: 20,
    ...changes,
  });
}

/** A result of passes of `steps` equal rewards, one for each of `rewards`, with seeds from 1. */
export function sampleResult(policy: string, lambda: number, rewards: readonly number[], steps = 4): Result {
  const passes = rewards.map((reward, index) =>
    samplePass(
      index + 1,
      Array.from({ length: steps }, () => reward),
    ),
  );
  return summarise(passes, { policy, lambda, bestSingleMeanReward: 0.5 });
}
