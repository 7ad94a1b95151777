import { expect, vi } from 'vitest';
import { createConduit } from '../../src/core/conduit';
import type { Conduit } from '../../src/core/conduit';
import type { Configuration, JudgeConfiguration } from '../../src/core/terms/configuration';
import type { Deployment } from '../../src/core/terms/deployment';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Judgement } from '../../src/core/terms/judgement';
import type { AnswerOfModel, JudgedSignal, Observation } from '../../src/core/terms/observation';
import type { KeyRing, Ledger, Log, Random } from '../../src/core/terms/ports';
import type { Reservations } from '../../src/core/terms/reservations';
import type { RouteRequest } from '../../src/core/terms/request';
import { noEmbedder } from '../../src/embedding/embedder';
import { findSecrets } from '../../src/text/secrets/find-secrets';
import { createJudge } from '../../src/judge/create-judge';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { configurationWith, quietLog, quietParts } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { deploymentWith, poolWith, price } from '../core/simulation';
import { editorModels } from '../providers/stream-helpers';
import { request } from './windows';

/** A window with a judge: everything as the extension wires it, but for the editor, over local servers. */

export interface JudgeWindowOptions {
  readonly ledger: Ledger & { readonly reservations: Reservations };
  /** Of the pool that answers; a judge of another pool is in `others`. */
  readonly deployments: readonly Deployment[];
  readonly others?: readonly Deployment[];
  readonly judge?: Partial<JudgeConfiguration>;
  readonly configuration?: Partial<Configuration>;
  readonly learning?: () => boolean;
  /** Of the draws. */
  readonly random?: Random;
  /** The mark of each fence, in order. */
  readonly newMark?: () => string;
  readonly keys?: KeyRing;
  readonly log?: Log;
  readonly nowMs?: () => number;
}

/** What every judge here is asked: all answers, and for little money. */
const judging: JudgeConfiguration = {
  enabled: true,
  sampleRate: 1,
  models: ['judge'],
  dailyBudgetUsd: 1,
  rubric: '',
};

const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
const noKeys: KeyRing = { keyFor: () => Promise.resolve('sk-test-0123456789abcdefghij') };
let ids = 0;

export function openJudgeWindow(options: JudgeWindowOptions): Conduit {
  const { deployments, others = [], ledger, keys = noKeys, log = quietLog } = options;
  const pools = [
    poolWith(deployments),
    ...(others.length === 0 ? [] : [{ name: 'judges', deployments: others, simulated: false }]),
  ];
  const configuration = configurationWith(pools, {
    judge: { ...judging, ...options.judge },
    limits: { firstTokenMs: 20_000, stallMs: 20_000, requestMs: 60_000, retries: 0 },
    ...options.configuration,
  });
  const prices = createPriceBook();
  const breakers = createBreakers();
  const client = createModelClient({ keys, editorModels });
  const dispatcher = createDispatcher({ client, prices, clock, breakers, random: seededRandom(8) });
  const current = (): Promise<Configuration> => Promise.resolve(configuration);
  const windowClock = { ...clock, nowMs: options.nowMs ?? clock.nowMs };
  const newId = (): string => `id-${String((ids += 1))}`;
  const learning = options.learning ?? (() => true);
  return createConduit({
    ...quietParts,
    configuration: current,
    ledger,
    reservations: ledger.reservations,
    dispatcher,
    breakers,
    keys,
    prices,
    embedder: noEmbedder,
    clock: windowClock,
    random: seededRandom(7),
    newId,
    learning,
    log,
    onRecorded: () => undefined,
    judge: createJudge({
      configuration: current,
      dispatcher,
      keys,
      breakers,
      prices,
      clock: windowClock,
      calendar: quietParts.calendar,
      random: options.random ?? seededRandom(9),
      newId,
      newMark: options.newMark ?? (() => `mark${String((ids += 1)).padStart(8, '0')}`),
      learning,
      holdsSecret: (text) =>
        (['code', 'plain'] as const).some((reading) => findSecrets(text, reading).length > 0),
      later: (run) => void setImmediate(run),
      log,
    }),
  });
}

/** A model that answers, and one of another vendor that judges, at these addresses. */
export function answering(apiBase: string, change: Partial<Deployment> = {}): Deployment {
  return deploymentWith('gpt-mini', { apiBase, price: price(1e-6), ...change });
}

export function judgeAt(apiBase: string, change: Partial<Deployment> = {}): Deployment {
  return deploymentWith('judge', {
    pool: 'judges',
    model: 'mistral-large',
    apiBase,
    price: price(1e-6),
    ...change,
  });
}

export function judgementsIn(entries: readonly StoredEntry[]): readonly Judgement[] {
  return entries.flatMap((entry) => (entry.kind === 'judgement' ? [entry.judgement] : []));
}

/** How each call to a judge ended. */
export function endsIn(entries: readonly StoredEntry[]): readonly Judgement[] {
  return judgementsIn(entries).filter(({ outcome }) => outcome !== 'reserved');
}

export function verdictsIn(
  entries: readonly StoredEntry[],
): readonly (Observation & { readonly signal: JudgedSignal })[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'observation') return [];
    const { signal, ...answer } = entry.observation;
    return signal.kind === 'judged' ? [{ ...answer, signal }] : [];
  });
}

/** Asks, and reads the answer to its end: which one it was. */
export async function askFor(conduit: Conduit, asked: Partial<RouteRequest> = {}): Promise<AnswerOfModel> {
  let last = 'nothing';
  for await (const event of conduit.answer({ ...request, ...asked }, new AbortController().signal)) {
    last = JSON.stringify(event);
    if (event.type === 'finished') {
      const { decisionId, deploymentId } = event.attempt;
      return { decisionId, deploymentId };
    }
  }
  throw new Error(`Nothing was answered: ${last}`);
}

/** Resolves when so many calls to a judge have ended. */
export async function judgingEnded(count: number, ledger: Ledger): Promise<void> {
  await vi.waitFor(async () => expect(endsIn(await ledger.readAfter(0))).toHaveLength(count), 10_000);
}

/** Long enough for a judge to be asked, if one is. */
export async function aWhile(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
