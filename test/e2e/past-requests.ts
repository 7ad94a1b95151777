import type { Configuration } from '../../src/core/terms/configuration';
import { createConduit } from '../../src/core/conduit';
import type { ModelClient } from '../../src/core/terms/ports';
import { noEmbedder } from '../../src/embedding/embedder';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { quietParts } from '../core/samples';
import { pick, seededRandom } from '../core/seeded-random';

/** How a made-up model behaves: how often it is right at code and at prose, and how long it takes. */
export interface Behaviour {
  readonly code: number;
  readonly prose: number;
  readonly firstTokenMs: number;
}

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Between two requests: two weeks have some three hundred. */
const pauseMs = 60 * 60_000;

interface Asked {
  readonly kind: 'code' | 'prose';
  /** `{}` stands for a name. */
  readonly words: string;
}
const ofCode: readonly Asked[] = [
  { kind: 'code', words: 'Fix the bug in function {}.' },
  { kind: 'code', words: 'Write unit tests for the module {}.' },
  { kind: 'code', words: 'Write a TypeScript function {} that groups orders.' },
];
const ofProse: readonly Asked[] = [
  { kind: 'prose', words: 'Write a letter about topic {}.' },
  { kind: 'prose', words: 'Rewrite this paragraph about {} in a friendlier tone.' },
];

/**
 * Writes a history of made-up requests into a ledger, through the real router, dispatcher and learner: what a stats
 * page shows after a while. Nothing of it is a measurement of a real model.
 */
export async function writePastRequests(
  storage: string,
  configuration: Configuration,
  behaviours: Readonly<Record<string, Behaviour>>,
  count: number,
): Promise<void> {
  const random = seededRandom(11);
  let nowMs = Date.now() - count * pauseMs;
  let monotonicMs = 0;
  const client: ModelClient = {
    stream: async function* ({ deployment }) {
      monotonicMs += (behaviours[deployment.id]?.firstTokenMs ?? 500) * (0.7 + 0.6 * random());
      yield await Promise.resolve({ type: 'text', text: 'An answer.' });
      const outputTokens = 150 + Math.round(300 * random());
      monotonicMs += outputTokens * 12;
      const usage = { inputTokens: 200 + Math.round(400 * random()), outputTokens, cachedInputTokens: 0 };
      yield { type: 'finished', usage, servedModel: undefined, truncated: false };
    },
  };
  const ledger = await sqliteLedger({ storage, nowMs: () => nowMs, log: quiet });
  const clock = { nowMs: () => nowMs, monotonicMs: () => monotonicMs };
  const prices = createPriceBook();
  let ids = 0;
  const conduit = createConduit({
    configuration: () => Promise.resolve(configuration),
    ledger,
    reservations: ledger.reservations,
    dispatcher: createDispatcher({ client, prices, clock, random, breakers: createBreakers() }),
    ...quietParts,
    keys: { keyFor: () => Promise.resolve('') },
    prices,
    embedder: noEmbedder,
    clock,
    random,
    newId: () => `past-${String(nowMs)}-${String((ids += 1))}`,
    log: quiet,
    onRecorded: () => undefined,
  });
  for (let index = 0; index < count; index += 1) {
    nowMs += Math.round(pauseMs * (2 / 3 + (2 / 3) * random()));
    const { kind, words } = pick(random() < 0.6 ? ofCode : ofProse, random);
    const text = words.replace('{}', `f${String(index)}`);
    const request = {
      pool: configuration.defaultPool,
      messages: [{ role: 'user' as const, text }],
      origin: 'chat' as const,
      conversationId: `past-${String(index)}`,
    };
    for await (const event of conduit.answer(request, new AbortController().signal)) {
      if (event.type !== 'finished' || random() > 0.6) continue;
      const { decisionId, deploymentId } = event.attempt;
      const right = random() < (behaviours[deploymentId]?.[kind] ?? 0.5);
      await conduit.rate(decisionId, deploymentId, right ? 'up' : 'down');
    }
  }
  await ledger.close();
}
