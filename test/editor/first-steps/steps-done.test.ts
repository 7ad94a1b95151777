import { expect, test } from 'vitest';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { stepsDone } from '../../../src/editor/first-steps/steps-done';
import { attemptWith, decisionWith } from '../../core/samples';

const decision: LedgerEntry = { kind: 'decision', decision: decisionWith() };
const failed: LedgerEntry = {
  kind: 'attempt',
  attempt: attemptWith({
    outcome: 'failed',
    failure: { reason: 'server-error', detail: '', status: 500 },
  }),
};
const answered: LedgerEntry = { kind: 'attempt', attempt: attemptWith() };
const rated: LedgerEntry = {
  kind: 'observation',
  observation: {
    decisionId: 'decision',
    deploymentId: 'strong',
    signal: { kind: 'rating', thumb: 'down' },
  },
};

test.each([
  ['nothing', [], []],
  ['a question under way', [decision], []],
  ['a failed one', [decision, failed], []],
  ['an answer', [decision, answered], ['hasAnswer']],
  ['a rated answer', [decision, answered, rated], ['hasAnswer', 'hasRated']],
])('with %s in the ledger', (_, entries: readonly LedgerEntry[], steps) => {
  const fold = createStatsFold();
  for (const [index, entry] of entries.entries()) fold.apply({ ...entry, sequence: index + 1, atMs: index });
  expect(stepsDone(fold.snapshot())).toEqual(steps);
});
