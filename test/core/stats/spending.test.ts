import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Attempt } from '../../../src/core/terms/attempt';
import type { Cost } from '../../../src/core/terms/receipt';
import type { SpendingFold } from '../../../src/core/stats/spending';
import { createSpendingFold } from '../../../src/core/stats/spending';
import { attemptWith, decisionWith } from '../samples';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const midnightMs = 1_000 * dayMs;

let fold: SpendingFold;
let sequence: number;

beforeEach(() => {
  fold = createSpendingFold();
  sequence = 0;
});

function record(atMs: number, entry: LedgerEntry): void {
  sequence += 1;
  fold.apply({ ...entry, sequence, atMs });
}

function decide(atMs: number, id: string): void {
  record(atMs, { kind: 'decision', decision: decisionWith({ id }) });
}

function attempt(atMs: number, decisionId: string, cost: Cost, change: Partial<Attempt> = {}): void {
  const { receipt } = attemptWith();
  record(atMs, {
    kind: 'attempt',
    attempt: attemptWith({ decisionId, receipt: { ...receipt, cost }, ...change }),
  });
}

const failure = { reason: 'server-error', detail: '', status: 500 } as const;

describe('what was spent', () => {
  it('is the sum of exact and estimated costs, whether the answer was whole, stopped or broken', () => {
    attempt(midnightMs, 'a', { kind: 'exact', usd: 0.25 });
    attempt(midnightMs + 1, 'b', { kind: 'estimated', usd: 0.5 }, { outcome: 'stopped' });
    attempt(midnightMs + 2, 'c', { kind: 'exact', usd: 1 }, { outcome: 'failed', failure });
    expect(fold.spent(midnightMs, midnightMs + hourMs)).toEqual({
      usd: 1.75,
      expectedUsd: 0,
      unknownAttempts: 0,
    });
  });

  it('holds no pretended price, and says how many costs nobody knows', () => {
    attempt(midnightMs, 'a', { kind: 'simulated', usd: 5 });
    attempt(midnightMs, 'b', { kind: 'unknown' });
    attempt(midnightMs, 'c', { kind: 'unknown' }, { outcome: 'stopped' });
    attempt(midnightMs, 'd', { kind: 'unknown' }, { outcome: 'failed', failure });
    expect(fold.spent(midnightMs, midnightMs)).toEqual({ usd: 0, expectedUsd: 0, unknownAttempts: 2 });
  });

  it('begins anew each day', () => {
    attempt(midnightMs - 1, 'yesterday', { kind: 'exact', usd: 1 });
    attempt(midnightMs, 'today', { kind: 'exact', usd: 0.25 });
    expect(fold.spent(midnightMs, midnightMs + hourMs).usd).toBe(0.25);
    expect(fold.spent(midnightMs - dayMs, midnightMs + hourMs).usd).toBe(1.25);
    expect(fold.spent(midnightMs + dayMs, midnightMs + dayMs + hourMs)).toEqual({
      usd: 0,
      expectedUsd: 0,
      unknownAttempts: 0,
    });
  });

  it('is what a sum by hand says, over two days, in any order of arrival', () => {
    const attempts = fc.array(
      fc.record({ agoMs: fc.nat(2 * dayMs), usd: fc.double({ min: 0, max: 2, noNaN: true }) }),
      { maxLength: 50 },
    );
    fc.assert(
      fc.property(attempts, fc.nat(2 * dayMs), (all, sinceAgoMs) => {
        fold = createSpendingFold();
        const nowMs = midnightMs;
        for (const { agoMs, usd } of all) attempt(nowMs - agoMs, 'x', { kind: 'exact', usd });
        const byHand = all.filter(({ agoMs }) => agoMs <= sinceAgoMs).reduce((sum, { usd }) => sum + usd, 0);
        expect(fold.spent(nowMs - sinceAgoMs, nowMs).usd).toBeCloseTo(byHand, 9);
      }),
    );
  });
});

describe('what is expected', () => {
  const expected = (nowMs: number): number => fold.spent(midnightMs, nowMs).expectedUsd;

  it('is that of requests under way, from their decision to their end', () => {
    decide(midnightMs, 'a');
    decide(midnightMs, 'b');
    expect(expected(midnightMs)).toBeCloseTo(0.002, 12);
    attempt(midnightMs + 1, 'a', { kind: 'exact', usd: 0.5 });
    expect(fold.spent(midnightMs, midnightMs + 1)).toEqual({
      usd: 0.5,
      expectedUsd: 0.001,
      unknownAttempts: 0,
    });
    attempt(midnightMs + 2, 'b', { kind: 'exact', usd: 0 }, { outcome: 'stopped' });
    expect(expected(midnightMs + 2)).toBe(0);
  });

  it('stays while the same model is asked again', () => {
    decide(midnightMs, 'a');
    attempt(midnightMs, 'a', { kind: 'unknown' }, { outcome: 'failed', failure, retried: true });
    expect(expected(midnightMs + 1)).toBe(0.001);
    attempt(midnightMs + 2, 'a', { kind: 'exact', usd: 0.001 });
    expect(expected(midnightMs + 2)).toBe(0);
  });

  it('is given up after ten minutes: the window that asked may be gone', () => {
    decide(midnightMs, 'a');
    expect(expected(midnightMs + 10 * 60_000)).toBe(0.001);
    expect(expected(midnightMs + 10 * 60_000 + 1)).toBe(0);
  });

  it('is nothing where nobody knows the price', () => {
    const { candidates } = decisionWith();
    const unknown = candidates.map((candidate) => ({ ...candidate, costUsd: undefined }));
    record(midnightMs, { kind: 'decision', decision: decisionWith({ candidates: unknown }) });
    expect(expected(midnightMs)).toBe(0);
  });

  it('finds each day again that a clock left, whichever way it was set', () => {
    const now = midnightMs + 12 * hourMs;
    attempt(now, 'today', { kind: 'exact', usd: 1 });
    for (const days of [3, -3]) {
      const wrong = now + days * dayMs;
      attempt(wrong, `wrong ${String(days)}`, { kind: 'exact', usd: 2 });
      // More than is kept in one piece, by a clock that is days ahead.
      for (let index = 0; index < 1_500; index += 1) decide(wrong, `more ${String(days)} ${String(index)}`);
      expect(fold.spent(midnightMs + days * dayMs, wrong).usd).toBe(2);
    }
    expect(fold.spent(midnightMs, now).usd).toBe(1);
    expect(fold.spent(midnightMs + 3 * dayMs, midnightMs + 3 * dayMs + hourMs).usd).toBe(2);
  });
});
