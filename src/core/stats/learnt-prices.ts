import type { StoredEntry } from '../terms/ledger-entry';
import { readMap, readNumber, readShape } from '../terms/saved';

/** A price by the token, fitted to what answers of a deployment cost. */
export interface LearntPrice {
  readonly inputUsdPerToken: number;
  readonly outputUsdPerToken: number;
  /** Number of answers that it was learnt from. */
  readonly answers: number;
}

export interface LearntPriceFold {
  apply(entry: StoredEntry): void;
  /** Undefined: too few answers with a known cost, all of one shape, or no price by the token fits them. */
  priceOf(deploymentId: string): LearntPrice | undefined;
  /** To go on from, as what can be cloned. */
  save(): ReadonlyMap<string, Readonly<Sums>>;
}

/** Sums over the answers of a deployment: i, o are its tokens, c its cost in USD. */
interface Sums {
  answers: number;
  ii: number;
  io: number;
  oo: number;
  ic: number;
  oc: number;
  cc: number;
}

const readPrices = readMap(
  readShape<Sums>({
    answers: readNumber,
    ii: readNumber,
    io: readNumber,
    oo: readNumber,
    ic: readNumber,
    oc: readNumber,
    cc: readNumber,
  }),
);

const fewestAnswers = 3;
/** Prices that leave more than this of the costs unexplained (root mean square, relative) aren't by the token. */
const largestError = 0.02;
/** 1 − correlation² of input and output tokens below which the two prices can't be told apart. */
const leastSpread = 1e-4;

/**
 * Prices of deployments from the exact costs in the ledger, as a fold over it. Cached input has another price: left out.
 * Throws a RangeError where `saved` is not what `save` gave.
 */
export function createLearntPriceFold(saved?: unknown): LearntPriceFold {
  const sums = saved === undefined ? new Map<string, Sums>() : readPrices(saved, 'prices');
  return {
    apply: (entry) => {
      if (entry.kind !== 'attempt') return;
      const { deploymentId, receipt } = entry.attempt;
      const { usage, cost } = receipt;
      if (usage === undefined || cost.kind !== 'exact' || receipt.servedModel !== undefined) return;
      if (usage.cachedInputTokens > 0 || (usage.cacheWriteTokens ?? 0) > 0) return;
      const { inputTokens: i, outputTokens: o } = usage;
      const sum = sums.get(deploymentId) ?? { answers: 0, ii: 0, io: 0, oo: 0, ic: 0, oc: 0, cc: 0 };
      sums.set(deploymentId, sum);
      sum.answers += 1;
      sum.ii += i * i;
      sum.io += i * o;
      sum.oo += o * o;
      sum.ic += i * cost.usd;
      sum.oc += o * cost.usd;
      sum.cc += cost.usd * cost.usd;
    },
    priceOf: (deploymentId) => {
      const sum = sums.get(deploymentId);
      return sum === undefined ? undefined : fitted(sum);
    },
    save: () => new Map(Array.from(sums, ([id, sum]) => [id, { ...sum }])),
  };
}

/** Least squares of c = a·i + b·o by the normal equations, with a, b ≥ 0. */
function fitted({ answers, ii, io, oo, ic, oc, cc }: Sums): LearntPrice | undefined {
  const determinant = ii * oo - io * io;
  if (answers < fewestAnswers || cc === 0 || determinant < leastSpread * ii * oo) return undefined;
  const input = (ic * oo - oc * io) / determinant;
  const output = (oc * ii - ic * io) / determinant;
  // Where one would be negative it is zero, and the other explains all that it can.
  const a = output < 0 ? ic / ii : Math.max(0, input);
  const b = input < 0 ? oc / oo : Math.max(0, output);
  const unexplained = cc - 2 * (a * ic + b * oc) + a * a * ii + 2 * a * b * io + b * b * oo;
  if (Math.sqrt(Math.max(0, unexplained) / cc) > largestError) return undefined;
  return { inputUsdPerToken: a, outputUsdPerToken: b, answers };
}
