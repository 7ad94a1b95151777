import { expect, test } from 'vitest';
import { createConduit } from '../src/core/conduit';
import type { Conduit } from '../src/core/conduit';
import type { ModelClient } from '../src/core/terms/ports';
import { noEmbedder } from '../src/embedding/embedder';
import { createJudge } from '../src/judge/create-judge';
import { memoryRecord } from '../src/ledger/memory-ledger';
import { createBreakers } from '../src/providers/dispatch/breakers';
import { createDispatcher } from '../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../src/providers/prices/prices';
import { configurationWith, quietLog, quietParts } from '../test/core/samples';
import { findSecrets } from '../src/text/secrets/find-secrets';
import { seededRandom } from '../test/core/seeded-random';
import { deploymentWith, poolWith, price } from '../test/core/simulation';

/** Answers of each kind, in turns: what the machine does meanwhile falls on both alike. */
const answers = 250;
const warmUp = 50;
/** Texts of an answer, as they stream in. */
const texts = 200;
/** Of the time that the same answer takes without a judge; in ms it is printed, since machines differ. */
const mostRatio = 1.7;

const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };

/** Every answer that may be judged is: the most that a judge can be in the way. */
function open(enabled: boolean): Conduit {
  const deployments = ['gpt-mini', 'claude-small'].map((id) => deploymentWith(id, { price: price(1e-7) }));
  const judges = [
    deploymentWith('judge', { model: 'mistral-large', provider: 'mistral', price: price(1e-7) }),
  ];
  const configuration = configurationWith(
    [poolWith(deployments), { name: 'judges', deployments: judges, simulated: false }],
    { judge: { enabled, sampleRate: 1, models: ['judge'], dailyBudgetUsd: 1e6, rubric: '' } },
  );
  const client: ModelClient = {
    stream: async function* ({ deployment }) {
      if (deployment.id === 'judge') yield { type: 'text', text: '{"score": 8, "reason": "good"}' };
      else for (let index = 0; index < texts; index += 1) yield { type: 'text', text: 'a few words of it ' };
      const usage = { inputTokens: 500, outputTokens: 700, cachedInputTokens: 0 };
      yield await Promise.resolve({ type: 'finished', usage, servedModel: undefined, truncated: false });
    },
  };
  const prices = createPriceBook();
  const breakers = createBreakers();
  const dispatcher = createDispatcher({ client, prices, clock, breakers, random: seededRandom(1) });
  const current = () => Promise.resolve(configuration);
  let ids = 0;
  const shared = {
    configuration: current,
    dispatcher,
    breakers,
    keys: { keyFor: () => Promise.resolve('') },
    prices,
    clock,
    calendar: quietParts.calendar,
    newId: () => `id-${String((ids += 1))}`,
    learning: () => true,
    log: quietLog,
  };
  const ledger = memoryRecord(Date.now).open();
  return createConduit({
    ...quietParts,
    ...shared,
    ledger,
    reservations: ledger.reservations,
    embedder: noEmbedder,
    random: seededRandom(2),
    onRecorded: () => undefined,
    ...(enabled && {
      judge: createJudge({
        ...shared,
        random: seededRandom(3),
        newMark: () => `mark-${String((ids += 1))}`,
        holdsSecret: (text) => findSecrets(text, 'plain').length > 0,
        later: (run) => void setImmediate(run),
      }),
    }),
  });
}

async function answerMs(conduit: Conduit, number: number): Promise<number> {
  const request = {
    pool: 'default',
    messages: [
      { role: 'user', text: `Question ${String(number)}: what is a lantern, and who made the first?` },
    ],
    origin: 'chat',
    conversationId: String(number),
  } as const;
  const start = performance.now();
  for await (const _ of conduit.answer(request, new AbortController().signal));
  return performance.now() - start;
}

/** The time in which a person reads: what is judged meanwhile is over when the next question comes. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

test('a judge adds little to an answer at the median', async () => {
  const [without, judged] = [open(false), open(true)];
  const times: { readonly without: number[]; readonly judged: number[] } = { without: [], judged: [] };
  for (let number = 0; number < answers + warmUp; number += 1) {
    for (const [name, conduit] of [
      ['without', without],
      ['judged', judged],
    ] as const) {
      const ms = await answerMs(conduit, number);
      if (number >= warmUp) times[name].push(ms);
      await pause();
    }
  }
  const [base = NaN, most = NaN] = [times.without, times.judged].map(medianOf);
  const [{ verdicts } = { verdicts: 0 }] = judged.judges();
  console.log(
    [
      '',
      `An answer of ${String(texts)} texts, router and ledger in memory, ${String(answers)} of each, median:`,
      `  without a judge ${base.toFixed(3)} ms, every answer judged ${most.toFixed(3)} ms`,
      `  added ${(most - base).toFixed(3)} ms, ratio ${(most / base).toFixed(3)}; ${String(verdicts)} verdicts`,
    ].join('\n'),
  );
  await Promise.all([without.close(), judged.close()]);
  expect(verdicts).toBeGreaterThan(answers * 0.9);
  expect(most / base).toBeLessThan(mostRatio);
});

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
