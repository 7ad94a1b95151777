import { describe, expect, test } from 'vitest';
import type { Availability } from '../../../src/core/learning/availability';
import { createAvailability } from '../../../src/core/learning/availability';
import type { Attempt } from '../../../src/core/terms/attempt';
import type { FailureReason } from '../../../src/core/terms/failure';
import { attemptWith } from '../samples';

const hourMs = 3_600_000;
const minuteMs = 60_000;

function failed(deploymentId: string, decisionId: string, reason: FailureReason, local?: true): Attempt {
  const failure = { reason, detail: '', status: undefined, ...(local && { local }) };
  return attemptWith({ deploymentId, decisionId, outcome: 'failed', failure });
}
const answered = (deploymentId: string, decisionId: string): Attempt =>
  attemptWith({ deploymentId, decisionId });

/** Takes attempts in the order of their decisions, which is that in which their ids first come. */
function learning(): { tell: (attempt: Attempt, atMs: number) => void } & Pick<Availability, 'of'> {
  const availability = createAvailability();
  const decisions: string[] = [];
  const indexes = new Map<string, number>();
  return {
    of: availability.of,
    tell: (attempt, atMs) => {
      const { decisionId } = attempt;
      if (!decisions.includes(decisionId)) decisions.push(decisionId);
      const index = indexes.get(decisionId) ?? 0;
      indexes.set(decisionId, index + 1);
      availability.apply({ ...attempt, index }, atMs, decisions.indexOf(decisionId));
    },
  };
}

describe('availability', () => {
  test('a failure is held against its model, and forgotten in hours', () => {
    const availability = learning();
    availability.tell(failed('a', 'd1', 'server-error'), 0);
    const risks = [0, hourMs, 6 * hourMs, 30 * 24 * hourMs].map((now) => availability.of('a', now).risk01);
    expect(risks).toEqual(risks.toSorted((x, y) => y - x));
    expect(risks[0]).toBeGreaterThan(0.1);
    expect(risks[2]).toBeLessThan(0.01);
    expect(risks[3]).toBe(0);
    expect(availability.of('b', 0).risk01).toBe(0);
  });

  test('the more of its last calls failed, the more it is likely to; answers since count against that', () => {
    const availability = learning();
    const risks = [1, 2, 3, 4].map((count) => {
      availability.tell(failed('a', `d${String(count)}`, 'timeout'), 0);
      return availability.of('a', 0).risk01;
    });
    expect(risks).toEqual(risks.toSorted((x, y) => x - y));
    for (let count = 0; count < 10; count += 1) availability.tell(answered('a', `e${String(count)}`), 0);
    expect(availability.of('a', 0).risk01).toBeLessThan(risks[1] ?? NaN);
  });

  test('a call that is tried again, or stopped before anything came, says nothing', () => {
    const availability = learning();
    availability.tell({ ...failed('a', 'd1', 'network'), retried: true }, 0);
    const { receipt } = attemptWith();
    availability.tell(
      attemptWith({
        deploymentId: 'a',
        outcome: 'stopped',
        receipt: { ...receipt, timeToFirstTokenMs: undefined },
      }),
      0,
    );
    expect(availability.of('a', 0)).toEqual({ risk01: 0, lostMs: 0 });
  });

  test('with no network no model is to blame: one after the other was tried, and nobody was reached', () => {
    const availability = learning();
    for (let minute = 0; minute < 60; minute += 1) {
      const decision = `d${String(minute)}`;
      availability.tell(failed('a', decision, 'network'), minute * minuteMs);
      availability.tell(failed('b', decision, 'network'), minute * minuteMs);
    }
    for (const id of ['a', 'b']) expect(availability.of(id, hourMs).risk01).toBe(0);
    availability.tell(answered('a', 'back'), hourMs);
    for (const id of ['a', 'b']) expect(availability.of(id, hourMs).risk01).toBe(0);
  });

  test('where another model answered the same request, those that could not be reached are to blame', () => {
    const availability = learning();
    availability.tell(failed('a', 'd1', 'network'), 0);
    availability.tell(failed('b', 'd1', 'network'), 0);
    availability.tell(answered('c', 'd1'), 0);
    expect(availability.of('a', 0).risk01).toBeGreaterThan(0);
    expect(availability.of('b', 0).risk01).toBeGreaterThan(0);
    expect(availability.of('c', 0).risk01).toBe(0);
  });

  test('one model alone that can’t be reached is to blame, also where others are reached before and after', () => {
    const availability = learning();
    availability.tell(answered('b', 'd1'), 0);
    availability.tell(failed('a', 'd2', 'network'), 1);
    availability.tell(answered('b', 'd3'), 2);
    availability.tell(failed('c', 'd4', 'network'), 3);
    expect(availability.of('a', 3).risk01).toBeGreaterThan(0);
    expect(availability.of('c', 3).risk01).toBeGreaterThan(0);
  });

  test('a failure that its record calls this machine’s is nobody’s', () => {
    const availability = learning();
    availability.tell(failed('a', 'd1', 'network', true), 0);
    availability.tell(failed('a', 'd2', 'timeout', true), 0);
    expect(availability.of('a', 0).risk01).toBe(0);
  });

  test('says how long a failed call took; a clock that was set back takes nothing away', () => {
    const availability = learning();
    const { receipt } = attemptWith();
    availability.tell({ ...failed('a', 'd1', 'timeout'), receipt: { ...receipt, totalMs: 30_000 } }, hourMs);
    expect(availability.of('a', hourMs).lostMs).toBe(30_000);
    expect(availability.of('a', 0)).toEqual(availability.of('a', hourMs));
  });
});

test('the order in which attempts end makes no difference', () => {
  const attempts = Array.from({ length: 60 }, (_, number): [Attempt, number] => {
    const id = number % 3 === 0 ? 'a' : 'b';
    const attempt = number % 5 < 2 ? failed(id, 'any', 'network') : answered(id, 'any');
    return [attempt, Math.floor(number / 2)];
  });
  const [one, other] = [createAvailability(), createAvailability()];
  attempts.forEach(([attempt, order], number) => one.apply({ ...attempt, index: number % 2 }, 0, order));
  attempts
    .map(([attempt, order], number) => [{ ...attempt, index: number % 2 }, order] as const)
    .toReversed()
    .forEach(([attempt, order]) => other.apply(attempt, 0, order));
  for (const id of ['a', 'b']) expect(other.of(id, 1)).toEqual(one.of(id, 1));
  expect(one.of('a', 1).risk01).toBeGreaterThan(0);
});
