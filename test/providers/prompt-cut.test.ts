import { expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import { promptCutOf } from '../../src/providers/dispatch/prompt-cut';
import { deploymentWith } from './stream-helpers';

/** What is made of a prompt of so many tokens, of which a server says that it read so many. */
function cutOf(
  sentTokens: number,
  inputTokens: number,
  change: Partial<Deployment> = { provider: 'ollama' },
) {
  const deployment = deploymentWith({ id: 'llama', ...change });
  const messages = [{ role: 'user', text: 'abcd'.repeat(sentTokens) }] as const;
  const order = { decisionId: 'd', index: 0, deployment, messages, options: {}, outputCap: undefined };
  return promptCutOf(order, { inputTokens, outputTokens: 3, cachedInputTokens: 0 });
}

test.each([
  [30_000, 4_095],
  [30_000, 4_096],
  [10_000, 2_040],
  [100_000, 32_768],
])('of %d tokens %d were read: its context is full, and the rest was cut', (sent, read) => {
  expect(cutOf(sent, read)).toEqual({ deploymentId: 'llama', sentTokens: sent, readTokens: read });
});

test('the context that the file states counts like the usual ones', () => {
  expect(cutOf(30_000, 6_000, { provider: 'lm_studio', contextWindowTokens: 6_000 })).toBeDefined();
});

test.each([
  ['all was read', 4_000, 4_095],
  ['a server that had kept the prompt reports what was new', 30_000, 300],
  ['the estimate is a little too high', 4_600, 4_090],
])('%s: nothing is told', (_what, sent, read) => {
  expect(cutOf(sent, read)).toBeUndefined();
});

test('a vendor’s server tells what it refuses', () => {
  expect(cutOf(30_000, 4_096, { provider: 'openai' })).toBeUndefined();
});
