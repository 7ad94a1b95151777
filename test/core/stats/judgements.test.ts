import { expect, test } from 'vitest';
import { createJudgementFold } from '../../../src/core/stats/judgements';
import { createSpendingFold } from '../../../src/core/stats/spending';
import type { Judgement, JudgementOutcome } from '../../../src/core/terms/judgement';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { JudgedSignal } from '../../../src/core/terms/observation';
import type { Cost } from '../../../src/core/terms/receipt';
import { decisionIdOf, parseEntry } from '../../../src/ledger/entry-schema';
import { attemptWith } from '../samples';

const hour = 3_600_000;
const always = (): boolean => true;

function entry(
  id: string,
  outcome: JudgementOutcome,
  change: Partial<Judgement> = {},
  cost?: Cost,
): LedgerEntry {
  const receipt = cost && { ...attemptWith().receipt, cost };
  const judgement = {
    id,
    decisionId: 'd',
    judge: 'j',
    outcome,
    mostUsd: 0.01,
    ...(receipt && { receipt }),
    ...change,
  };
  return { kind: 'judgement', judgement };
}

function stored(entries: readonly (readonly [LedgerEntry, atMs?: number])[]): readonly StoredEntry[] {
  return entries.map(([each, atMs = 0], index) => ({ ...each, sequence: index + 1, atMs }));
}

function foldOf(entries: readonly StoredEntry[]) {
  const fold = createJudgementFold();
  const spending = createSpendingFold();
  for (const each of entries) {
    fold.apply(each);
    spending.apply(each);
  }
  return { ...fold, spent: (nowMs = 0) => spending.spent(-hour, nowMs) };
}

test('a call counts at most until it has ended, then at what it cost, and at most again where nobody knows', () => {
  const reserved = foldOf(stored([[entry('a', 'reserved')]]));
  expect(reserved.judgingUsd(always)).toBe(0.01);
  expect(reserved.spent()).toEqual({ usd: 0, expectedUsd: 0.01, unknownAttempts: 0 });
  const exact = { kind: 'exact', usd: 0.004 } as const;
  const ended = foldOf(stored([[entry('a', 'reserved')], [entry('a', 'verdict', {}, exact)]]));
  expect(ended.judgingUsd(always)).toBe(0.004);
  expect(ended.spent()).toEqual({ usd: 0.004, expectedUsd: 0, unknownAttempts: 0, judgingUsd: 0.004 });
  const unknown = foldOf(
    stored([[entry('a', 'reserved')], [entry('a', 'no-verdict', {}, { kind: 'unknown' })]]),
  );
  expect(unknown.judgingUsd(always)).toBe(0.01);
  expect(unknown.spent()).toEqual({ usd: 0, expectedUsd: 0, unknownAttempts: 1, judgingUsd: 0 });
  expect(unknown.judges()).toMatchObject([{ noVerdicts: 1, totalUsd: 0, unpriced: 1 }]);
});

test('a call that was not made after all, or surely cost nothing, gives its place back', () => {
  const given = foldOf(
    stored([
      [entry('a', 'reserved')],
      [entry('a', 'not-asked', { mostUsd: 0 })],
      [entry('b', 'reserved')],
      [entry('b', 'failed', { mostUsd: 0 }, { kind: 'unknown' })],
    ]),
  );
  expect(given.judgingUsd(always)).toBe(0);
  expect(given.spent()).toEqual({ usd: 0, expectedUsd: 0, unknownAttempts: 0 });
  expect(given.judges()).toMatchObject([{ verdicts: 0, failures: 1, totalUsd: 0, unpriced: 0 }]);
});

test('what was reserved before another one is told apart from what came after', () => {
  const fold = foldOf(
    stored([
      [entry('a', 'reserved')],
      [entry('b', 'reserved', { mostUsd: 0.02 })],
      [entry('c', 'reserved', { mostUsd: 0.04 })],
      [entry('a', 'verdict', {}, { kind: 'exact', usd: 0.001 })],
    ]),
  );
  expect(fold.judgingUsd(always, 'a')).toBe(0);
  expect(fold.judgingUsd(always, 'b')).toBeCloseTo(0.001, 12);
  expect(fold.judgingUsd(always, 'c')).toBeCloseTo(0.021, 12);
  expect(fold.judgingUsd(always)).toBeCloseTo(0.061, 12);
});

test('a window that was killed holds its place for the day, but is expected to spend for ten minutes only', () => {
  const fold = foldOf(stored([[entry('a', 'reserved'), 0]]));
  expect(fold.spent(hour)).toMatchObject({ expectedUsd: 0 });
  expect(fold.judgingUsd(always)).toBe(0.01);
  expect(fold.judgingUsd((atMs) => atMs >= 1)).toBe(0);
});

test('agreement pairs the user’s last thumb with the last verdict on the answer alone', () => {
  const judged = (
    decisionId: string,
    quality01: number,
    change: Partial<JudgedSignal> = {},
  ): LedgerEntry => ({
    kind: 'observation',
    observation: {
      decisionId,
      deploymentId: 'a',
      signal: { kind: 'judged', quality01, reason: 'other', judge: 'j', probability: 1, ...change },
    },
  });
  const rated = (decisionId: string, thumb: 'up' | 'down' | undefined): LedgerEntry => ({
    kind: 'observation',
    observation: { decisionId, deploymentId: 'a', signal: { kind: 'rating', thumb } },
  });
  const fold = foldOf(
    stored([
      [rated('1', 'up')],
      [judged('1', 0.9)],
      [judged('2', 0.1)],
      [rated('2', 'up')],
      [rated('2', 'down')],
      [judged('3', 1)],
      [rated('3', 'up')],
      [rated('3', undefined)],
      // The better of two says nothing of either alone.
      [judged('4', 0, { otherDecisionId: '5' })],
      [rated('4', 'down')],
    ]),
  );
  expect(fold.judges()).toMatchObject([{ judge: 'j', agreement: { verdicts: 3, up: 1, down: 1 } }]);
});

test('its row is read as it was written, and belongs to its decision', () => {
  const whole = entry('a', 'verdict', {}, { kind: 'exact', usd: 0.004 });
  expect(parseEntry(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  expect(decisionIdOf(whole)).toBe('d');
  expect(parseEntry({ ...whole, kind: 'a kind of tomorrow' })).toBeUndefined();
});
