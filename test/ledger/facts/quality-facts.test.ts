import { expect, test } from 'vitest';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { sqliteFacts } from '../../../src/ledger/facts/sqlite-facts';
import { memoryRecord } from '../../../src/ledger/memory-ledger';
import { attemptWith, decisionWith, quietLog } from '../../core/samples';
import { seededRandom } from '../../core/seeded-random';

const arms = ['mini', 'opus'] as const;

/** Requests of a pool of two; a third of them goes to opus, and is rated well. */
function* entriesOf(count: number, probability: number): Generator<LedgerEntry> {
  const random = seededRandom(3);
  for (let index = 0; index < count; index += 1) {
    const chosen = random() < probability ? 'opus' : 'mini';
    const id = `d${String(index)}`;
    const candidates = arms.map((deploymentId) => ({
      ...{
        deploymentId,
        quality01: deploymentId === 'opus' ? 0.8 : 0.6,
        bonus: 0,
        costUsd: 0.001,
        latencyMs: 900,
      },
      ...{ utility: 0.5, probability: deploymentId === 'opus' ? probability : 1 - probability },
      ...{
        before: { quality01: 0.7, weight: 4 },
        outcomes: 12,
        known: { ability: 0.7, from: 'figures' as const },
      },
    }));
    const decision = decisionWith({
      ...{
        id,
        deploymentId: chosen,
        candidates,
        probability: chosen === 'opus' ? probability : 1 - probability,
      },
      // Every tenth is the user's own choice.
      ...(index % 10 === 0 && { chosenByUser: true as const }),
    });
    yield { kind: 'decision', decision };
    yield { kind: 'attempt', attempt: attemptWith({ decisionId: id, deploymentId: chosen }) };
    const thumb = random() < (chosen === 'opus' ? 0.9 : 0.5) ? 'up' : 'down';
    yield {
      kind: 'observation',
      observation: { decisionId: id, deploymentId: chosen, signal: { kind: 'rating', thumb } },
    };
  }
}

async function factsOf(count: number, probability: number) {
  const ledger = memoryRecord(() => 1_000).open();
  await ledger.append([...entriesOf(count, probability)]);
  const facts = await sqliteFacts({ path: ':memory:', ledger, ledgerName: 'one', log: quietLog });
  await facts.refresh(shippedSignals);
  return facts;
}

test('quality is told as believed and as measured, of the router’s own draws', async () => {
  const facts = await factsOf(600, 1 / 3);
  const { believed, measured, ...counts } = await facts.quality({}, { pool: 'default', model: 'opus' });
  expect(counts).toMatchObject({ own: 540, supported: 540 });
  expect(counts.drawn).toBe(counts.drawnAndTold);
  // Two thirds went to mini, which was believed to be worse by .2.
  expect(believed?.decisions).toBe(600);
  expect(believed?.difference).toBeCloseTo(-0.2 * (2 / 3), 1);
  expect(believed?.sources).toEqual({ learnt: 0.75, figures: 0.25, word: 0, level: 0 });
  // Thumbs are worth less than 0 and 1, so that truth is nearer to 0 than −.4 · ⅔.
  if (measured.kind !== 'measured') throw new Error('There was too little to measure.');
  expect(measured.quality.high).toBeLessThan(0);
  expect(measured.quality.turnsAt).toBeUndefined();
  await facts.close();
});

test('duels are those of a model’s answers with others’, each once, by what was said last', async () => {
  const ledger = memoryRecord(() => 1_000).open();
  const answers = [...arms, 'mini', 'opus', 'opus', 'opus'];
  for (const [index, deploymentId] of answers.entries())
    await ledger.append([
      { kind: 'decision', decision: decisionWith({ id: `d${String(index)}`, deploymentId }) },
    ]);
  const compare = async (winner: number, loser: number): Promise<void> =>
    ledger
      .append(
        [winner, loser].map((index, place): LedgerEntry => ({
          kind: 'observation',
          observation: {
            decisionId: `d${String(index)}`,
            deploymentId: answers[index] ?? '',
            signal: {
              kind: 'compared',
              won: place === 0,
              otherDecisionId: `d${String(place === 0 ? loser : winner)}`,
            },
          },
        })),
      )
      .then(() => undefined);
  // mini loses, then wins after all; loses; and opus against itself is no duel with others.
  await compare(1, 0);
  await compare(0, 1);
  await compare(3, 2);
  await compare(4, 5);
  const facts = await sqliteFacts({ path: ':memory:', ledger, ledgerName: 'one', log: quietLog });
  await facts.refresh(shippedSignals);
  const { duels } = await facts.quality({}, { pool: 'default', model: 'opus' });
  expect(duels).toMatchObject({ won: 1, lost: 1, share01: 0.5 });
  expect((await facts.quality({}, { pool: 'default', model: 'mini' })).duels).toMatchObject({
    won: 1,
    lost: 1,
  });
  expect((await facts.quality({ toMs: 500 }, { pool: 'default', model: 'opus' })).duels).toBeUndefined();
});

test('nothing is measured of a model that was drawn too seldom', async () => {
  const facts = await factsOf(400, 0.02);
  const { measured, drawnAndTold } = await facts.quality({}, { pool: 'default', model: 'opus' });
  expect(drawnAndTold).toBeLessThan(30);
  expect(measured.kind).toBe('too-few');
  await facts.close();
});
