import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LedgerEntry, StoredEntry } from '../../src/core/terms/ledger-entry';
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
      expect(await ledger.lastSequence()).toBe(0);
    });

    test('knows its last sequence number, of an entry that was forgotten too', async () => {
      const [entry] = await ledger.append([decisionEntry('a')]);
      expect(await ledger.lastSequence()).toBe(entry?.sequence);
      await ledger.forget('everything');
      expect(await (await place.open()).lastSequence()).toBe(entry?.sequence);
    });

    test('is read by pages, whole and in order, whatever their size', async () => {
      await ledger.append(['a', 'b', 'c', 'd', 'e'].map(decisionEntry));
      const all = await ledger.readAfter(0);
      for (const limit of [1, 2, 5, 7]) {
        const pages: StoredEntry[] = [];
        for (let after = 0; ;) {
          const page = await ledger.readAfter(after, limit);
          if (page.length === 0) break;
          expect(page.length).toBeLessThanOrEqual(limit);
          pages.push(...page);
          after = page.at(-1)?.sequence ?? 0;
        }
        expect(pages).toEqual(all);
      }
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

    test('forgets decisions with all that belongs to them, for every handle, and keeps the rest in its order', async () => {
      const other = await place.open();
      await ledger.append(['a', 'b', 'c'].map(decisionEntry));
      await ledger.append([ratingEntry('a', 'up'), ratingEntry('b', 'down'), ratingEntry('c', 'up')]);
      const before = await other.readAfter(0);
      expect(await ledger.forget(['b', 'nobody'])).toBe(1);
      const left = before.filter((entry) => !JSON.stringify(entry).includes('"b"'));
      expect(left).toHaveLength(4);
      for (const handle of [ledger, other]) {
        expect(await handle.readAfter(0)).toEqual(left);
        expect(await handle.readDecision('b')).toEqual([]);
      }
      await other.close();
    });

    test('forgets everything, and goes on with higher sequence numbers', async () => {
      await ledger.append([decisionEntry('a'), ratingEntry('a', 'up'), decisionEntry('b')]);
      const last = (await ledger.readAfter(0)).at(-1)?.sequence ?? 0;
      expect(await ledger.forget('everything')).toBe(2);
      expect(await ledger.readAfter(0)).toEqual([]);
      const [next] = await ledger.append([decisionEntry('c')]);
      expect(next?.sequence).toBeGreaterThan(last);
      expect(await ledger.readAfter(last)).toEqual([next]);
    });

    test('says how often something was forgotten, by whichever handle', async () => {
      const other = await place.open();
      await ledger.append([decisionEntry('a'), decisionEntry('b')]);
      const before = await other.timesForgotten();
      await ledger.forget(['a']);
      expect(await other.timesForgotten()).toBe(before + 1);
      await other.forget('everything');
      expect(await ledger.timesForgotten()).toBe(before + 2);
      await other.close();
    });

    test('what comes of a forgotten decision later is not stored, and the rest of its call is', async () => {
      const other = await place.open();
      await ledger.append([decisionEntry('a'), decisionEntry('b')]);
      await other.forget(['a']);
      const late: LedgerEntry = { kind: 'attempt', attempt: attemptWith({ decisionId: 'a' }) };
      const stored = await ledger.append([late, ratingEntry('a', 'up'), ratingEntry('b', 'up')]);
      expect(stored.map(({ kind }) => kind)).toEqual(['observation']);
      expect(await other.readDecision('a')).toEqual([]);
      expect((await other.readDecision('b')).map(({ kind }) => kind)).toEqual(['decision', 'observation']);
      await other.close();
    });

    test('any decisions can be forgotten, and just those go', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.uuid(), { maxLength: 12 }),
          fc.array(fc.nat(11), { maxLength: 6 }),
          async (ids, picked) => {
            await ledger.forget('everything');
            for (const id of ids) await ledger.append([decisionEntry(id), ratingEntry(id, 'up')]);
            const gone = new Set(picked.flatMap((index) => ids[index] ?? []));
            expect(await ledger.forget([...gone])).toBe(gone.size);
            const left = (await ledger.readAfter(0)).flatMap((entry) =>
              entry.kind === 'decision' ? [entry.decision.id] : [],
            );
            expect(left).toEqual(ids.filter((id) => !gone.has(id)));
          },
        ),
        { numRuns: runs(20) },
      );
    });

    test('a closed one rejects instead of losing an entry in silence', async () => {
      const other = await place.open();
      await other.close();
      await expect(other.append([decisionEntry('a')])).rejects.toThrow();
      await expect(other.readAfter(0)).rejects.toThrow();
    });
  });
}
