import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BreakerBoard } from '../../src/core/terms/breaker-board';
import { memoryBreakers } from '../../src/ledger/breakers/memory-breakers';
import type { Verdict } from '../../src/providers/dispatch/breakers';
import { createBreakers } from '../../src/providers/dispatch/breakers';
import type { SharedBreakers } from '../../src/providers/dispatch/shared-breakers';
import { shareBreakers } from '../../src/providers/dispatch/shared-breakers';

let board: BreakerBoard;
let warnings: string[];
let one: SharedBreakers;
let other: SharedBreakers;

const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (text: string) => void warnings.push(text),
  error: () => undefined,
};

function openWindow(window: string): SharedBreakers {
  return shareBreakers({ own: createBreakers(), window, nowMs: Date.now, log });
}

beforeEach(async () => {
  vi.useFakeTimers();
  warnings = [];
  board = memoryBreakers(Date.now);
  [one, other] = [openWindow('one'), openWindow('other')];
  await Promise.all([one.join(board), other.join(board)]);
});
afterEach(() => vi.useRealTimers());

async function turn(breakers: SharedBreakers, verdict: Verdict): Promise<void> {
  const entered = await breakers.enter('a');
  if (entered === undefined) throw new Error('It is not let in.');
  await entered.leave(verdict);
}

test('a breaker that opens in one window is open in the others, an expired key’s at once', async () => {
  await turn(one, 'refuses');
  expect(one.stateOf('a')).toBe('open');
  const heard: string[] = [];
  other.onStateChange((id, state) => heard.push(`${id} ${state}`));
  await other.refresh();
  expect(other.stateOf('a')).toBe('open');
  expect(await other.enter('a')).toBeUndefined();
  expect(heard).toEqual(['a open']);
  const late = openWindow('late');
  await late.join(board);
  expect(late.stateOf('a')).toBe('open');
});

test('closing one by hand, or by a new key, closes it for all, wherever it opened', async () => {
  await turn(one, 'refuses');
  await other.refresh();
  other.reset('a');
  await one.refresh();
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['closed', 'closed']);
  await turn(one, 'refuses');
  // It doesn't know yet that it is open.
  other.reset('a');
  await Promise.all([one.refresh(), other.refresh()]);
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['closed', 'closed']);
});

test('one window at a time tries whether it is up again; where that goes well it is closed for all', async () => {
  await turn(one, 'refuses');
  await other.refresh();
  vi.advanceTimersByTime(30_000);
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['half-open', 'half-open']);
  const trial = await other.enter('a');
  expect(trial).toBeDefined();
  expect(await one.enter('a')).toBeUndefined();
  expect(one.stateOf('a')).toBe('open');
  await trial?.leave('up');
  await one.refresh();
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['closed', 'closed']);
  await turn(one, 'up');
});

test('where the trial fails it is open for all for another 30 s', async () => {
  await turn(one, 'refuses');
  await other.refresh();
  vi.advanceTimersByTime(30_000);
  await turn(other, 'down');
  await one.refresh();
  vi.advanceTimersByTime(29_999);
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['open', 'open']);
  vi.advanceTimersByTime(1);
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['half-open', 'half-open']);
});

test('a trial that was stopped is given to the next window, and one of a window that died lapses', async () => {
  await turn(one, 'refuses');
  await other.refresh();
  vi.advanceTimersByTime(30_000);
  await turn(other, 'unknown');
  expect(await one.enter('a')).toBeDefined();
  // It never ends.
  await other.refresh();
  expect(other.stateOf('a')).toBe('open');
  vi.advanceTimersByTime(120_000);
  expect(await other.enter('a')).toBeDefined();
});

test('who has nobody else to ask asks all the same, and closes it for all where that goes well', async () => {
  await turn(one, 'refuses');
  await other.refresh();
  await other.enterAnyway('a').leave('up');
  await one.refresh();
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['closed', 'closed']);
});

test('what a window counts of failures is its own', async () => {
  for (const breakers of [one, other])
    for (const verdict of ['down', 'down'] as const) await turn(breakers, verdict);
  await Promise.all([one.refresh(), other.refresh()]);
  expect([one.stateOf('a'), other.stateOf('a')]).toEqual(['closed', 'closed']);
  await turn(one, 'down');
  await other.refresh();
  expect(other.stateOf('a')).toBe('open');
});

test('where the board can’t be reached each window has its own, which is told once', async () => {
  const gone = (): Promise<never> => Promise.reject(new Error('no such file'));
  await one.join({ read: gone, open: gone, close: gone, probe: gone, release: gone });
  await turn(one, 'refuses');
  expect(one.stateOf('a')).toBe('open');
  vi.advanceTimersByTime(30_000);
  await turn(one, 'down');
  vi.advanceTimersByTime(30_000);
  await turn(one, 'up');
  expect(one.stateOf('a')).toBe('closed');
  expect(warnings).toHaveLength(1);
});

test('what was said of it long ago, by windows that are closed, keeps nobody from asking', async () => {
  await turn(one, 'refuses');
  vi.advanceTimersByTime(2 * 60 * 60 * 1_000);
  const late = openWindow('late');
  await late.join(board);
  expect(late.stateOf('a')).toBe('closed');
});
