import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ToolDefinition } from '../../src/core/terms/tools';
import type { Script } from './scripted-dispatch';
import { createScriptedDispatch, fails, failureOf, finished, says, story } from './scripted-dispatch';

/** A tool call is a token: what comes before it may fall back, what comes after it may not. */

const tools: readonly ToolDefinition[] = [{ name: 'look', description: 'Looks.', inputSchema: undefined }];
const call = { id: 'call_1', name: 'look', input: { at: 'sky' } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const calls = (end: Script): Script =>
  async function* (order, signal) {
    yield await Promise.resolve({ type: 'tool-call', call });
    yield* end(order, signal);
  };
const ends: Script = async function* () {
  yield await Promise.resolve(finished);
};

test('an answer that is a tool call alone is complete, and its tokens are estimated', async () => {
  const { dispatch, calls: asked } = createScriptedDispatch();
  const events = await dispatch({ a: [calls(ends)] }, { tools, toolUse: 'required', firstIndex: 3 });
  expect(story(events)).toBe('a:tool-call a:completed');
  expect(asked[0]).toMatchObject({ tools, toolUse: 'required' });
  const end = events.at(-1);
  if (end?.type !== 'completed') throw new Error('The answer was not completed.');
  const { index, receipt } = end.attempt;
  expect(index).toBe(3);
  expect(receipt.timeToFirstTokenMs).toBeDefined();
  expect(receipt.usage?.outputTokens).toBeGreaterThan(0);
});

test('calls that came together all stand where the first of them reaches a cap, with what the provider reports', async () => {
  const { dispatch } = createScriptedDispatch();
  const usage = { inputTokens: 10, outputTokens: 40, cachedInputTokens: 0 };
  const reports: Script = async function* () {
    yield await Promise.resolve({ ...finished, usage });
  };
  const events = await dispatch({ a: [calls(calls(reports))] }, { tools, outputCaps: new Map([['a', 1]]) });
  expect(story(events)).toBe('a:tool-call a:tool-call a:completed');
  expect(events.at(-1)).toMatchObject({
    truncated: false,
    attempt: { receipt: { usage, cost: { kind: 'exact' } } },
  });
});

test('a text after a tool call that reached a cap is cut', async () => {
  const { dispatch } = createScriptedDispatch();
  const events = await dispatch({ a: [calls(says('no end'))] }, { tools, outputCaps: new Map([['a', 1]]) });
  expect(story(events)).toBe('a:tool-call a:text a:completed');
  expect(events.at(-1)).toMatchObject({ truncated: true });
});

test('nobody else is asked after a tool call', async () => {
  const { dispatch } = createScriptedDispatch();
  const events = await dispatch({ a: [calls(fails('server-error'))], b: [says('no')] }, { tools });
  expect(story(events)).toBe('a:tool-call a:failed');
  expect(events.at(-1)).toMatchObject({ partial: true, failure: failureOf('server-error') });
});

test('a failure before it goes to the next model, with the tools', async () => {
  const { dispatch, calls: asked } = createScriptedDispatch();
  const events = await dispatch({ a: [fails('quota')], b: [calls(ends)] }, { tools });
  expect(story(events)).toBe('a:fell-back b:tool-call b:completed');
  expect(asked.map((each) => each.tools)).toEqual([tools, tools]);
});

test('the input tokens of an estimate count the tools', async () => {
  const { dispatch } = createScriptedDispatch();
  const tokens = async (offered: readonly ToolDefinition[]): Promise<number> => {
    const end = (await dispatch({ a: [says('x')] }, { tools: offered })).at(-1);
    return (end?.type === 'completed' && end.attempt.receipt.usage?.inputTokens) || 0;
  };
  const long = { name: 'look', description: 'word '.repeat(400), inputSchema: { type: 'object' } };
  expect((await tokens([long])) - (await tokens([]))).toBeGreaterThan(400);
});
