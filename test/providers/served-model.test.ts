import { describe, expect, test } from 'vitest';
import { isSameModel, substituteFor } from '../../src/providers/dispatch/served-model';
import { deploymentWith } from './stream-helpers';

describe('a reply names the model that was asked for', () => {
  test.each([
    ['gpt-4o', 'gpt-4o-2024-08-06'],
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-4', 'gpt-4-0613'],
    ['claude-3-7-sonnet-latest', 'claude-3-7-sonnet-20250219'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5@20250929'],
    ['claude-sonnet-4-5', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5-20250929'],
    ['mistral-small-latest', 'mistral-small-2603'],
    ['gemini-flash-latest', 'gemini-2.5-flash-preview-09-2025'],
    ['gemini-2.0-flash', 'models/gemini-2.0-flash-001'],
    ['command-r', 'command-r-08-2024'],
    ['acme/lantern:nitro', 'acme/lantern'],
    ['acme/lantern', 'acme/lantern:free'],
    ['openai/gpt-oss-120b:cerebras', 'gpt-oss-120b'],
    ['llama3.2', 'llama3.2:latest'],
    ['GPT-4o', 'gpt-4o'],
    ['ft:gpt-4o-mini:my-org::a1', 'ft:gpt-4o-mini-2024-07-18:my-org::a1'],
    ['gpt-oss-20b', 'accounts/fireworks/models/gpt-oss-20b'],
  ])('%s is %s', (asked, served) => {
    expect(isSameModel(asked, served)).toBe(true);
  });
});

describe('a reply names another model', () => {
  test.each([
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-4o-2024-05-13', 'gpt-4o-2024-11-20'],
    ['gpt-4', 'gpt-4-32k-0613'],
    ['claude-opus-4', 'claude-opus-4-1'],
    ['gemini-flash-latest', 'gemini-2.5-flash-lite'],
    ['gemini-2.5-flash', 'gemini-2.5-pro'],
    ['llama3.1:8b', 'llama3.1:70b'],
    ['gpt-oss-20b', 'gpt-oss-120b'],
    ['o3', 'o3-mini'],
    ['ft:gpt-4o-mini:my-org::a1', 'ft:gpt-4o-mini:my-org::b2'],
    ['ft:gpt-4o-mini:my-org::a1', 'gpt-4o-mini'],
  ])('%s is not %s', (asked, served) => {
    expect(isSameModel(asked, served)).toBe(false);
  });
});

test('what Azure serves is no substitute, unless the file says what it should be', () => {
  const azure = deploymentWith({
    provider: 'azure',
    model: 'team-chat',
    apiBase: 'https://a.openai.azure.com',
  });
  expect(substituteFor(azure, 'gpt-4o-2024-11-20')).toBeUndefined();
  expect(substituteFor({ ...azure, pricedAs: 'azure/gpt-4o' }, 'gpt-4o-2024-11-20')).toBeUndefined();
  expect(substituteFor({ ...azure, pricedAs: 'gpt-4o-mini' }, 'gpt-4o-2024-11-20')).toBe('gpt-4o-2024-11-20');
  expect(substituteFor(azure, '')).toBeUndefined();
});

test('an alias of a proxy is what the file says that it is', () => {
  const proxied = deploymentWith({
    provider: 'litellm_proxy',
    model: 'fast',
    apiBase: 'https://proxy.example/v1',
  });
  expect(substituteFor(proxied, 'gpt-4o-mini')).toBe('gpt-4o-mini');
  expect(
    substituteFor({ ...proxied, pricedAs: 'openai/gpt-4o-mini' }, 'gpt-4o-mini-2024-07-18'),
  ).toBeUndefined();
});
