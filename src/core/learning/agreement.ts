import type { Thumb } from '../terms/observation';
import { readList, readMap, readNumber, readShape } from '../terms/saved';
import { differenceOfBetas } from './beta-sums';

/** A verdict on one answer alone, beside what the user said of it. */
export interface JudgedAnswer {
  readonly judge: string;
  /** 0..1; from .5 on the judge calls the answer good. */
  readonly score01: number;
  /** The user's last one; undefined: none, or taken back. */
  readonly thumb: Thumb | undefined;
}

/** How far a judge's verdicts can be trusted, as people are told it. */
export interface ShownAgreement {
  /** Verdicts on single answers. */
  readonly verdicts: number;
  /** Of these, answers with a thumb, by thumb. */
  readonly up: number;
  readonly down: number;
  /**
   * Sensitivity + specificity − 1, −1..1: how much more often the judge calls an answer good that the user calls good
   * than one that the user calls bad. `low` and `high` hold 95 % of its posterior. Undefined: not known yet.
   */
  readonly youden: { readonly mean: number; readonly low: number; readonly high: number } | undefined;
  /** True where its verdicts are all alike: they tell no answer from another. */
  readonly alwaysSame: boolean;
  /** What its verdicts are multiplied with, 0..1. */
  readonly factor01: number;
}

/** How judges agree with the user, as counts: the order of amendments changes nothing. */
export interface Agreement {
  /** Takes `before` back and puts `after` in its place; undefined: there was none, or is none any more. */
  amend(before: JudgedAnswer | undefined, after: JudgedAnswer | undefined): void;
  /** What a verdict's weight is multiplied with, 0..1; 1 where nothing is known of the judge but the prior. */
  factor01(judge: string): number;
  shown(judge: string): ShownAgreement;
  save(): SavedAgreement;
}

/**
 * Sensitivity and specificity each start as Beta(6, 2): as if 6 of 8 answers had been judged as the user sees them. So
 * the prior's means are .75, in the middle of the agreement of 65 to 85 % that is published of language models that
 * judge, and its Youden index is .5; eight thumbs of a kind weigh as much as the prior.
 */
export const agreementPrior = { right: 6, wrong: 2 } as const;

/** Below so many pairs, or so many of either thumb, the index is not known yet. */
const fewestPairs = 30;
const fewestOfEach = 8;

/** Scores this close are alike, in steps of a twentieth. */
const steps = 20;
/** So many verdicts that are all alike say nothing, whatever the user thinks of the answers. */
const fewestAlike = 30;

interface Counts {
  /** Verdicts by their score in twentieths. */
  readonly scores: number[];
  /** Thumbs up: called good, called bad. */
  upGood: number;
  upBad: number;
  downGood: number;
  downBad: number;
}

/** By judge. */
export type SavedAgreement = ReadonlyMap<string, Readonly<Counts>>;

export const readAgreement = readMap(
  readShape<Counts>({
    scores: readList(readNumber),
    upGood: readNumber,
    upBad: readNumber,
    downGood: readNumber,
    downBad: readNumber,
  }),
);

export function createAgreement(saved: SavedAgreement = new Map()): Agreement {
  const judges = copyOf(saved);

  function countsOf(judge: string): Counts {
    const known = judges.get(judge) ?? none();
    judges.set(judge, known);
    return known;
  }

  function add({ judge, score01, thumb }: JudgedAnswer, by: 1 | -1): void {
    const counts = countsOf(judge);
    const step = Math.round(Math.min(1, Math.max(0, score01)) * steps);
    counts.scores[step] = (counts.scores[step] ?? 0) + by;
    const good = score01 >= 0.5;
    if (thumb === 'up') counts[good ? 'upGood' : 'upBad'] += by;
    else if (thumb === 'down') counts[good ? 'downGood' : 'downBad'] += by;
  }

  return {
    amend: (before, after) => {
      if (before !== undefined) add(before, -1);
      if (after !== undefined) add(after, 1);
    },
    factor01: (judge) => factorOf(judges.get(judge) ?? none()),
    shown: (judge) => {
      const counts = judges.get(judge) ?? none();
      const { upGood, upBad, downGood, downBad } = counts;
      const [up, down] = [upGood + upBad, downGood + downBad];
      const known = up + down >= fewestPairs && Math.min(up, down) >= fewestOfEach;
      return {
        verdicts: counts.scores.reduce((sum, count) => sum + count, 0),
        up,
        down,
        youden: known ? youdenOf(counts) : undefined,
        alwaysSame: isAlwaysSame(counts),
        factor01: factorOf(counts),
      };
    },
    save: () => copyOf(judges),
  };
}

function copyOf(judges: SavedAgreement): Map<string, Counts> {
  return new Map(Array.from(judges, ([judge, counts]) => [judge, { ...counts, scores: [...counts.scores] }]));
}

function none(): Counts {
  return {
    scores: Array.from({ length: steps + 1 }, () => 0),
    upGood: 0,
    upBad: 0,
    downGood: 0,
    downBad: 0,
  };
}

/** The posterior mean of the Youden index, in parts of the prior's: 1 before any pair, and never above it. */
function factorOf(counts: Counts): number {
  if (isAlwaysSame(counts)) return 0;
  const { right, wrong } = agreementPrior;
  const prior = (2 * right) / (right + wrong) - 1;
  return Math.min(1, Math.max(0, meanYouden(counts) / prior));
}

function meanYouden({ upGood, upBad, downGood, downBad }: Counts): number {
  const { right, wrong } = agreementPrior;
  const all = right + wrong;
  return (right + upGood) / (all + upGood + upBad) + (right + downBad) / (all + downGood + downBad) - 1;
}

/**
 * Either all scores are within a twentieth of each other, or, where there are enough thumbs of both kinds to show it,
 * all rated answers are called good, or all of them bad.
 */
function isAlwaysSame({ scores, upGood, upBad, downGood, downBad }: Counts): boolean {
  const verdicts = scores.reduce((sum, count) => sum + count, 0);
  const first = scores.findIndex((count) => count > 0);
  const last = scores.findLastIndex((count) => count > 0);
  if (verdicts >= fewestAlike && last - first <= 1) return true;
  const bothRated = Math.min(upGood + upBad, downGood + downBad) >= fewestOfEach;
  return bothRated && (upGood + downGood === 0 || upBad + downBad === 0);
}

function youdenOf(counts: Counts): NonNullable<ShownAgreement['youden']> {
  const { right, wrong } = agreementPrior;
  const { upGood, upBad, downGood, downBad } = counts;
  // 1 − specificity is the share of bad answers that are called good.
  const quantile = differenceOfBetas(
    { a: right + upGood, b: wrong + upBad },
    { a: wrong + downGood, b: right + downBad },
  );
  return { mean: meanYouden(counts), low: quantile(0.025), high: quantile(0.975) };
}
