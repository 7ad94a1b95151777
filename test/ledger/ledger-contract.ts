import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import type { Ledger } from '../../src/core/terms/ports';
import { attemptWith, decisionWith } from '../core/samples';
import { runs } from '../runs';

/** A place where ledgers of one driver can be opened, several on the same record. */
export interface LedgerPlace {
  open(): Promise<Ledger>;
  remove(): Promise<void>;
}

export function decisionEntry(id: string): LedgerEntry {
  return { kind: 'decision', decision: decisionWith({ id }) };
}

function ratingEntry(decisionId: string, thumb: 'up' | 'down' | undefined): LedgerEntry {
  return {
    kind: 'observation',
    observation: { decisionId, deploymentId: 'strong', signal: { kind: 'rating', thumb } },
  };
}

/** What every driver of the ledger keeps to. */
export function ledgerContract(name: string, makePlace: () => Promise<LedgerPlace>): void {
  describe(`a ledger: ${name}`, () => {
    let place: LedgerPlace;
    let ledger: Ledger;

    beforeEach(async () => {
      place = await makePlace();
      ledger = await place.open();
    });

    afterEach(async () => {
      await ledger.close();
      await place.remove();
    });

    test('is empty at first', async () => {
      expect(await ledger.readAfter(0)).toEqual([]);
    });

    test('gives back what was appended, in order, with rising sequence numbers', async () => {
      const entries: LedgerEntry[] = [
        decisionEntry('a'),
        { kind: 'attempt', attempt: attemptWith({ decisionId: 'a' }) },
        ratingEntry('a', 'up'),
        ratingEntry('a', undefined),
        {
          kind: 'judgement',
          judgement: { id: 'j', decisionId: 'a', judge: 'strong', outcome: 'reserved', mostUsd: 0.01 },
        },
      ];
      const stored = [
        ...(await ledger.append(entries.slice(0, 2))),
        ...(await ledger.append(entries.slice(2))),
      ];
      const read = await ledger.readAfter(0);
      expect(read).toEqual(stored);
      expect(read).toMatchObject(entries.map((entry) => JSON.parse(JSON.stringify(entry)) as object));
      const sequences = read.map(({ sequence }) => sequence);
      expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    });

    test('reads after a sequence number', async () => {
      const [first, second] = await ledger.append([decisionEntry('a'), decisionEntry('b')]);
      expect((await ledger.readAfter(first?.sequence ?? 0)).map(({ sequence }) => sequence)).toEqual([
        second?.sequence,
      ]);
      expect(await ledger.readAfter(second?.sequence ?? 0)).toEqual([]);
    });

    test('finds the entries of one decision', async () => {
      const stored = await ledger.append([decisionEntry('a'), decisionEntry('b'), ratingEntry('a', 'up')]);
      expect(await ledger.readDecision('a')).toEqual([stored[0], stored[2]]);
      expect(await ledger.readDecision('nobody')).toEqual([]);
    });

    test('stores all entries of a call or none', async () => {
      const cyclic: Record<string, unknown> = {};
      cyclic['self'] = cyclic;
      const unstorable = { kind: 'decision', decision: cyclic } as unknown as LedgerEntry;
      await expect(ledger.append([decisionEntry('a'), unstorable])).rejects.toThrow();
      expect(await ledger.readAfter(0)).toEqual([]);
    });

    test('any text survives', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          const [stored] = await ledger.append([
            { kind: 'decision', decision: decisionWith({ conversationId: text }) },
          ]);
          const [read] = await ledger.readAfter((stored?.sequence ?? 1) - 1);
          expect(read?.kind === 'decision' && read.decision.conversationId).toBe(text);
        }),
        { numRuns: runs(50) },
      );
    });

    test('two handles see each other’s entries in one order, and a new one sees them all', async () => {
      const other = await place.open();
      for (let index = 0; index < 10; index += 1) {
        await (index % 2 === 0 ? ledger : other).append([decisionEntry(String(index))]);
      }
      const third = await place.open();
      const all = await ledger.readAfter(0);
      expect(all.map((entry) => entry.kind === 'decision' && entry.decision.id)).toEqual(
        Array.from({ length: 10 }, (_, index) => String(index)),
      );
      expect(await other.readAfter(0)).toEqual(all);
      expect(await third.readAfter(0)).toEqual(all);
      await other.close();
      await third.close();
    });

    test('a closed one rejects instead of losing an entry in silence', async () => {
      const other = await place.open();
      await other.close();
      await expect(other.append([decisionEntry('a')])).rejects.toThrow();
      await expect(other.readAfter(0)).rejects.toThrow();
    });
  });
}
