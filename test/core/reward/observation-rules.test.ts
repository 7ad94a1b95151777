import { expect, test } from 'vitest';
import type { Signal } from '../../../src/core/terms/observation';
import { amendedEvidence } from '../../../src/core/reward/observation-rules';

const won: Signal = { kind: 'compared', won: true, otherDecisionId: 'd2' };
const lost: Signal = { ...won, won: false };

test('what won a comparison was good, what lost was poor, and both count in full', () => {
  const [better, worse] = [amendedEvidence([won]), amendedEvidence([lost])];
  expect(better?.quality).toBeGreaterThan((worse?.quality ?? 1) + 0.5);
  expect([better?.weight, worse?.weight]).toEqual([1, 1]);
});

test('a thumb speaks before a comparison, which speaks before a grade; the last comparison holds', () => {
  expect(amendedEvidence([won, { kind: 'rating', thumb: 'down' }])?.quality).toBe(0);
  expect(amendedEvidence([won, { kind: 'scored', quality01: 0.1 }])).toEqual(amendedEvidence([won]));
  expect(amendedEvidence([won, lost])).toEqual(amendedEvidence([lost]));
});
