import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Failure } from '../../../src/core/terms/failure';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Ledger } from '../../../src/core/terms/ports';
import type { Reservations, Reserving } from '../../../src/core/terms/reservations';
import { attemptWith, decisionWith } from '../../core/samples';
import { runs } from '../../runs';

export interface BudgetClock {
  /** Unix ms. */
  nowMs: number;
  /** Of the machine. */
  uptimeMs: number;
}

export type BudgetWindow = Ledger & { readonly reservations: Reservations };

/** Opens windows over one ledger, which is new for each test. */
export type OpenBudgets = (clock: BudgetClock) => {
  open(window: string): Promise<BudgetWindow>;
  end(): Promise<void>;
};

const day = 'day:2026-12-01/all';
const noon = Date.UTC(2026, 11, 1, 12);
const minute = 60_000;

/** What every driver of reservations holds to. */
export function reservationsContract(name: string, openBudgets: OpenBudgets): void {
  describe(`reservations: ${name}`, () => {
    let clock: BudgetClock;
    let budgets: ReturnType<OpenBudgets>;
    let one: BudgetWindow;
    let other: BudgetWindow;
    beforeEach(async () => {
      clock = { nowMs: noon, uptimeMs: 1_000 };
      budgets = openBudgets(clock);
      [one, other] = [await budgets.open('one'), await budgets.open('other')];
    });
    afterEach(() => budgets.end());

    const wish = (id: string, usd: number, capUsd: number, more: Partial<Reserving> = {}): Reserving => ({
      id,
      decisionId: id,
      leastUsd: usd,
      mostUsd: usd,
      scopes: [day],
      caps: [{ scope: day, usd: capUsd }],
      lastsMs: 10 * minute,
      ...more,
    });

    /** Of the day, as a window sees it. */
    async function money(window = other, scope = day): Promise<readonly [number, number]> {
      const { scopes } = await window.reservations.look([scope]);
      const [{ spentUsd, reservedUsd } = { spentUsd: Number.NaN, reservedUsd: Number.NaN }] = scopes;
      return [spentUsd, reservedUsd];
    }

    function asked(id: string, conversationId = 'conversation'): readonly LedgerEntry[] {
      return [{ kind: 'decision', decision: decisionWith({ id, conversationId, pool: 'gpt' }) }];
    }

    function receipt(
      decisionId: string,
      usd: number | undefined,
      outcome: 'completed' | 'failed' = 'completed',
    ): readonly LedgerEntry[] {
      const { receipt: usual } = attemptWith();
      const cost = usd === undefined ? ({ kind: 'unknown' } as const) : ({ kind: 'exact', usd } as const);
      const failure: Failure | undefined =
        outcome === 'failed' ? { reason: 'timeout', detail: '', status: undefined } : undefined;
      return [
        {
          kind: 'attempt',
          attempt: attemptWith({ decisionId, outcome, failure, receipt: { ...usual, cost } }),
        },
      ];
    }

    test('what a window reserves, others can’t spend, until it is given back', async () => {
      expect(await one.reservations.reserve(wish('a', 0.6, 1))).toMatchObject({ granted: true, usd: 0.6 });
      expect(await other.reservations.reserve(wish('b', 0.6, 1))).toMatchObject({
        granted: false,
        seen: { scopes: [{ scope: day, spentUsd: 0, reservedUsd: 0.6, allowed: false }] },
      });
      await one.reservations.release('a');
      expect(await other.reservations.reserve(wish('b', 0.6, 1))).toMatchObject({ granted: true });
    });

    test('a receipt turns what was reserved into what was spent, at once', async () => {
      await one.append(asked('a'));
      await one.reservations.reserve(wish('a', 0.6, 1));
      expect(await money()).toEqual([0, 0.6]);
      await one.append(receipt('a', 0.25));
      expect(await money()).toEqual([0.25, 0]);
    });

    test('a failure that cost something leaves the rest to the next model; one that says nothing leaves all', async () => {
      await one.append(asked('a'));
      await one.reservations.reserve(wish('a', 0.6, 1));
      await one.append(receipt('a', undefined, 'failed'));
      expect(await money()).toEqual([0, 0.6]);
      await one.append(receipt('a', 0.1, 'failed'));
      expect(await money()).toEqual([0.1, 0.5]);
      await one.append(receipt('a', 0.2));
      const [spent, reserved] = await money();
      expect(spent).toBeCloseTo(0.3, 12);
      expect(reserved).toBe(0);
    });

    test('an answer whose cost nobody knows counts as all that was reserved for it', async () => {
      await one.append(asked('a'));
      await one.reservations.reserve(wish('a', 0.6, 1));
      await one.append(receipt('a', undefined));
      expect(await money()).toEqual([0.6, 0]);
    });

    test('asked for again, it takes its own place', async () => {
      await one.reservations.reserve(wish('a', 0.6, 1));
      expect(await one.reservations.reserve(wish('a', 0.9, 1))).toMatchObject({ granted: true, usd: 0.9 });
      expect(await money()).toEqual([0, 0.9]);
    });

    test('a request gets half of what is left, and at least what it needs', async () => {
      const generous = { leastUsd: 0.1, mostUsd: 5 };
      expect(await one.reservations.reserve(wish('a', 0, 1, generous))).toMatchObject({ usd: 0.5 });
      expect(await one.reservations.reserve(wish('b', 0, 1, generous))).toMatchObject({ usd: 0.25 });
      expect(await one.reservations.reserve(wish('c', 0, 1, generous))).toMatchObject({ usd: 0.125 });
      expect(await one.reservations.reserve(wish('d', 0, 1, generous))).toMatchObject({ usd: 0.1 });
      expect(await one.reservations.reserve(wish('e', 0, 1, generous))).toMatchObject({ granted: false });
      expect(await one.reservations.reserve(wish('f', 0, 1))).toMatchObject({ granted: true, usd: 0 });
    });

    test('that of a window that died lapses, whatever its clock says', async () => {
      await one.reservations.reserve(wish('a', 0.6, 1));
      clock.nowMs += 3 * 86_400_000;
      expect((await money())[1]).toBe(0.6);
      clock.nowMs = noon;
      clock.uptimeMs += 11 * minute;
      expect((await money())[1]).toBe(0);
      expect(await other.reservations.reserve(wish('b', 1, 1))).toMatchObject({ granted: true });
    });

    test('what the user allows goes over its budget in all windows, and no other budget does', async () => {
      await one.reservations.allow(day);
      expect(await other.reservations.reserve(wish('a', 5, 1))).toMatchObject({ granted: true, usd: 5 });
      const month = 'month:2026-12/all';
      const both = { scopes: [day, month], caps: [...wish('', 0, 1).caps, { scope: month, usd: 4 }] };
      expect(await other.reservations.reserve(wish('b', 5, 1, both))).toMatchObject({ granted: false });
    });

    test('each date has its money once, however often a clock passes over it', async () => {
      await one.append(asked('a'));
      await one.append(receipt('a', 0.4));
      for (const days of [1, 400, -3, 0]) {
        clock.nowMs = noon + days * 86_400_000;
        await one.append(receipt('a', 0.4));
      }
      expect(await money()).toEqual([0.8, 0]);
      expect(await money(other, 'day:2026-12-02/all')).toEqual([0.4, 0]);
      expect(await money(other, 'day:2026-11-28/all')).toEqual([0.4, 0]);
      const [month] = await money(other, 'month:2026-12/all');
      expect(month).toBeCloseTo(1.2, 12);
    });

    test('spending counts for the day, the month, the conversation, the pool and the model', async () => {
      await one.append(asked('a', 'talk'));
      await one.append(receipt('a', 0.4));
      const scopes = [
        day,
        'month:2026-12/all',
        'conversation:talk/all',
        'day:2026-12-01/pool:gpt',
        'month:2026-12/model:strong',
      ];
      for (const scope of scopes) expect(await money(other, scope)).toEqual([0.4, 0]);
      for (const scope of ['conversation:other/all', 'day:2026-12-01/pool:other', 'day:2026-12-01/judge'])
        expect(await money(other, scope)).toEqual([0, 0]);
    });

    test('a judge’s reservation becomes what it cost, or may have cost, in its own budget too', async () => {
      const judge = 'day:2026-12-01/judge';
      const judged = (id: string, outcome: 'verdict' | 'failed', usd?: number): readonly LedgerEntry[] => {
        const cost = usd === undefined ? ({ kind: 'unknown' } as const) : ({ kind: 'exact', usd } as const);
        const own = { ...attemptWith().receipt, cost };
        const judgement = { id, decisionId: 'a', judge: 'sonnet', outcome, mostUsd: 0.3, receipt: own };
        return [{ kind: 'judgement', judgement }];
      };
      await one.append(asked('a'));
      for (const id of ['j', 'k'])
        await one.reservations.reserve(wish(id, 0.3, 1, { decisionId: undefined, scopes: [day, judge] }));
      await one.append(judged('j', 'verdict', 0.1));
      expect(await money(other, judge)).toEqual([0.1, 0.3]);
      await one.append(judged('k', 'failed'));
      expect(await money(other, judge)).toEqual([0.4, 0]);
      expect(await money()).toEqual([0.4, 0]);
    });

    test('knows how many windows are open, and when requests come', async () => {
      await one.reservations.look([]);
      expect((await other.reservations.look([])).windows).toBe(2);
      await one.append(asked('a'));
      clock.nowMs += 3_600_000;
      await one.append([...asked('b'), ...asked('c')]);
      expect(await other.reservations.demand('2026-11-03')).toEqual([
        { day: '2026-12-01', hour: 12, requests: 1 },
        { day: '2026-12-01', hour: 13, requests: 2 },
      ]);
      expect(await other.reservations.demand('2026-12-02')).toEqual([]);
    });

    test('forgetting a conversation forgets what it cost, and the day’s budget holds all the same', async () => {
      await one.append(asked('a', 'talk'));
      await one.append(receipt('a', 0.4));
      await one.forget(['a']);
      expect(await money(other, 'conversation:talk/all')).toEqual([0, 0]);
      expect(await money()).toEqual([0.4, 0]);
    });

    test('windows that ask at once never go over, whatever they ask for', async () => {
      const usd = fc.double({ min: 0, max: 0.4, noNaN: true });
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(usd, usd), { minLength: 2, maxLength: 12 }), async (wishes) => {
          round += 1;
          const scope = `day:2026-12-01/pool:${String(round)}`;
          const replies = await Promise.all(
            wishes.map(([leastUsd, more], index) =>
              (index % 2 === 0 ? one : other).reservations.reserve(
                wish(`${String(round)}/${String(index)}`, 0, 1, {
                  leastUsd,
                  mostUsd: leastUsd + more,
                  scopes: [scope],
                  caps: [{ scope, usd: 1 }],
                }),
              ),
            ),
          );
          const granted = replies.map((reply) => (reply.granted ? reply.usd : 0));
          expect(granted.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(1 + 1e-9);
          for (const [index, each] of granted.entries())
            if (each > 0) expect(each).toBeGreaterThanOrEqual(wishes[index]?.[0] ?? Infinity);
        }),
        { numRuns: runs(30) },
      );
    });
  });
}
