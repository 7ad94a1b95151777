import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Attempt } from '../../src/core/terms/attempt';
import { createConduit } from '../../src/core/conduit';
import type { DispatchEvent, Dispatcher } from '../../src/core/terms/dispatch';
import type { Deployment } from '../../src/core/terms/deployment';
import type { KeyRing, Ledger, Random } from '../../src/core/terms/ports';
import { noEmbedder } from '../../src/embedding/embedder';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createModelClient } from '../../src/providers/model-clients';
import { createPriceBook } from '../../src/providers/prices/prices';
import { configurationWith, quietLog, quietParts } from '../core/samples';
import { pick } from '../core/seeded-random';
import { deploymentWith, poolWith } from '../core/simulation';
import { call, editorModels } from '../providers/stream-helpers';

/** Many requests at once through everything but the editor, with impatient limits and users who stop at random. */

/** How one request went. */
export interface Asked {
  /** What the prompt says, so that a server's log and the ledger can be matched: "R17". */
  readonly name: string;
  readonly events: readonly AnswerEvent[];
  readonly stoppedByUser: boolean;
  readonly tookMs: number;
}

export interface FaultRun {
  readonly asked: readonly Asked[];
  readonly ledger: Ledger;
  /** Each attempt that the dispatcher told of, and how many it began. */
  readonly attempts: readonly Attempt[];
  readonly started: number;
  /** Breakers that opened. */
  readonly opened: number;
}

export interface FaultRunOptions {
  readonly requests: number;
  readonly atOnce: number;
  readonly folder: string;
  readonly deployments: readonly Deployment[];
  readonly random: Random;
}

export const faultLimits = { firstTokenMs: 1_000, stallMs: 1_000, requestMs: 3_000 };

const keys: KeyRing = { keyFor: () => Promise.resolve('sk-test-0123456789abcdefghij') };

/** Calls each deployment once, so that no request waits until an SDK is loaded. */
export async function warmUp(deployments: readonly Deployment[]): Promise<void> {
  const client = createModelClient({ keys, editorModels });
  await Promise.all(deployments.map((deployment) => call(client, deployment)));
}

export async function runFaults({
  requests,
  atOnce,
  folder,
  deployments,
  random,
}: FaultRunOptions): Promise<FaultRun> {
  const ledger = await sqliteLedger({ storage: folder, nowMs: Date.now, log: quietLog });
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const prices = createPriceBook();
  const breakers = createBreakers({ halfOpenAfterMs: 200 });
  const client = createModelClient({ keys, editorModels });
  const attempts: Attempt[] = [];
  const count = { started: 0, opened: 0, ids: 0 };
  breakers.onStateChange((_id, state) => (count.opened += state === 'open' ? 1 : 0));
  const dispatcher = watched(createDispatcher({ client, prices, clock, breakers, random }), (event) => {
    if (event.type === 'started') count.started += 1;
    else if ('attempt' in event) attempts.push(event.attempt);
  });
  const pool = poolWith(deployments);
  const conduit = createConduit({
    ...quietParts,
    configuration: () => {
      const limits = { ...faultLimits, retries: pick([0, 0, 1, 2], random) };
      return Promise.resolve(configurationWith([pool], { keepPrompts: true, limits }));
    },
    ledger,
    reservations: ledger.reservations,
    dispatcher,
    breakers,
    keys,
    prices,
    embedder: noEmbedder,
    clock,
    random,
    newId: () => `decision-${String((count.ids += 1))}`,
    log: quietLog,
    onRecorded: () => undefined,
  });

  async function ask(number: number): Promise<Asked> {
    const name = `R${String(number)}`;
    const stop = new AbortController();
    const patience = random();
    const timer = patience < 0.08 ? setTimeout(() => stop.abort(), 400 * random()) : undefined;
    const events: AnswerEvent[] = [];
    const startedMs = performance.now();
    const request = {
      pool: pool.name,
      messages: [{ role: 'user' as const, text: `${name}: ${pick(prompts, random)}` }],
      origin: 'chat' as const,
      conversationId: name,
    };
    for await (const event of conduit.answer(request, stop.signal)) {
      events.push(event);
      if (event.type === 'text' && patience > 0.97) stop.abort();
    }
    clearTimeout(timer);
    return { name, events, stoppedByUser: stop.signal.aborted, tookMs: performance.now() - startedMs };
  }

  const asked: Asked[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < requests) asked.push(await ask((next += 1)));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { asked, ledger, attempts, started: count.started, opened: count.opened };
}

const prompts = [
  'What is the capital of France?',
  'Fix the bug in this function:\n```ts\nexport const f = (x: number) => x +* 1;\n```',
  'Write a polite letter to my landlord about the broken heating.',
  'Prove that the square root of 2 is irrational, step by step.',
];

/** One deployment on each of these servers' models, and one on a port at which nothing listens. */
export async function faultyPool(openaiUrl: string, anthropicUrl: string): Promise<readonly Deployment[]> {
  const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
  const anthropic = {
    provider: 'anthropic',
    protocol: 'anthropic-messages',
    apiBase: anthropicUrl,
    price,
  } as const;
  return [
    deploymentWith('gpt-small', { apiBase: openaiUrl, price, contextWindowTokens: 8_000 }),
    deploymentWith('gpt-large', { apiBase: openaiUrl, price, contextWindowTokens: 128_000 }),
    deploymentWith('claude-small', { ...anthropic, contextWindowTokens: 8_000 }),
    deploymentWith('claude-large', anthropic),
    deploymentWith('nobody', { apiBase: `http://127.0.0.1:${String(await unusedPort())}/v1` }),
  ];
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function watched(dispatcher: Dispatcher, onEvent: (event: DispatchEvent) => void): Dispatcher {
  return {
    dispatch: async function* (order, signal) {
      for await (const event of dispatcher.dispatch(order, signal)) {
        onEvent(event);
        yield event;
      }
    },
  };
}
