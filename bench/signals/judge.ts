import type { JudgedSignal } from '../../src/core/terms/observation';
import type { Answer } from './answers';

export interface JudgeSettings {
  /** How often its verdict is what the answer is, over answers of all lengths, 0..1. */
  readonly agreement01: number;
  /**
   * By so much the longest answers pass more often than ones of middle length, and the shortest less: of two that are
   * alike it prefers the longest to a middling one in ½ + bias / 2 of the cases.
   */
  readonly lengthBias: number;
  /** Share of all answers that are judged, 0..1. */
  readonly rate01: number;
}

/** What every answer is judged with at the least, where judging goes to the rated ones first. */
const least01 = 0.02;

/** Chance to be judged: rated answers go first, as far as the rate allows. `rated01` is the share of rated ones. */
export function sampling(
  rate01: number,
  rated01: number,
): { readonly rated: number; readonly other: number } {
  if (rated01 <= 0 || rated01 >= 1) return { rated: rate01, other: rate01 };
  const other = Math.min(rate01, Math.max(least01, (rate01 - rated01) / (1 - rated01)));
  return { rated: Math.min(1, (rate01 - (1 - rated01) * other) / rated01), other };
}

/** How an answer is judged; undefined: not at all. `against` turns each verdict round. */
export function judging(
  { agreement01, lengthBias, rate01 }: JudgeSettings,
  rated01: number,
  against: boolean,
): (answer: Answer, isRated: boolean) => JudgedSignal | undefined {
  const chances = sampling(rate01, rated01);
  return ({ good, length01, chanceOf }, isRated) => {
    const chance = chanceOf('judge');
    const probability = isRated ? chances.rated : chances.other;
    if (chance() >= probability) return undefined;
    const passes01 = (good ? agreement01 : 1 - agreement01) + lengthBias * (2 * length01 - 1);
    const passes = chance() < passes01 !== against;
    return {
      kind: 'judged',
      quality01: passes ? 1 : 0,
      reason: passes ? 'good' : 'wrong',
      judge: 'judge',
      probability,
    };
  };
}
