import { causeOf, signalNames } from '../reward/signal-table';
import type { Sign } from '../reward/signs';
import { rowOf } from '../reward/signs';
import type { Signal } from '../terms/observation';
import { readMap, readNumber, readShape } from '../terms/saved';
import type { SignalName } from '../terms/signals';

/** How many answers a row of the table of signals was told of. An answer is that of one model to one decision. */
export interface RowCount {
  readonly told: number;
  /** Of these, so many in which it counts: it isn't off, and nothing of its cause, nor a rating, goes before it. */
  readonly counted: number;
}

/** What was told of answers. */
export interface ToldCounts {
  /** Answers that came, whole or in part. */
  readonly answers: number;
  /** Of these, so many of which more was told than that they came. */
  readonly toldOf: number;
  /** Rows that occurred, in the order of the table. `failed` is told of calls that brought no answer. */
  readonly rows: ReadonlyMap<SignalName, RowCount>;
}

/** Over all pools. */
export interface ToldSignals extends ToldCounts {
  /** By deployment, in the order in which they were met. */
  readonly models: ReadonlyMap<string, ToldCounts>;
}

/** What is known of one answer. */
export interface ToldOfAnswer {
  /** An attempt brought it, or it was told of. */
  readonly came: boolean;
  readonly told: ReadonlySet<SignalName>;
  readonly counted: ReadonlySet<SignalName>;
}

export const nothingTold: ToldOfAnswer = { came: false, told: new Set(), counted: new Set() };

/**
 * What the signals of an answer are, and which of them count: `signs` are what they say by the table in force. Of ratings
 * the last one stands; one that was taken back was never told.
 */
export function toldOfAnswer(
  came: boolean,
  signals: readonly Signal[],
  signs: readonly Sign[],
): ToldOfAnswer {
  const rating = signals.findLast(({ kind }) => kind === 'rating');
  const standing = signals.filter((signal) => signal.kind !== 'rating' || signal === rating);
  const told = new Set(standing.flatMap((signal) => rowOf(signal)?.name ?? []));
  return {
    came: came || [...told].some((name) => name !== 'failed'),
    told,
    counted: new Set(signs.map(({ name }) => name)),
  };
}

/** The counts, as answers are told of: in any order, at any time later. */
export interface ToldTally {
  /** Puts `after` in the place of `before`, both of one answer of this model. */
  amend(deploymentId: string, before: ToldOfAnswer, after: ToldOfAnswer): void;
  snapshot(): ToldSignals;
  save(): SavedTold;
}

interface RowCounts {
  told: number;
  counted: number;
}

interface Counts {
  answers: number;
  toldOf: number;
  readonly rows: Map<string, RowCounts>;
}

export interface SavedTold {
  readonly all: Readonly<Counts>;
  readonly models: ReadonlyMap<string, Readonly<Counts>>;
}

const readCounts = readShape<Counts>({
  answers: readNumber,
  toldOf: readNumber,
  rows: readMap(readShape<RowCounts>({ told: readNumber, counted: readNumber })),
});

export const readTold = readShape<SavedTold>({ all: readCounts, models: readMap(readCounts) });

export function createToldTally(saved?: SavedTold): ToldTally {
  const all = saved === undefined ? noCounts() : copyOf(saved.all);
  const models = new Map(Array.from(saved?.models ?? [], ([id, counts]) => [id, copyOf(counts)]));

  return {
    amend: (deploymentId, before, after) => {
      const model = models.get(deploymentId) ?? noCounts();
      models.set(deploymentId, model);
      for (const counts of [all, model]) {
        add(counts, before, -1);
        add(counts, after, 1);
      }
    },
    snapshot: () => ({
      ...countsOf(all),
      models: new Map(Array.from(models, ([id, counts]) => [id, countsOf(counts)])),
    }),
    save: () => ({
      all: copyOf(all),
      models: new Map(Array.from(models, ([id, counts]) => [id, copyOf(counts)])),
    }),
  };
}

function copyOf({ answers, toldOf, rows }: Readonly<Counts>): Counts {
  return { answers, toldOf, rows: new Map(Array.from(rows, ([name, row]) => [name, { ...row }])) };
}

function noCounts(): Counts {
  return { answers: 0, toldOf: 0, rows: new Map() };
}

function add(counts: Counts, { came, told, counted }: ToldOfAnswer, way: 1 | -1): void {
  if (came) counts.answers += way;
  if (came && [...told].some((name) => causeOf[name] !== 'outcome')) counts.toldOf += way;
  for (const name of told) {
    const row = counts.rows.get(name) ?? { told: 0, counted: 0 };
    counts.rows.set(name, row);
    row.told += way;
    if (counted.has(name)) row.counted += way;
  }
}

function countsOf({ answers, toldOf, rows }: Counts): ToldCounts {
  const met = signalNames.flatMap((name) => {
    const row = rows.get(name);
    return row === undefined || row.told === 0 ? [] : [[name, { ...row }] as const];
  });
  return { answers, toldOf, rows: new Map(met) };
}
