import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Verdict, WindowBreakers } from '../../src/providers/dispatch/breakers';
import { createBreakers } from '../../src/providers/dispatch/breakers';

let breakers: WindowBreakers;

beforeEach(() => {
  vi.useFakeTimers();
  breakers = createBreakers();
});
afterEach(() => vi.useRealTimers());

/** One turn from beginning to end; throws where it isn't let in. */
async function turn(verdict: Verdict, id = 'a'): Promise<void> {
  const entered = breakers.enter(id);
  if (entered === undefined) throw new Error(`${id} is not let in.`);
  await entered.leave(verdict);
}

async function fail(times: number, id = 'a'): Promise<void> {
  for (let time = 0; time < times; time += 1) await turn('down', id);
}

describe('a closed breaker', () => {
  test('opens after three failures in a row, its own deployment’s alone', async () => {
    await fail(2);
    expect(breakers.stateOf('a')).toBe('closed');
    await fail(1);
    expect(breakers.stateOf('a')).toBe('open');
    expect(breakers.enter('a')).toBeUndefined();
    expect(breakers.stateOf('b')).toBe('closed');
  });

  test('counts from the start again after a success', async () => {
    await fail(2);
    await turn('up');
    await fail(2);
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('takes a turn that showed nothing as neither', async () => {
    await fail(2);
    await turn('unknown');
    expect(breakers.stateOf('a')).toBe('closed');
    await fail(1);
    expect(breakers.stateOf('a')).toBe('open');
  });

  test('counts a turn once, however often it is left', async () => {
    const entered = breakers.enter('a');
    for (let time = 0; time < 3; time += 1) await entered?.leave('down');
    expect(breakers.stateOf('a')).toBe('closed');
  });
});

describe('an open breaker', () => {
  beforeEach(() => fail(3));

  test('lets one turn in after 30 s, and closes where that goes well', async () => {
    vi.advanceTimersByTime(29_999);
    expect(breakers.enter('a')).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(breakers.stateOf('a')).toBe('half-open');
    const trial = breakers.enter('a');
    expect(trial).toBeDefined();
    expect(breakers.stateOf('a')).toBe('open');
    expect(breakers.enter('a')).toBeUndefined();
    await trial?.leave('up');
    expect(breakers.stateOf('a')).toBe('closed');
    await fail(2);
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('stays open for another 30 s where the trial fails', async () => {
    vi.advanceTimersByTime(30_000);
    await turn('down');
    expect(breakers.stateOf('a')).toBe('open');
    vi.advanceTimersByTime(29_999);
    expect(breakers.stateOf('a')).toBe('open');
    vi.advanceTimersByTime(1);
    expect(breakers.stateOf('a')).toBe('half-open');
  });

  test('lets the next one try where the trial showed nothing', async () => {
    vi.advanceTimersByTime(30_000);
    await turn('unknown');
    expect(breakers.stateOf('a')).toBe('half-open');
    await turn('up');
    expect(breakers.stateOf('a')).toBe('closed');
  });

  test('isn’t closed by a turn that began before it opened', async () => {
    const before = breakers.enter('b');
    await fail(3, 'b');
    vi.advanceTimersByTime(30_000);
    await before?.leave('up');
    expect(breakers.stateOf('b')).toBe('half-open');
  });

  test('is closed by hand', async () => {
    breakers.reset('a');
    expect(breakers.stateOf('a')).toBe('closed');
    await turn('up');
  });

  test('is closed by a turn that was forced and went well, and left alone by one that failed', async () => {
    await breakers.enterAnyway('a').leave('down');
    expect(breakers.stateOf('a')).toBe('open');
    await breakers.enterAnyway('a').leave('up');
    expect(breakers.stateOf('a')).toBe('closed');
  });
});

test('listeners hear of every change once, and of none after they left', async () => {
  const heard: string[] = [];
  const listening = breakers.onStateChange((id, state) => heard.push(`${id} ${state}`));
  await fail(3);
  vi.advanceTimersByTime(30_000);
  expect(heard).toEqual(['a open', 'a half-open']);
  await turn('up');
  expect(heard).toEqual(['a open', 'a half-open', 'a open', 'a closed']);
  breakers.reset('a');
  listening.dispose();
  await fail(3);
  expect(heard).toHaveLength(4);
});
