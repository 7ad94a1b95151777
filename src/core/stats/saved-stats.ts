import type { Signal } from '../terms/observation';
import type { Cost } from '../terms/receipt';
import type { Read } from '../terms/saved';
import {
  readList,
  readMap,
  readNumber,
  readNumbers,
  readOneOf,
  readOptional,
  readShape,
  readText,
} from '../terms/saved';
import { numberIn, numberTexts, textIn } from '../terms/saved-columns';
import type { Steps } from '../terms/steps';
import type { SavedTally } from './model-tally';
import { readTally } from './model-tally';
import type { SavedTold } from './told-signals';
import { readTold } from './told-signals';

export interface SavedPoolStats {
  readonly models: ReadonlyMap<string, SavedTally>;
  /** Decisions, as JSON. */
  readonly latest: readonly string[];
  readonly answered: number;
  readonly decisions: number;
  readonly switchAfter: number;
}

/** Who answered last, and what all of the answers cost. */
export interface TalliedAnswer {
  readonly deploymentId: string;
  readonly cost: Cost;
}

/** Everything that the statistics are made of. Each signal of the decisions that aren't sealed stands once. */
export interface SavedStats {
  readonly told: SavedTold;
  readonly pools: ReadonlyMap<string, SavedPoolStats>;
  readonly decisions: SavedTallies;
  readonly signals: readonly unknown[];
  readonly recent: readonly {
    readonly id: string;
    /** As JSON. */
    readonly decision: string;
    readonly atMs: number;
    readonly tally: TalliedAnswer | undefined;
  }[];
}

/** What is counted of one decision. */
export interface DecisionTally {
  readonly id: string;
  readonly pool: string;
  readonly learning: boolean;
  readonly pulls: Map<string, PullTally>;
  answer: TalliedAnswer | undefined;
}

/** The answer of one model to one decision, or that there was none. */
export interface PullTally {
  readonly signals: Signal[];
  came: boolean;
}

/** As columns of numbers. Texts are numbers of `texts`. */
export interface SavedTallies {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  /** Pool, learning (0 or 1), who answered (NaN: nobody did), kind of cost, USD. */
  readonly rows: Float64Array;
  /** Decision, model, whether an answer came (0 or 1). */
  readonly pulls: Float64Array;
  /** Pull, signal, in their order. */
  readonly told: Float64Array;
}

const widths = { rows: 5, pulls: 3, told: 2 } as const;
const costKinds = ['exact', 'estimated', 'simulated', 'unknown'] as const satisfies readonly Cost['kind'][];

/** So many take a fraction of a millisecond. */
const inAStep = 100;

export function* saveTallies(
  tallies: Iterable<DecisionTally>,
  numberOf: (signal: Signal) => number,
): Steps<SavedTallies> {
  const { numberOf: textOf, texts } = numberTexts();
  const ids: string[] = [];
  const rows: number[] = [];
  const pulls: number[] = [];
  const told: number[] = [];
  for (const { id, pool, learning, answer, pulls: own } of tallies) {
    const cost = answer?.cost;
    const usd = cost === undefined || cost.kind === 'unknown' ? NaN : cost.usd;
    rows.push(textOf(pool), learning ? 1 : 0, answer === undefined ? NaN : textOf(answer.deploymentId));
    rows.push(cost === undefined ? NaN : costKinds.indexOf(cost.kind), usd);
    for (const [model, { came, signals }] of own) {
      for (const signal of signals) told.push(pulls.length / widths.pulls, numberOf(signal));
      pulls.push(ids.length, textOf(model), came ? 1 : 0);
    }
    ids.push(id);
    if (ids.length % inAStep === 0) yield;
  }
  return {
    ids,
    texts,
    rows: Float64Array.from(rows),
    pulls: Float64Array.from(pulls),
    told: Float64Array.from(told),
  };
}

/** Oldest first. Throws a RangeError where it isn't what `saveTallies` gave. */
export function* restoreTallies(
  { ids, texts, rows, pulls, told }: SavedTallies,
  signals: readonly (Signal | undefined)[],
): Steps<readonly DecisionTally[]> {
  if (rows.length !== ids.length * widths.rows)
    throw new RangeError('The saved statistics have columns of different lengths.');
  const tallies: DecisionTally[] = [];
  for (const [place, id] of ids.entries()) {
    const at = place * widths.rows;
    const answerer = numberIn(rows[at + 2]);
    tallies.push({
      id,
      pool: textIn(texts, rows[at]),
      learning: rows[at + 1] === 1,
      pulls: new Map(),
      answer:
        answerer === undefined ? undefined : answerOf(textIn(texts, answerer), rows[at + 3], rows[at + 4]),
    });
    if (place % inAStep === 0) yield;
  }
  const all: PullTally[] = [];
  for (let at = 0; at < pulls.length; at += widths.pulls) {
    const tally = tallies[pulls[at] ?? NaN];
    if (tally === undefined) throw new RangeError('The saved statistics have a row of no decision.');
    const pull: PullTally = { signals: [], came: pulls[at + 2] === 1 };
    tally.pulls.set(textIn(texts, pulls[at + 1]), pull);
    all.push(pull);
    if ((at / widths.pulls) % inAStep === 0) yield;
  }
  for (let at = 0; at < told.length; at += widths.told) {
    const signal = signals[told[at + 1] ?? NaN];
    if (signal !== undefined) all[told[at] ?? NaN]?.signals.push(signal);
  }
  return tallies;
}

function answerOf(deploymentId: string, kind = NaN, usd = NaN): TalliedAnswer {
  const known = costKinds[kind];
  if (known === undefined || (known !== 'unknown' && Number.isNaN(usd)))
    throw new RangeError('The saved statistics have a cost that is none.');
  return { deploymentId, cost: known === 'unknown' ? { kind: known } : { kind: known, usd } };
}

const asIs: Read<unknown> = (value) => value;

const readCost: Read<Cost> = (value, at) => {
  const { kind, usd } = readShape<{ kind: Cost['kind']; usd: number | undefined }>({
    kind: readOneOf(costKinds),
    usd: readOptional(readNumber),
  })(value, at);
  return kind === 'unknown' ? { kind } : { kind, usd: readNumber(usd, at) };
};

const readAnswer = readOptional(readShape<TalliedAnswer>({ deploymentId: readText, cost: readCost }));

export const readStats = readShape<SavedStats>({
  told: readTold,
  pools: readMap(
    readShape<SavedPoolStats>({
      models: readMap(readTally),
      latest: readList(readText),
      answered: readNumber,
      decisions: readNumber,
      switchAfter: readNumber,
    }),
  ),
  decisions: readShape<SavedTallies>({
    ids: readList(readText),
    texts: readList(readText),
    rows: readNumbers(),
    pulls: readNumbers(),
    told: readNumbers(),
  }),
  signals: readList(asIs),
  recent: readList(readShape({ id: readText, decision: readText, atMs: readNumber, tally: readAnswer })),
});
