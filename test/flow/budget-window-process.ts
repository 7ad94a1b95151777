import { createInterface } from 'node:readline';
import { createConduit } from '../../src/core/conduit';
import type { ModelClient } from '../../src/core/terms/ports';
import type { Reservations } from '../../src/core/terms/reservations';
import { noEmbedder } from '../../src/embedding/embedder';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { queueFolderOf } from '../../src/ledger/queue/queue-file';
import { servedLedger } from '../../src/ledger/worker/served-ledger';
import { servedReservations } from '../../src/ledger/worker/served-reservations';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { budgetsWith, configurationWith, quietLog, quietParts, utcCalendar } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { deploymentWith, poolWith, price } from '../core/simulation';

/**
 * A window of its own process, over the ledger in a folder, that asks as long as the day's budget has room. Arguments:
 * folder, name, seed. A line of its input is a `BudgetRound`; a line of its output says how many answers it got.
 */
export interface BudgetRound {
  /** Each round is a day of its own. */
  readonly dayMs: number;
  readonly capUsd: number;
  /** Whether the ledger's budgets can't be reached, once this window has seen them. */
  readonly blind: boolean;
  readonly step: 'look' | 'ask';
}

const [folder = '', name = '', seed = '1'] = process.argv.slice(2);
const random = seededRandom(Number(seed));
let round: BudgetRound = { dayMs: 0, capUsd: 0, blind: false, step: 'look' };
const nowMs = (): number => round.dayMs;
const ledger = servedLedger({
  open: () => sqliteLedger({ storage: folder, window: name, nowMs, calendar: utcCalendar, log: quietLog }),
  queueFolder: queueFolderOf(folder),
  log: quietLog,
  withinMs: 20_000,
});
const there = servedReservations(ledger);
const blindly = <T>(call: () => Promise<T>): Promise<T> =>
  round.blind && round.step === 'ask' ? Promise.reject(new Error('not there')) : call();
const reservations: Reservations = {
  look: (scopes) => blindly(() => there.look(scopes)),
  reserve: (reserving) => blindly(() => there.reserve(reserving)),
  release: (id) => blindly(() => there.release(id)),
  allow: (scope) => blindly(() => there.allow(scope)),
  demand: (sinceDay) => blindly(() => there.demand(sinceDay)),
};
const deployments = [
  deploymentWith('small', { price: price(1e-6) }),
  deploymentWith('large', { price: price(1e-5) }),
];
/** Answers are as long as chance has it, and no longer than they may be. */
const client: ModelClient = {
  stream: async function* ({ options }) {
    const outputTokens = Math.min(Math.ceil(4_000 * random() ** 3), options?.maxOutputTokens ?? Infinity);
    yield await Promise.resolve({ type: 'text', text: 'x' });
    const usage = { inputTokens: 1, outputTokens, cachedInputTokens: 0 };
    yield { type: 'finished', usage, servedModel: undefined, truncated: false };
  },
};
const clock = { nowMs, monotonicMs: () => performance.now() };
const prices = createPriceBook();
const breakers = createBreakers();
let ids = 0;
const conduit = createConduit({
  ...quietParts,
  configuration: () =>
    Promise.resolve(
      configurationWith([poolWith(deployments)], { budgets: budgetsWith({ day: round.capUsd }, true) }),
    ),
  ledger,
  reservations,
  window: name,
  dispatcher: createDispatcher({ client, prices, clock, breakers, random }),
  breakers,
  keys: { keyFor: () => Promise.resolve('') },
  prices,
  embedder: noEmbedder,
  clock,
  random,
  newId: () => `${name}-${String((ids += 1))}`,
  log: quietLog,
  onRecorded: () => undefined,
});

const mostAsked = 40;

async function ask(): Promise<number> {
  for (let answers = 0; answers < mostAsked; answers += 1) {
    const request = {
      pool: 'default',
      messages: [{ role: 'user' as const, text: 'Why?' }],
      origin: 'chat' as const,
      conversationId: `${name} ${String(ids)}`,
    };
    let last = '';
    for await (const event of conduit.answer(request, new AbortController().signal)) last = event.type;
    if (last !== 'finished') return answers;
  }
  return mostAsked;
}

for await (const line of createInterface({ input: process.stdin })) {
  round = JSON.parse(line) as BudgetRound;
  const answers = round.step === 'look' ? (await conduit.refresh(), 0) : await ask();
  process.stdout.write(`${String(answers)}\n`);
}
await conduit.close();
