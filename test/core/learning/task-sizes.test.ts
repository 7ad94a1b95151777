import { describe, expect, it } from 'vitest';
import type { TaskSizes } from '../../../src/core/learning/task-sizes';
import { createTaskSizes, expectedSizes } from '../../../src/core/learning/task-sizes';

function sizesWith(
  ...answers: readonly (readonly [task: string, ratio: number, times: number])[]
): TaskSizes {
  const sizes = createTaskSizes();
  for (const [task, ratio, times] of answers) {
    for (let time = 0; time < times; time += 1) sizes.amend(task, 100, undefined, 100 * ratio);
  }
  return sizes;
}

describe('what a request of a kind comes to', () => {
  it('is the arm’s own rate where nothing tells the kinds apart', () => {
    const [expected] = expectedSizes([sizesWith(['fix', 2, 20], ['ask', 2, 20])], 'fix', 300);
    expect(expected).toBeCloseTo(600);
  });

  it('is learnt by kind, and from the other arms where this one met the kind never', () => {
    const seen = sizesWith(['tests', 4, 30], ['ask', 1, 30]);
    const unseen = sizesWith(['ask', 10, 30]);
    const [own, others] = expectedSizes([seen, unseen], 'tests', 100);
    expect(own).toBeGreaterThan(340);
    expect(others).toBeGreaterThan(1_200);
    const [, plain] = expectedSizes([seen, unseen], 'ask', 100);
    expect(plain).toBeLessThan(1_000);
  });

  it('is unknown of an arm without answers, and nothing of one that is free', () => {
    expect(expectedSizes([createTaskSizes(), sizesWith(['ask', 0, 3])], 'ask', 100)).toEqual([undefined, 0]);
  });
});

it('a decision that goes on counts once, with all that it came to', () => {
  const sizes = createTaskSizes();
  sizes.amend('agent', 50, undefined, 10);
  sizes.amend('agent', 50, 10, 25);
  expect(sizes.all).toEqual({ count: 1, size: 25, basis: 50 });
  const once = createTaskSizes();
  once.amend('agent', 50, undefined, 25);
  expect(sizes.logDeviation).toBeCloseTo(once.logDeviation, 12);
});

it('answers that are unlike have a wide spread, alike ones a narrow one', () => {
  const alike = sizesWith(['ask', 1, 40]).logDeviation;
  const unlike = sizesWith(['ask', 1, 20], ['ask', 9, 20]).logDeviation;
  expect(alike).toBeLessThan(0.2);
  expect(unlike).toBeGreaterThan(1);
});
