import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import type { ToldCounts, ToldSignals } from '../../../src/core/stats/told-signals';
import type { Decision } from '../../../src/core/terms/decision';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Signal } from '../../../src/core/terms/observation';
import type { SignalTable } from '../../../src/core/terms/signals';
import { attemptWith, decisionWith } from '../samples';

const serverError = { reason: 'server-error', detail: 'down', status: 500 } as const;

function decided(id: string, change: Partial<Decision> = {}): LedgerEntry {
  return { kind: 'decision', decision: decisionWith({ id, ...change }) };
}

function answered(decisionId: string, deploymentId = 'strong'): LedgerEntry {
  return { kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId }) };
}

function told(decisionId: string, signal: Signal, deploymentId = 'strong'): LedgerEntry {
  return { kind: 'observation', observation: { decisionId, deploymentId, signal } };
}

function foldOf(entries: readonly LedgerEntry[], table?: SignalTable): ToldSignals {
  const fold = createStatsFold({ signals: table });
  entries.forEach((entry, index) => fold.apply({ ...entry, sequence: index + 1, atMs: 1_000 * index }));
  return fold.snapshot().told;
}

function rowsOf({ rows }: ToldCounts): Record<string, string> {
  return Object.fromEntries(
    Array.from(rows, ([name, row]) => [name, `${String(row.counted)} of ${String(row.told)}`]),
  );
}

const up = { kind: 'rating', thumb: 'up' } as const;
const down = { kind: 'rating', thumb: 'down' } as const;
const takenBack = { kind: 'rating', thumb: undefined } as const;

test('counts by row the answers that were told of, and those in which it counts', () => {
  const counts = foldOf([
    decided('1'),
    answered('1'),
    told('1', { kind: 'completed' }),
    told('1', { kind: 'copied' }),
    // Of one cause the stronger counts.
    told('1', { kind: 'inserted' }),
    decided('2'),
    answered('2'),
    told('2', { kind: 'completed' }),
    told('2', { kind: 'copied' }),
    decided('3'),
    answered('3'),
    // That an answer came counts where nothing else was told of it.
    told('3', { kind: 'completed' }),
  ]);
  expect(rowsOf(counts)).toEqual({ copied: '1 of 2', inserted: '1 of 1', completed: '1 of 3' });
  expect(counts).toMatchObject({ answers: 3, toldOf: 2 });
});

test('a signal that comes twice is one answer, and a rating replaces all else', () => {
  const entries = [
    decided('1'),
    answered('1'),
    told('1', { kind: 'copied' }),
    told('1', { kind: 'copied' }),
    told('1', up),
    told('1', down),
  ];
  expect(rowsOf(foldOf(entries))).toEqual({ 'rating-down': '1 of 1', copied: '0 of 1' });
  expect(rowsOf(foldOf([...entries, told('1', takenBack)]))).toEqual({ copied: '1 of 1' });
});

test('a call that brought no answer is none, and what another model answered instead is its own', () => {
  const counts = foldOf([
    decided('1'),
    { kind: 'attempt', attempt: attemptWith({ decisionId: '1', outcome: 'failed', failure: serverError }) },
    told('1', { kind: 'failed', failure: serverError }),
    answered('1', 'weak'),
    told('1', { kind: 'completed' }, 'weak'),
    told('1', up, 'weak'),
  ]);
  expect(counts).toMatchObject({ answers: 1, toldOf: 1 });
  const { strong, weak } = Object.fromEntries(counts.models);
  expect(strong).toMatchObject({ answers: 0, toldOf: 0 });
  expect(rowsOf(strong!)).toEqual({ failed: '0 of 1' });
  expect(weak).toMatchObject({ answers: 1, toldOf: 1 });
  expect(rowsOf(weak!)).toEqual({ 'rating-up': '1 of 1', completed: '0 of 1' });
});

test('what is off is told and doesn’t count, nor does anything while learning was paused', () => {
  const off = { ...shippedSignals, copied: { ...shippedSignals.copied, weight: 0 } };
  const entries = [decided('1'), answered('1'), told('1', { kind: 'copied' })];
  expect(rowsOf(foldOf(entries, off))).toEqual({ copied: '0 of 1' });
  const paused = [decided('1', { learning: false }), ...entries.slice(1)];
  expect(rowsOf(foldOf(paused))).toEqual({ copied: '0 of 1' });
  expect(foldOf(paused)).toMatchObject({ answers: 1, toldOf: 1 });
});

test('what is amended in any order, at any time, gives the same counts', () => {
  const later = [
    answered('1'),
    told('1', { kind: 'completed' }),
    told('1', { kind: 'copied' }),
    told('1', { kind: 'next-turn', turn: 'says-wrong' }),
    told('1', { kind: 'edit', outcome: 'accepted' }),
    told('1', { kind: 'edit-survival', moment: 'save', share01: 0.5 }),
    answered('2', 'weak'),
    told('2', { kind: 'loop', sign: 'turned-green' }, 'weak'),
    told('2', { kind: 'regenerated' }, 'weak'),
  ];
  const expected = foldOf([decided('1'), decided('2'), ...later]);
  expect(expected).toMatchObject({ answers: 2, toldOf: 2 });
  fc.assert(
    fc.property(fc.shuffledSubarray(later, { minLength: later.length }), (shuffled) => {
      const { models, ...all } = foldOf([decided('1'), decided('2'), ...shuffled]);
      const { models: otherModels, ...others } = expected;
      expect(all).toEqual(others);
      expect(Object.fromEntries(models)).toEqual(Object.fromEntries(otherModels));
    }),
  );
});
