import type { Decision } from '../terms/decision';
import type { Sign } from '../reward/signs';
import type { ParseEntry } from '../terms/ledger-entry';
import { parsedSignal } from '../terms/ledger-entry';
import type { Signal } from '../terms/observation';
import { readList, readNumbers, readShape, readText } from '../terms/saved';
import { numberIn, numberTexts, rowsOf, textIn } from '../terms/saved-columns';
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
  readonly expected01: Map<string, number>;
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

function pullOf({ expected01, features, order, position, ...known }: KnownDecision, arm: string): Pull {
  return {
    features,
    predicted01: expected01.get(arm),
    order,
    position: arm === known.deploymentId ? position : undefined,
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
  const known: KnownDecision[] = [];
  for (const [index, row] of rowsOf(saved.rows, widths.rows)) {
    const [pool, origin, deployment, task, inputTokens = 0, number = 0, order = 0, position, answered] = row;
    known.push({
      id: saved.ids[index] ?? '',
      pool: textOf(pool),
      origin: textOf(origin),
      deploymentId: textOf(deployment),
      task: textOf(task),
      inputTokens,
      expected01: new Map(),
      number,
      order,
      position: numberIn(position),
      features: saved.features.subarray(index * size, (index + 1) * size),
      pulls: new Map(),
      uses: new Map(),
      answered: answered === 1,
    });
    if (index % inAStep === 0) yield;
  }
  if (saved.ids.length !== known.length || saved.features.length !== known.length * size)
    throw new RangeError('The saved decisions have columns of different lengths.');
  const decisionOf = (index = NaN): KnownDecision => {
    const own = known[index];
    if (own === undefined) throw new RangeError('The saved decisions have a row of none of them.');
    return own;
  };
  for (const [place, [index, arm, quality = 0]] of rowsOf(saved.expected01, widths.expected01)) {
    decisionOf(index).expected01.set(textOf(arm), quality);
    if (place % (4 * inAStep) === 0) yield;
  }
  for (const [place, [index, arm, usd, outputTokens, latencyMs]] of rowsOf(saved.uses, widths.uses)) {
    const use = { usd: numberIn(usd), outputTokens: numberIn(outputTokens), latencyMs: numberIn(latencyMs) };
    decisionOf(index).uses.set(textOf(arm), use);
    if (place % inAStep === 0) yield;
  }
  const pulls: Signal[][] = [];
  for (const [place, [index, number, quality = NaN, weight = NaN]] of rowsOf(saved.pulls, widths.pulls)) {
    const decision = decisionOf(index);
    const arm = textOf(number);
    const own: Signal[] = [];
    const counted = Number.isNaN(weight) ? undefined : { quality, weight };
    const pull = signedLater({ ...pullOf(decision, arm), counted }, () => signsOf(own));
    decision.pulls.set(arm, { signals: own, pull });
    pulls.push(own);
    if (place % inAStep === 0) yield;
  }
  for (const [, [pull = NaN, signal = NaN]] of rowsOf(saved.told, widths.told)) {
    const told = signals[signal];
    if (told !== undefined) pulls[pull]?.push(told);
  }
  yield;
  return known;
}

/** Of one deployment; a new one where nothing was told of it yet. */
export function knownPull(known: KnownDecision, deploymentId: string): KnownPull {
  const own = known.pulls.get(deploymentId) ?? { signals: [], pull: pullOf(known, deploymentId) };
  known.pulls.set(deploymentId, own);
  return own;
}

function signedLater(
  { features, predicted01, order, position, counted }: Pull,
  find: () => readonly Sign[],
): Pull {
  let signs: readonly Sign[] | undefined;
  return {
    features,
    predicted01,
    order,
    position,
    counted,
    get signs() {
      signs ??= find();
      return signs;
    },
    set signs(now) {
      signs = now;
    },
  };
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
