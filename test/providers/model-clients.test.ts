import { expect, test } from 'vitest';
import { createModelClient } from '../../src/providers/model-clients';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import { call, deploymentWith, editorModels, failureOf, keys, textOf } from './stream-helpers';

test('each deployment is called over its own protocol', async () => {
  const [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  const client = createModelClient({ keys, editorModels });
  const one = await call(client, deploymentWith({ apiBase: openai.url }));
  const two = await call(
    client,
    deploymentWith({ provider: 'anthropic', protocol: 'anthropic-messages', apiBase: anthropic.url }),
  );
  await Promise.all([openai.close(), anthropic.close()]);
  expect([textOf(one), textOf(two)]).toEqual(Array(2).fill('Answer from gpt-4o-mini to: What is 6 × 7?'));
  expect([openai.requests.length, anthropic.requests.length]).toEqual([1, 1]);
});

test('a missing key is a failure that names the model', async () => {
  const client = createModelClient({ keys: { keyFor: () => Promise.resolve(undefined) }, editorModels });
  expect(failureOf(await call(client, deploymentWith({ id: 'mini' })))).toEqual({
    reason: 'missing-key',
    detail: 'No key for mini.',
    status: undefined,
  });
});
