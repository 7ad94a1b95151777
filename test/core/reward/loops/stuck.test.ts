import { describe, expect, test } from 'vitest';
import { readLoop } from '../../../../src/core/reward/loops/loop-signs';
import { stepsOf } from '../../../../src/core/reward/loops/loop-steps';
import { createProgressWatch } from '../../../../src/core/reward/loops/progress';
import { createStuckWatch } from '../../../../src/core/reward/loops/stuck';
import type { Message } from '../../../../src/core/terms/request';
import { seededRandom } from '../../seeded-random';
import type { ScriptedLoop } from './loop-parts';
import { healthyLoops } from './healthy-loops';
import { stuckLoops } from './stuck-loops';

/** What stands in issue 16: of 200 healthy loops at most 2 are noticed, of stuck ones of 30 steps all. */

const eachHealthy = 10;
const eachStuck = 8;
const healthy = healthyLoops(eachHealthy, seededRandom);
const stuck = stuckLoops(eachStuck, seededRandom);

/** The first step after which a loop counts as stuck, from 1; undefined: none. */
function noticedAt(messages: readonly Message[]): number | undefined {
  const progress = createProgressWatch();
  const watch = createStuckWatch();
  for (const [index, step] of stepsOf(messages).entries()) {
    watch.take(progress.take(step).progress);
    if (watch.stuck() !== undefined) return index + 1;
  }
  return undefined;
}

function noticed(loops: readonly ScriptedLoop[]): readonly string[] {
  return loops.flatMap(({ name, messages }) => (noticedAt(messages) === undefined ? [] : [name]));
}

test('of 200 healthy loops and more at most 2 in 200 are noticed, whatever they do', () => {
  expect(healthy.length).toBeGreaterThanOrEqual(200);
  const lengths = healthy.map(({ messages }) => stepsOf(messages).length);
  expect(lengths.filter((length) => length >= 60).length).toBeGreaterThanOrEqual(15);
  const wrong = noticed(healthy);
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(Math.floor(healthy.length / 100));
});

test('it is noticed in the same moment by who is asked after each step', () => {
  for (const { messages } of stuckLoops(1, seededRandom)) {
    const at = noticedAt(messages) ?? 0;
    const stuckAfter = (step: number): boolean =>
      readLoop(messages.slice(0, 1 + 2 * step), { ownSteps: step, earlierSteps: undefined, usualSteps: 15 })
        .stuck !== undefined;
    expect([stuckAfter(at - 1), stuckAfter(at)]).toEqual([false, true]);
  }
});

test('every stuck loop is noticed within its thirty steps', () => {
  expect(stuck.every(({ messages }) => stepsOf(messages).length === 30)).toBe(true);
  const seen = new Set(noticed(stuck));
  expect(stuck.filter(({ name }) => !seen.has(name)).map(({ name }) => name)).toEqual([]);
});

describe('why it is stuck', () => {
  test.each([
    ['the same file read over and over', 'repeats'],
    ['the same edit that doesn’t apply', 'failed-edits'],
    ['the same error of the compiler after each of many edits', 'same-error'],
    ['arguments of the wrong type', 'bad-arguments'],
    ['a wait that doesn’t end', 'waits'],
    ['searches that find nothing, in small variations', 'nothing-new'],
  ])('%s: %s', (name, reason) => {
    for (const { messages } of stuck.filter((loop) => loop.name.startsWith(`${name} (`)))
      expect(readLoop(messages, { ownSteps: 30, earlierSteps: undefined, usualSteps: 15 }).stuck).toBe(
        reason,
      );
  });
});

test('a loop that gets on again is stuck no more', () => {
  const [repeated] = stuck.filter(({ name }) => name.startsWith('the same file read'));
  const [edits] = healthy.filter(({ name }) => name.startsWith('the same replacement in 40 files'));
  const messages = [...(repeated?.messages ?? []), ...(edits?.messages.slice(1) ?? [])].map(
    (message, at) => ({
      ...message,
      ...(message.toolCalls && {
        toolCalls: message.toolCalls.map((call) => ({ ...call, id: `c${String(at)}` })),
      }),
      ...(message.toolResults && {
        toolResults: message.toolResults.map((each) => ({ ...each, callId: `c${String(at - 1)}` })),
      }),
    }),
  );
  const ownSteps = stepsOf(messages).length;
  expect(ownSteps).toBeGreaterThan(100);
  expect(readLoop(messages, { ownSteps, earlierSteps: undefined, usualSteps: 15 }).stuck).toBeUndefined();
});
