import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  atLeastUsd,
  formatCost,
  formatDuration,
  formatPhase,
  formatUsd,
} from '../../../src/editor/shown/format';

describe('formatUsd', () => {
  test('never shows nothing for what cost something', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e4, noNaN: true }), (usd) => {
        expect(formatUsd(usd)).not.toMatch(/^\$0(\.0+)?$/);
      }),
    );
  });

  test.each([
    [0, '$0'],
    [0.00001, 'under $0.0001'],
    [0.0003, '$0.0003'],
    [0.99996, '$1.0000'],
    [12.345, '$12.35'],
  ])('%d is %s', (usd, text) => expect(formatUsd(usd)).toBe(text));
});

describe('formatCost', () => {
  test.each([
    [{ kind: 'exact', usd: 0.0003 } as const, '$0.0003'],
    [{ kind: 'estimated', usd: 0.0003 } as const, 'about $0.0003'],
    [{ kind: 'estimated', usd: 0.00001 } as const, 'under $0.0001'],
    [{ kind: 'simulated', usd: 0.0003 } as const, 'simulated price $0.0003'],
    [{ kind: 'unknown' } as const, 'cost unknown'],
  ])('%o is %s', (cost, text) => expect(formatCost(cost)).toBe(text));
});

test.each([
  [0, '$0 + unknown'],
  [0.00001, 'under $0.0001 + unknown'],
  [0.0003, 'at least $0.0003'],
])('%d and what nobody knows is %s: what says nothing is not said', (usd, text) =>
  expect(atLeastUsd(usd)).toBe(text),
);

test.each([
  [undefined, '–'],
  [12.4, '12 ms'],
  [1_440, '1.4 s'],
  [60_000, '1 min'],
])('formatDuration(%s) is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('phases name their progress', () => {
  expect(formatPhase({ phase: 'ucb1', poolSequence: 37, switchAfter: 100 })).toBe('UCB1, 37 of 100');
  expect(formatPhase({ phase: 'lin-ucb', poolSequence: 137, switchAfter: 100 })).toBe('LinUCB');
});
