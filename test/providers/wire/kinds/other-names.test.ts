import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../../../src/core/terms/deployment';
import { reply } from '../replies';
import {
  chunk,
  data,
  event,
  messageEnd,
  responseText,
  textBlock,
  usage100,
  usageOfResponse,
} from '../streams';
import { claude, outcomeOf, responses } from '../wire-case';
import { whole42 } from './expectations';

/** The reply names the model otherwise: the same one costs what it costs, another one is told, at no exact cost. */

type Stream = (named: unknown) => string;

const chatOf: Stream = (model) =>
  chunk({ content: '42' }, null, { model }) +
  chunk({}, 'stop', { model }) +
  data({ model, choices: [], usage: usage100 }) +
  'data: [DONE]\n\n';
const messagesOf: Stream = (model) =>
  event('message_start', {
    message: { model, content: [], usage: { input_tokens: 100, output_tokens: 1 } },
  }) +
  textBlock(0, '42') +
  messageEnd();
const responsesOf: Stream = (model) =>
  event('response.created', { response: { model } }) +
  responseText('42') +
  event('response.completed', { response: { model, status: 'completed', usage: usageOfResponse } });

const all: readonly (readonly [string, Partial<Deployment>, Stream])[] = [
  ['chat', {}, chatOf],
  ['messages', claude, messagesOf],
  ['responses', responses, responsesOf],
];
const exact = { cost: { kind: 'exact', usd: expect.closeTo(0.00014, 10) as number } };

describe.each(all)('%s', (_protocol, deployment, streamOf) => {
  test.each([
    // Dates
    ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
    ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-5-20250929'],
    ['grok-4', 'grok-4-0709'],
    ['gemini-2.0-flash', 'gemini-2.0-flash-001'],
    // Aliases
    ['mistral-large-latest', 'mistral-large-2411'],
    ['claude-3-7-sonnet-latest', 'claude-3-7-sonnet-20250219'],
    // Prefixes
    ['gemini-2.5-pro', 'models/gemini-2.5-pro'],
    ['openai/gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
    ['gpt-4o-mini', 'azure/gpt-4o-mini'],
    ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5-20250929'],
    ['llama-v3p1-8b-instruct', 'accounts/fireworks/models/llama-v3p1-8b-instruct'],
    ['vertex_ai/claude-sonnet-4-5@20250929', 'claude-sonnet-4-5-20250929'],
    // Variants and tags
    ['openai/gpt-4o-mini:nitro', 'openai/gpt-4o-mini'],
    ['acme/lantern-8b:free', 'acme/lantern-8b'],
    ['llama3.2', 'llama3.2:latest'],
    // Capitals, points, vendors
    ['Qwen/Qwen3-32B', 'qwen/qwen3-32b'],
    ['anthropic/claude-sonnet-4.5', 'claude-sonnet-4-5-20250929'],
    ['anthropic/claude-3.7-sonnet', 'anthropic/claude-3-7-sonnet-20250219'],
  ])('%s is served as %s', async (model, named) => {
    const outcome = await outcomeOf({ deployment: { ...deployment, model } }, reply(streamOf(named)));
    expect(outcome).toMatchObject({ ...whole42, ...exact, servedModel: undefined });
  });

  test.each([
    ['gpt-4o', 'gpt-4o-mini'],
    ['gpt-4o-2024-08-06', 'gpt-4o-2024-05-13'],
    ['gpt-4', 'gpt-4.1'],
    ['gpt-5', 'gpt-5-mini-2025-08-07'],
    ['claude-opus-4-1', 'claude-sonnet-4-5-20250929'],
    ['claude-sonnet-4-5', 'claude-sonnet-4-20250514'],
    ['gemini-2.5-pro', 'models/gemini-2.5-flash'],
    ['mistral-large-latest', 'mistral-small-2503'],
    ['llama3.1:70b', 'llama3.1:8b'],
    ['openrouter/auto', 'openai/gpt-4o'],
    ['ft:gpt-4o-mini-2024-07-18:acme::x1', 'gpt-4o-mini-2024-07-18'],
  ])('%s is none of %s', async (model, named) => {
    const outcome = await outcomeOf({ deployment: { ...deployment, model } }, reply(streamOf(named)));
    expect(outcome).toMatchObject({ ...whole42, servedModel: named });
    expect(outcome.cost.kind).not.toBe('exact');
  });

  test.each([null, '', ' ', {}, []])('%j is no name', async (named) => {
    const outcome = await outcomeOf({ deployment }, reply(streamOf(named)));
    expect(outcome).toMatchObject({ ...whole42, servedModel: undefined });
  });
});

const azure = { provider: 'azure', apiVersion: '2024-10-21', model: 'our-team' };

describe.each([
  ['chat', azure, chatOf],
  ['responses', { ...azure, ...responses }, responsesOf],
] as const)('%s', (_protocol, deployment, streamOf) => {
  test('a deployment of Azure’s is called what somebody likes', async () => {
    const outcome = await outcomeOf({ deployment }, reply(streamOf('gpt-4o-mini-2024-07-18')));
    expect(outcome).toMatchObject({ ...whole42, ...exact, servedModel: undefined });
  });

  test('a deployment of Azure’s whose model the file names', async () => {
    const named = { ...deployment, pricedAs: 'azure/gpt-4o' };
    const same = await outcomeOf({ deployment: named }, reply(streamOf('gpt-4o-2024-08-06')));
    expect(same).toMatchObject({ ...whole42, ...exact, servedModel: undefined });
    const other = await outcomeOf({ deployment: named }, reply(streamOf('gpt-4o-mini-2024-07-18')));
    expect(other).toMatchObject({ ...whole42, servedModel: 'gpt-4o-mini-2024-07-18' });
    expect(other.cost.kind).not.toBe('exact');
  });
});

test('chat: a name that comes with a later chunk', async () => {
  const body = data({ model: '', choices: [], prompt_filter_results: [] }) + chatOf('gpt-4o-2024-08-06');
  expect(await outcomeOf({ deployment: { model: 'gpt-4o' } }, reply(body))).toMatchObject({
    ...whole42,
    ...exact,
    servedModel: undefined,
  });
  expect(await outcomeOf({ deployment: { model: 'gpt-4.1' } }, reply(body))).toMatchObject({
    servedModel: 'gpt-4o-2024-08-06',
  });
});
