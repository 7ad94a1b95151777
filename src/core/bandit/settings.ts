import type { BeliefSettings } from './belief';

/** What the policy can be asked to do otherwise. The benchmark switches parts off to see what each is worth. */
export interface PolicySettings {
  /** α: width of LinUCB's bonus, in standard deviations of the outcome. */
  readonly exploration: number;
  /** c: width of UCB1's bonus, in standard deviations of quality. */
  readonly ucb1Exploration: number;
  /** Share of decisions that are drawn evenly over the contenders, whatever their utilities. */
  readonly epsilon: number;
  /** Share of decisions in which a model that joined later is tried, until it was tried a few times. */
  readonly trial: number;
  /** The pool's mean and spread are shrunk towards usual ones by so many outcomes. */
  readonly priorWeight: number;
  /** Quality that a unit of a model's public ability is worth where half of the answers are good. */
  readonly abilityScale: number;
  /** How public figures of models are weighed. */
  readonly belief: BeliefSettings;
  /** η: bonuses count by the probability that an outcome is told, to this power. */
  readonly toldExponent: number;
  /** Standard deviation of the mean quality of a model of which nothing public is known, ≥ 0. */
  readonly unknownDeviation: number;
  /** Ridge of the part that all arms share, as a multiple of 1; undefined: no shared part. */
  readonly sharedRidge: number | undefined;
  /** Measures the spread by what is left to explain, else by quality as it is. */
  readonly adaptive: boolean;
  /** Counts pulls whose outcome is not known yet. */
  readonly inFlight: boolean;
  /** Lets old evidence of an arm count for less once its outcomes stop being what they were. */
  readonly noticesChange: boolean;
}

/** As the extension has them. docs/routing.md has the figures behind each. */
export const shippedSettings: PolicySettings = {
  exploration: 0.8,
  ucb1Exploration: 0.3,
  epsilon: 0.005,
  trial: 0.2,
  priorWeight: 8,
  abilityScale: 0.22,
  belief: {
    slopes: [
      [-0.5, 0.1],
      [0, 0.15],
      [0.5, 0.25],
      [1, 0.3],
      [1.5, 0.2],
    ],
    spreads: [
      [0.05, 1 / 3],
      [0.1, 1 / 3],
      [0.2, 1 / 3],
    ],
    level01: 0.75,
    levelDeviation: 0.2,
    statedWeight: 20,
    othersCount: 0.5,
  },
  toldExponent: 0.25,
  unknownDeviation: 0.1,
  sharedRidge: 10,
  adaptive: true,
  inFlight: true,
  noticesChange: true,
};
