import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Conduit } from '../../src/core/conduit';
import { createConduit } from '../../src/core/conduit';
import type { Configuration } from '../../src/core/terms/configuration';
import type { Deployment } from '../../src/core/terms/deployment';
import type { Cache, Embedder, Ledger, ModelClient, ModelEvent } from '../../src/core/terms/ports';
import type { RouteRequest } from '../../src/core/terms/request';
import { noEmbedder } from '../../src/embedding/embedder';
import type { SqliteLedger } from '../../src/ledger/sqlite-ledger';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { createAbilityOf } from '../../src/vendors/ability-of';
import { configurationWith, quietLog, quietParts, utcCalendar } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { poolWith } from '../core/simulation';

/** The whole flow with the real ledger, dispatcher and router; only the provider's wire is scripted. */

export type Answer = (deployment: Deployment, signal: AbortSignal) => AsyncIterable<ModelEvent>;

export interface WindowOptions {
  readonly answer: Answer;
  readonly deployments: readonly Deployment[];
  /** Deployments whose key is missing. */
  readonly without?: readonly string[];
  readonly embedder?: Embedder;
  readonly keepPrompts?: boolean;
  readonly cache?: Cache;
  /** Caps, say. */
  readonly configuration?: Partial<Configuration>;
  readonly nowMs?: () => number;
  readonly learning?: () => boolean;
  readonly workspace?: () => string | undefined;
  /** Knows of models what the shipped table does. Absent: nothing. */
  readonly withFigures?: boolean;
}

/** Windows of an editor over one ledger, in a folder of their own. */
export interface Windows {
  openLedger(): Promise<SqliteLedger>;
  /** All that were opened, in order. */
  readonly opened: readonly Ledger[];
  open(options: WindowOptions): Promise<Conduit>;
  closeLedgers(): Promise<void>;
  remove(): Promise<void>;
}

const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

export function createWindows(): Windows {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-flow-'));
  const opened: Ledger[] = [];
  let ids = 0;

  async function openLedger(): Promise<SqliteLedger> {
    const ledger = await sqliteLedger({
      storage: folder,
      nowMs: Date.now,
      log: quietLog,
      calendar: utcCalendar,
    });
    opened.push(ledger);
    return ledger;
  }

  async function closeLedgers(): Promise<void> {
    for (const ledger of opened.splice(0)) await ledger.close();
  }

  return {
    openLedger,
    opened,
    closeLedgers,
    open: async ({
      answer,
      deployments,
      without = [],
      embedder = noEmbedder,
      keepPrompts = false,
      ...more
    }) => {
      const ledger = await openLedger();
      const client: ModelClient = { stream: ({ deployment }, signal) => answer(deployment, signal) };
      const prices = createPriceBook();
      const breakers = createBreakers();
      const random = seededRandom(7);
      return createConduit({
        configuration: () =>
          Promise.resolve(configurationWith([poolWith(deployments)], { keepPrompts, ...more.configuration })),
        ledger,
        reservations: ledger.reservations,
        dispatcher: createDispatcher({ client, prices, clock, breakers, random: seededRandom(8) }),
        ...quietParts,
        learning: more.learning ?? (() => true),
        ...(more.workspace !== undefined && { workspace: more.workspace }),
        cache: more.cache ?? quietParts.cache,
        breakers,
        keys: { keyFor: ({ id }) => Promise.resolve(without.includes(id) ? undefined : '') },
        prices,
        ...(more.withFigures === true && { abilityOf: createAbilityOf(prices) }),
        embedder,
        clock: { ...clock, nowMs: more.nowMs ?? clock.nowMs },
        random,
        newId: () => `id-${String(random())}-${String((ids += 1))}`,
        log: quietLog,
        onRecorded: () => undefined,
      });
    },
    remove: async () => {
      await closeLedgers();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function* says(...texts: string[]): AsyncIterable<ModelEvent> {
  for (const text of texts) yield await Promise.resolve({ type: 'text', text });
  yield {
    type: 'finished',
    usage: { inputTokens: 1000, outputTokens: 100, cachedInputTokens: 0 },
    servedModel: undefined,
    truncated: false,
  };
}

export async function* fails(): AsyncIterable<ModelEvent> {
  const failure = { reason: 'server-error', detail: 'boom', status: 500 } as const;
  yield await Promise.resolve({ type: 'failed', failure });
}

export const request: RouteRequest = {
  pool: 'default',
  messages: [{ role: 'user', text: 'What is a monad?' }],
  origin: 'chat',
  conversationId: 'c',
};

export async function ask(
  conduit: Conduit,
  signal = new AbortController().signal,
  asked = request,
): Promise<AnswerEvent[]> {
  const events: AnswerEvent[] = [];
  for await (const event of conduit.answer(asked, signal)) events.push(event);
  return events;
}
