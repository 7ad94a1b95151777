import type { Decision } from '../terms/decision';
import type { ParseEntry } from '../terms/ledger-entry';
import { parsedSignal } from '../terms/ledger-entry';
import type { Signal } from '../terms/observation';
import {
  readFlag,
  readList,
  readMap,
  readNumber,
  readNumbers,
  readOptional,
  readShape,
  readText,
} from '../terms/saved';
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
  readonly expected01: ReadonlyMap<string, number>;
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

export function pullOf(
  { expected01, features, order, position, ...known }: KnownDecision,
  arm: string,
): Pull {
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

interface SavedDecision extends Omit<KnownDecision, 'features' | 'pulls'> {
  /** Numbers of the signals, by deployment. */
  readonly pulls: ReadonlyMap<string, readonly number[]>;
}

/** The features one after the other; each signal that occurs once. */
export interface SavedDecisions {
  readonly decisions: readonly SavedDecision[];
  readonly features: Float64Array;
  readonly signals: readonly unknown[];
}

export function saveDecisions(decisions: readonly KnownDecision[], size: number): SavedDecisions {
  const features = new Float64Array(size * decisions.length);
  const { numberOf, signals } = numberSignals();
  const saved = decisions.map(({ pulls, features: own, ...known }, index) => {
    features.set(own, index * size);
    const told = Array.from(pulls, ([arm, pull]) => [arm, pull.signals.map(numberOf)] as const);
    return { ...known, uses: new Map(known.uses), pulls: new Map(told) };
  });
  return { decisions: saved, features, signals };
}

/** Throws a RangeError where it isn't what `saveDecisions` gave. What their pulls say is still to be weighed. */
export function restoreDecisions(value: unknown, size: number, parse: ParseEntry): readonly KnownDecision[] {
  const saved = readSaved(value, 'decisions');
  const signals = saved.signals.map((signal) => parsedSignal(signal, parse));
  if (saved.features.length !== saved.decisions.length * size)
    throw new RangeError('The saved decisions have features of another size.');
  return saved.decisions.map(({ pulls, ...each }, index) => {
    const features = saved.features.subarray(index * size, (index + 1) * size);
    const known: KnownDecision = { ...each, features, pulls: new Map() };
    for (const [arm, numbers] of pulls) {
      const told = numbers.flatMap((number) => signals[number] ?? []);
      known.pulls.set(arm, { signals: told, pull: pullOf(known, arm) });
    }
    return known;
  });
}

const readUse = readShape<Use>({
  usd: readOptional(readNumber),
  outputTokens: readOptional(readNumber),
  latencyMs: readOptional(readNumber),
});

const readSaved = readShape<SavedDecisions>({
  decisions: readList(
    readShape<SavedDecision>({
      id: readText,
      pool: readText,
      origin: readText,
      deploymentId: readText,
      inputTokens: readNumber,
      task: readText,
      expected01: readMap(readNumber),
      number: readNumber,
      order: readNumber,
      position: readOptional(readNumber),
      uses: readMap(readUse),
      pulls: readMap(readList(readNumber)),
      answered: readFlag,
    }),
  ),
  features: readNumbers(),
  signals: readList((signal) => signal),
});
