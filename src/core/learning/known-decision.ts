import type { Decision } from '../terms/decision';
import type { Evidence } from '../terms/evidence';
import type { Sign } from '../reward/signs';
import type { ParseEntry } from '../terms/ledger-entry';
import { parsedSignal } from '../terms/ledger-entry';
import type { Signal } from '../terms/observation';
import { readList, readNumbers, readShape, readText } from '../terms/saved';
import { numberIn, numberTexts, textIn } from '../terms/saved-columns';
import type { Steps } from '../terms/steps';
import type { Pull, Use } from './arm-record';
import { numberSignals } from './number-signals';

/** What later entries of a decision need of it. */
export interface KnownDecision {
  readonly id: string;
  readonly pool: string;
  readonly origin: string;
  readonly deploymentId: string;
  readonly inputTokens: number;
  readonly task: string;
  /** What was expected of each candidate's quality. */
  readonly expected01: Expected01;
  /** Among all decisions; `order` is that of its pool. */
  readonly number: number;
  readonly order: number;
  /** See `Pull`. */
  readonly position: number | undefined;
  readonly features: Float64Array;
  readonly pulls: Map<string, KnownPull>;
  /** By deployment, of the calls that came to an end. */
  readonly uses: Map<string, Use>;
  /** An answer came. */
  answered: boolean;
}

type Expected01 = Pick<ReadonlyMap<string, number>, 'get'> & Iterable<readonly [string, number]>;

export interface KnownPull {
  readonly signals: Signal[];
  readonly pull: Pull;
}

export function knownOf(
  { id, pool, origin, deploymentId, inputTokens, task, candidates }: Decision,
  place: Pick<KnownDecision, 'number' | 'order' | 'position' | 'features'>,
): KnownDecision {
  return {
    id,
    pool,
    origin,
    deploymentId,
    inputTokens,
    task,
    expected01: new Map(candidates.map((each) => [each.deploymentId, each.quality01])),
    ...place,
    pulls: new Map(),
    uses: new Map(),
    answered: false,
  };
}

function pullOf({ expected01, features, order, position, deploymentId }: KnownDecision, arm: string): Pull {
  return {
    features,
    predicted01: expected01.get(arm),
    order,
    position: arm === deploymentId ? position : undefined,
    signs: [],
    counted: undefined,
  };
}

/** What a failure said may quote the prompt, and tells nothing of the answer. */
export function keptSignal(signal: Signal): Signal {
  if (signal.kind !== 'failed') return signal;
  return { kind: 'failed', failure: { reason: signal.failure.reason, detail: '', status: undefined } };
}

/**
 * Columns of numbers, which are quick to write and to read. Texts that occur often are numbers of `texts`, an unknown number
 * is NaN.
 */
export interface SavedDecisions {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly signals: readonly unknown[];
  /** A row each: pool, origin, deployment, task, tokens of the input, number, order, position, answered (0 or 1). */
  readonly rows: Float64Array;
  /** Decision, candidate, expected quality. */
  readonly expected01: Float64Array;
  /** Decision, deployment, USD, tokens, ms. */
  readonly uses: Float64Array;
  /** Decision, deployment, quality and weight that are counted. */
  readonly pulls: Float64Array;
  /** Pull, signal, in their order. */
  readonly told: Float64Array;
  readonly features: Float64Array;
}

const widths = { rows: 9, expected01: 3, uses: 5, pulls: 4, told: 2 } as const;

/** So many decisions, or rows of them, take a fraction of a millisecond. */
const inAStep = 100;

export function* saveDecisions(decisions: readonly KnownDecision[], size: number): Steps<SavedDecisions> {
  const features = new Float64Array(size * decisions.length);
  const { numberOf, signals } = numberSignals();
  const { numberOf: textOf, texts } = numberTexts();
  const rows: number[] = [];
  const expected01: number[] = [];
  const uses: number[] = [];
  const pulls: number[] = [];
  const told: number[] = [];
  for (const [index, each] of decisions.entries()) {
    const { pool, origin, deploymentId, task, inputTokens, number, order, position = NaN, answered } = each;
    rows.push(textOf(pool), textOf(origin), textOf(deploymentId), textOf(task));
    rows.push(inputTokens, number, order, position, answered ? 1 : 0);
    for (const [arm, quality] of each.expected01) expected01.push(index, textOf(arm), quality);
    for (const [arm, { usd = NaN, outputTokens = NaN, latencyMs = NaN }] of each.uses)
      uses.push(index, textOf(arm), usd, outputTokens, latencyMs);
    for (const [arm, { pull, signals: own }] of each.pulls) {
      const place = pulls.length / widths.pulls;
      pulls.push(index, textOf(arm), pull.counted?.quality ?? NaN, pull.counted?.weight ?? NaN);
      for (const signal of own) told.push(place, numberOf(signal));
    }
    features.set(each.features, index * size);
    if (index % inAStep === 0) yield;
  }
  return {
    ids: decisions.map(({ id }) => id),
    texts,
    signals,
    rows: Float64Array.from(rows),
    expected01: Float64Array.from(expected01),
    uses: Float64Array.from(uses),
    pulls: Float64Array.from(pulls),
    told: Float64Array.from(told),
    features,
  };
}

/**
 * Throws a RangeError where it isn't what `saveDecisions` gave. What the signals of a pull say, by `signsOf`, is found out
 * when it is asked for: of most pulls it never is.
 */
export function* restoreDecisions(
  value: unknown,
  size: number,
  parse: ParseEntry,
  signsOf: (signals: readonly Signal[]) => readonly Sign[],
): Steps<readonly KnownDecision[]> {
  const saved = readSaved(value, 'decisions');
  yield;
  const signals = saved.signals.map((signal) => parsedSignal(signal, parse));
  yield;
  const textOf = (number?: number): string => textIn(saved.texts, number);
  const { ids, rows, expected01, uses, pulls, told, features } = saved;
  const count = ids.length;
  if (rows.length !== count * widths.rows || features.length !== count * size)
    throw new RangeError('The saved decisions have columns of different lengths.');
  const known: KnownDecision[] = [];
  // Many are read, and soon after the start of a process: nothing is made that isn't needed.
  let expectedFrom = 0;
  for (let index = 0; index < count; index += 1) {
    const at = index * widths.rows;
    const from = expectedFrom;
    while (expected01[expectedFrom] === index) expectedFrom += widths.expected01;
    known.push({
      id: ids[index] ?? '',
      pool: textOf(rows[at]),
      origin: textOf(rows[at + 1]),
      deploymentId: textOf(rows[at + 2]),
      task: textOf(rows[at + 3]),
      inputTokens: rows[at + 4] ?? 0,
      number: rows[at + 5] ?? 0,
      order: rows[at + 6] ?? 0,
      position: numberIn(rows[at + 7]),
      answered: rows[at + 8] === 1,
      expected01: expectedIn(saved, from, expectedFrom),
      features: features.subarray(index * size, (index + 1) * size),
      pulls: new Map(),
      uses: new Map(),
    });
    if (index % inAStep === 0) yield;
  }
  if (expectedFrom !== expected01.length) throw noRow();
  const decisionOf = (index = NaN): KnownDecision => {
    const own = known[index];
    if (own === undefined) throw noRow();
    return own;
  };
  for (let at = 0; at < uses.length; at += widths.uses) {
    decisionOf(uses[at]).uses.set(textOf(uses[at + 1]), {
      usd: numberIn(uses[at + 2]),
      outputTokens: numberIn(uses[at + 3]),
      latencyMs: numberIn(uses[at + 4]),
    });
    if ((at / widths.uses) % inAStep === 0) yield;
  }
  const signalsOf: Signal[][] = [];
  for (let at = 0; at < pulls.length; at += widths.pulls) {
    const decision = decisionOf(pulls[at]);
    const arm = textOf(pulls[at + 1]);
    const [quality = NaN, weight = NaN] = [pulls[at + 2], pulls[at + 3]];
    const counted = Number.isNaN(weight) ? undefined : { quality, weight };
    const own: Signal[] = [];
    decision.pulls.set(arm, { signals: own, pull: new SavedPull(decision, arm, counted, own, signsOf) });
    signalsOf.push(own);
    if ((at / widths.pulls) % inAStep === 0) yield;
  }
  for (let at = 0; at < told.length; at += widths.told) {
    const signal = signals[told[at + 1] ?? NaN];
    if (signal !== undefined) signalsOf[told[at] ?? NaN]?.push(signal);
  }
  yield;
  return known;
}

function noRow(): RangeError {
  return new RangeError('The saved decisions have a row of none of them.');
}

/** Rows of `expected01` as what they say: of few decisions anybody asks. */
function expectedIn({ texts, expected01 }: SavedDecisions, from: number, to: number): Expected01 {
  return {
    get: (arm) => {
      for (let at = from; at < to; at += widths.expected01)
        if (texts[expected01[at + 1] ?? NaN] === arm) return expected01[at + 2];
      return undefined;
    },
    *[Symbol.iterator]() {
      for (let at = from; at < to; at += widths.expected01)
        yield [textIn(texts, expected01[at + 1]), expected01[at + 2] ?? 0];
    },
  };
}

/** Of one deployment; a new one where nothing was told of it yet. */
export function knownPull(known: KnownDecision, deploymentId: string): KnownPull {
  const own = known.pulls.get(deploymentId) ?? { signals: [], pull: pullOf(known, deploymentId) };
  known.pulls.set(deploymentId, own);
  return own;
}

/** What its signals say is found out when it is asked for. */
class SavedPull implements Pull {
  readonly features: Float64Array;
  readonly predicted01: number | undefined;
  readonly order: number;
  readonly position: number | undefined;
  counted: Evidence | undefined;
  readonly #signals: readonly Signal[];
  readonly #signsOf: (signals: readonly Signal[]) => readonly Sign[];
  #signs: readonly Sign[] | undefined;

  constructor(
    { features, expected01, order, position, deploymentId }: KnownDecision,
    arm: string,
    counted: Evidence | undefined,
    signals: readonly Signal[],
    signsOf: (signals: readonly Signal[]) => readonly Sign[],
  ) {
    this.counted = counted;
    this.#signals = signals;
    this.#signsOf = signsOf;
    this.features = features;
    this.predicted01 = expected01.get(arm);
    this.order = order;
    this.position = arm === deploymentId ? position : undefined;
  }

  get signs(): readonly Sign[] {
    return (this.#signs ??= this.#signsOf(this.#signals));
  }

  set signs(now: readonly Sign[]) {
    this.#signs = now;
  }
}

const readSaved = readShape<SavedDecisions>({
  ids: readList(readText),
  texts: readList(readText),
  signals: readList((signal) => signal),
  rows: readNumbers(),
  expected01: readNumbers(),
  uses: readNumbers(),
  pulls: readNumbers(),
  told: readNumbers(),
  features: readNumbers(),
});
