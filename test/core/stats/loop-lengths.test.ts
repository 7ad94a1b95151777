import { expect, test } from 'vitest';
import { createLoopLengthFold } from '../../../src/core/stats/loop-lengths';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { attemptWith, decisionWith } from '../samples';

/** Loops of these lengths, one after the other. */
function foldOf(lengths: readonly number[], pool = 'default'): ReturnType<typeof createLoopLengthFold> {
  const fold = createLoopLengthFold();
  let sequence = 0;
  const apply = (entry: LedgerEntry): void => fold.apply({ ...entry, sequence: (sequence += 1), atMs: 0 });
  for (const [number, length] of lengths.entries()) {
    const decisionId = `d${String(number)}`;
    apply({ kind: 'decision', decision: decisionWith({ id: decisionId, pool }) });
    for (let index = 0; index < length; index += 1)
      apply({ kind: 'attempt', attempt: attemptWith({ decisionId, index }) });
  }
  return fold;
}

test('the usual length is the median of the latest loops; single answers are none', () => {
  const lengths = [4, 6, 8, 5, 7, 3, 9, 40, 2, 6];
  const answers = Array.from({ length: 30 }, () => 1);
  expect(foldOf([...answers, ...lengths, ...answers]).usual('default')).toBe(6);
  expect(foldOf([...lengths, ...Array.from({ length: 100 }, () => 20)]).usual('default')).toBe(20);
});

test('of fewer than ten loops nothing is said, nor of another pool', () => {
  expect(foldOf(Array.from({ length: 9 }, () => 20)).usual('default')).toBeUndefined();
  expect(foldOf(Array.from({ length: 10 }, () => 20)).usual('other')).toBeUndefined();
});

test('a step that failed, or was asked once more, is none', () => {
  const fold = createLoopLengthFold();
  let sequence = 0;
  const apply = (entry: LedgerEntry): void => fold.apply({ ...entry, sequence: (sequence += 1), atMs: 0 });
  const failure = { reason: 'server-error', detail: '', status: 500 } as const;
  for (let number = 0; number < 10; number += 1) {
    const decisionId = `d${String(number)}`;
    apply({ kind: 'decision', decision: decisionWith({ id: decisionId }) });
    apply({ kind: 'attempt', attempt: attemptWith({ decisionId, outcome: 'failed', failure }) });
    apply({ kind: 'attempt', attempt: attemptWith({ decisionId, index: 1 }) });
  }
  expect(fold.usual('default')).toBeUndefined();
});
