import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Script, ScriptedDispatch } from './scripted-dispatch';
import {
  a,
  b,
  c,
  createScriptedDispatch,
  fails,
  finished,
  limits,
  orderWith,
  says,
  story,
} from './scripted-dispatch';

let scripted: ScriptedDispatch;
const dispatch: ScriptedDispatch['dispatch'] = (...order) => scripted.dispatch(...order);

beforeEach(() => {
  vi.useFakeTimers();
  scripted = createScriptedDispatch();
});
afterEach(() => vi.useRealTimers());

const once = { limits: { ...limits, retries: 0 } };

test.each(['quota', 'refused-key', 'no-access', 'not-found'] as const)(
  'a deployment that says %s is skipped from then on, as it would say so again, and tried after a while',
  async (reason) => {
    expect(story(await dispatch({ a: [fails(reason)], b: [says('Hi')] }, once))).toMatch(/^a:fell-back b/);
    expect(scripted.breakers.stateOf('a')).toBe('open');
    expect(story(await dispatch({ b: [says('Hi')] }, once))).toBe('b:text b:completed');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(story(await dispatch({ a: [fails(reason)], b: [says('Hi')] }, once))).toMatch(/^a:fell-back b/);
    expect(scripted.breakers.stateOf('a')).toBe('open');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(story(await dispatch({ a: [says('Hi')] }, once))).toBe('a:text a:completed');
    expect(scripted.breakers.stateOf('a')).toBe('closed');
  },
);

test.each(['rate-limit', 'timeout', 'network', 'server-error', 'malformed-stream'] as const)(
  'a deployment that fails three requests by %s is skipped',
  async (reason) => {
    for (let time = 0; time < 3; time += 1) {
      expect(story(await dispatch({ a: [fails(reason)], b: [says('Hi')] }, once))).toMatch(/^a:fell-back b/);
    }
    expect(scripted.breakers.stateOf('a')).toBe('open');
    expect(story(await dispatch({ b: [says('Hi')] }, once))).toBe('b:text b:completed');
  },
);

test.each(['content-filter', 'context-too-long', 'invalid-request', 'missing-key'] as const)(
  'a deployment that fails by %s goes on being asked',
  async (reason) => {
    for (let time = 0; time < 4; time += 1) {
      expect(story(await dispatch({ a: [fails(reason)], b: [says('Hi')] }, once))).toMatch(/^a:fell-back b/);
    }
  },
);

test('a failure that passed at the second try is none', async () => {
  for (let time = 0; time < 4; time += 1) {
    await dispatch({ a: [fails('network'), says('Hi')] });
  }
  expect(scripted.breakers.stateOf('a')).toBe('closed');
});

test('an answer that the user stops is neither failure nor success', async () => {
  const hangs: Script = async function* () {
    await new Promise(() => undefined);
    yield finished;
  };
  for (let time = 0; time < 4; time += 1) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 10);
    expect(story(await dispatch({ a: [hangs] }, once, stop.signal))).toBe('a:stopped');
  }
  expect(scripted.breakers.stateOf('a')).toBe('closed');
});

test('the fallback goes round those that are open', async () => {
  for (let time = 0; time < 3; time += 1) await scripted.breakers.enter('b')?.leave('down');
  const order = { ...once, deployments: [a, b, c] };
  const events = await dispatch({ a: [fails('quota')], c: [says('Hi')] }, order);
  expect(story(events)).toBe('a:fell-back c:text c:completed');
  expect(events[1]).toMatchObject({ to: 'c' });
});

test('where all are open the first is asked all the same, and an answer closes it', async () => {
  for (const id of ['a', 'b']) {
    for (let time = 0; time < 3; time += 1) await scripted.breakers.enter(id)?.leave('down');
  }
  expect(story(await dispatch({ a: [fails('quota')] }, once))).toBe('a:failed');
  expect(scripted.breakers.stateOf('a')).toBe('open');

  expect(story(await dispatch({ a: [says('Hi')] }, once))).toBe('a:text a:completed');
  expect(scripted.breakers.stateOf('a')).toBe('closed');
});

test('where all are open and the first one answers that it can’t, it is not asked instead of itself', async () => {
  for (const id of ['a', 'b']) {
    for (let time = 0; time < 3; time += 1) await scripted.breakers.enter(id)?.leave('down');
  }
  const events = await dispatch({ a: [fails('context-too-long'), says('Hi')], b: [says('Hi')] }, once);
  expect(story(events)).toBe('a:failed');
});

test('a trial is one call: it isn’t tried again while another deployment is left', async () => {
  for (let time = 0; time < 3; time += 1) await scripted.breakers.enter('a')?.leave('down');
  await vi.advanceTimersByTimeAsync(30_000);
  const events = await dispatch({ a: [fails('network')], b: [says('Hi')] });
  expect(story(events)).toBe('a:fell-back b:text b:completed');
  expect(scripted.breakers.stateOf('a')).toBe('open');
});

test('a consumer that goes away during a trial leaves the next one free to try', async () => {
  for (let time = 0; time < 3; time += 1) await scripted.breakers.enter('a')?.leave('down');
  await vi.advanceTimersByTimeAsync(30_000);
  const dispatcher = scripted.dispatcher({ a: [says('Hi')] });
  for await (const event of dispatcher.dispatch(orderWith(), new AbortController().signal)) {
    if (event.type === 'text') break;
  }
  expect(scripted.breakers.stateOf('a')).toBe('half-open');
});
