import type { Cost } from '../terms/receipt';
import type { Read } from '../terms/saved';
import {
  readFlag,
  readList,
  readMap,
  readNumber,
  readOneOf,
  readOptional,
  readShape,
  readText,
} from '../terms/saved';
import type { SavedTally } from './model-tally';
import { readTally } from './model-tally';
import type { SavedTold } from './told-signals';
import { readTold } from './told-signals';

interface SavedPool {
  readonly models: ReadonlyMap<string, SavedTally>;
  /** Decisions, as they are stored. */
  readonly latest: readonly unknown[];
  readonly answered: number;
  readonly decisions: number;
  readonly switchAfter: number;
}

interface SavedAnswer {
  readonly deploymentId: string;
  readonly cost: Cost;
}

interface SavedDecision {
  readonly id: string;
  readonly pool: string;
  readonly learning: boolean;
  readonly answer: SavedAnswer | undefined;
  /** By model, with the numbers of the signals. */
  readonly pulls: ReadonlyMap<string, { readonly came: boolean; readonly told: readonly number[] }>;
}

/** Everything that the statistics are made of. Each signal of the decisions that aren't sealed stands once. */
export interface SavedStats {
  readonly told: SavedTold;
  readonly pools: ReadonlyMap<string, SavedPool>;
  readonly decisions: readonly SavedDecision[];
  readonly signals: readonly unknown[];
  readonly recent: readonly {
    readonly decision: unknown;
    readonly atMs: number;
    readonly tally: SavedAnswer | undefined;
  }[];
}

const asIs: Read<unknown> = (value) => value;

const readCost: Read<Cost> = (value, at) => {
  const { kind, usd } = readShape<{ kind: Cost['kind']; usd: number | undefined }>({
    kind: readOneOf(['exact', 'estimated', 'simulated', 'unknown']),
    usd: readOptional(readNumber),
  })(value, at);
  return kind === 'unknown' ? { kind } : { kind, usd: readNumber(usd, at) };
};

const readAnswer = readOptional(readShape<SavedAnswer>({ deploymentId: readText, cost: readCost }));

export const readStats = readShape<SavedStats>({
  told: readTold,
  pools: readMap(
    readShape<SavedPool>({
      models: readMap(readTally),
      latest: readList(asIs),
      answered: readNumber,
      decisions: readNumber,
      switchAfter: readNumber,
    }),
  ),
  decisions: readList(
    readShape<SavedDecision>({
      id: readText,
      pool: readText,
      learning: readFlag,
      answer: readAnswer,
      pulls: readMap(readShape({ came: readFlag, told: readList(readNumber) })),
    }),
  ),
  signals: readList(asIs),
  recent: readList(readShape({ decision: asIs, atMs: readNumber, tally: readAnswer })),
});
