import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createConduit } from '../../src/core/conduit';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Embedder, ModelClient } from '../../src/core/terms/ports';
import { noEmbedder } from '../../src/embedding/embedder';
import { memoryRecord } from '../../src/ledger/memory-ledger';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { ledgerStatus } from '../../src/ledger/ledger-status';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../src/providers/dispatch/dispatcher';
import { createPriceBook } from '../../src/providers/prices/prices';
import { createAbilityOf } from '../../src/vendors/ability-of';
import { configurationWith, quietLog, quietParts } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { deploymentWith, poolWith } from '../core/simulation';
import { firstFileWriter } from './first-file-writer';

const decisions = 150;

/** What a window records of answered questions, every third one rated. */
async function history(embedder: Embedder): Promise<readonly StoredEntry[]> {
  const random = seededRandom(5);
  let nowMs = 1_790_000_000_000;
  let monotonicMs = 0;
  const client: ModelClient = {
    stream: async function* () {
      monotonicMs += 400 + 500 * random();
      yield await Promise.resolve({ type: 'text', text: 'An answer.' });
      monotonicMs += 2_000 * random();
      const usage = { inputTokens: 1_534, outputTokens: Math.round(900 * random()), cachedInputTokens: 0 };
      yield { type: 'finished', usage, servedModel: undefined, truncated: false };
    },
  };
  const prices = createPriceBook();
  const clock = { nowMs: () => nowMs, monotonicMs: () => monotonicMs };
  const ledger = memoryRecord(() => nowMs).open();
  const conduit = createConduit({
    configuration: () =>
      Promise.resolve(
        configurationWith([
          poolWith(['gpt-5-mini', 'claude-sonnet', 'local-llama'].map((id) => deploymentWith(id))),
        ]),
      ),
    ledger,
    reservations: ledger.reservations,
    dispatcher: createDispatcher({ client, prices, clock, random, breakers: createBreakers() }),
    ...quietParts,
    keys: { keyFor: () => Promise.resolve('') },
    prices,
    abilityOf: createAbilityOf(prices),
    embedder,
    clock,
    random,
    newId: randomUUID,
    workspace: () => '6a7e3f0c-9d0b-4c39-8a55-0d8f7a3a6c11',
    log: quietLog,
    onRecorded: () => undefined,
  });
  for (let index = 0; index < decisions; index += 1) {
    nowMs += 60_000;
    const text = `Fix the bug in function f${String(index)}: it returns ${String(random())} instead of a list.`;
    const request = {
      pool: 'default',
      messages: [{ role: 'user' as const, text }],
      origin: 'chat' as const,
      conversationId: randomUUID(),
    };
    for await (const event of conduit.answer(request, new AbortController().signal)) {
      if (event.type !== 'finished' || index % 3 !== 0) continue;
      const { decisionId, deploymentId } = event.attempt;
      await conduit.rate(decisionId, deploymentId, random() < 0.7 ? 'up' : 'down');
    }
  }
  return ledger.readAfter(0);
}

/** Bytes on the disk that each decision adds, with all that belongs to it: today's file and that of the first versions. */
async function bytesEach(
  entries: readonly StoredEntry[],
): Promise<{ readonly now: number; readonly before: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-size-'));
  try {
    const file = path.join(folder, 'before.db');
    const writer = firstFileWriter(file);
    const ledger = await sqliteLedger({ storage: folder, nowMs: () => 1_790_000_000_000, log: quietLog });
    const { bytes: emptyBytes } = await ledgerStatus(folder);
    for (const { sequence: _sequence, atMs, ...entry } of entries) {
      writer.append([entry], atMs);
      await ledger.append([entry]);
    }
    writer.close();
    await ledger.close();
    const { bytes } = await ledgerStatus(folder);
    return { now: (bytes - emptyBytes) / decisions, before: statSync(file).size / decisions };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const random = seededRandom(9);
const encoder: Embedder = {
  space: () => 'minilm24-3fa9c1',
  dimensions: 24,
  embed: () => Promise.resolve(Array.from({ length: 24 }, () => random() - 0.5)),
};

test.each([
  ['without an encoder', noEmbedder],
  ['with one', encoder],
])('100,000 decisions take at most 90 MB: %s', async (_name, embedder) => {
  const { now, before } = await bytesEach(await history(embedder));
  expect(now).toBeLessThan(900);
  expect(now).toBeLessThan(before / 3);
});
