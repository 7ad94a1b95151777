import { describe, expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import { judgeOf } from '../../src/judge/kinship';
import { deploymentWith } from '../core/simulation';

const model = (id: string, name: string, change: Partial<Deployment> = {}): Deployment =>
  deploymentWith(id, { model: name, provider: 'openrouter', ...change });
const judged = (deployment: Deployment, servedModel?: string) => ({ deployment, servedModel });

describe('never the model itself', () => {
  test.each([
    ['the same deployment', model('a', 'x'), model('a', 'x')],
    ['the same model elsewhere', model('a', 'gpt-5.4-mini'), model('b', 'openai/gpt-5.4-mini')],
    ['in a cloud', model('a', 'claude-haiku-4-5'), model('b', 'us.anthropic.claude-haiku-4-5-20251001-v1:0')],
    [
      'an alias that says what it is',
      model('a', 'gpt-5.4-mini'),
      model('b', 'fast', { pricedAs: 'gpt-5.4-mini' }),
    ],
  ])('%s', (_what, answered, judge) => {
    expect(judgeOf([judge], [judged(answered)])).toBeUndefined();
  });

  test('the one that really answered, where a gateway’s reply names it', () => {
    const judge = model('judge', 'mistral-large');
    expect(
      judgeOf([judge], [judged(model('auto', 'openrouter/auto'), 'mistralai/mistral-large')]),
    ).toBeUndefined();
  });

  test('of two that are compared, either', () => {
    const [a, b] = [model('a', 'mistral-large'), model('b', 'qwen3-32b')];
    expect(judgeOf([a], [judged(b), judged(a)])).toBeUndefined();
    expect(judgeOf([a, b, model('c', 'grok-4')], [judged(a), judged(b)])?.judge.id).toBe('c');
  });
});

describe('of the same vendor only where no other is named', () => {
  test.each([
    ['gpt-5.4', 'gpt-4o-mini', true],
    ['gpt-oss-120b', 'o3', true],
    ['claude-sonnet-5', 'claude-haiku-4-5', true],
    ['gemini-2.5-pro', 'gemma-3-27b', true],
    ['deepseek-r1-distill-llama-70b', 'llama-3.3-70b', true],
    ['claude-sonnet-5', 'gpt-5.4', false],
    ['qwen3-32b', 'llama-3.3-70b', false],
  ])('%s judges %s: a sibling %s', (judge, answered, sibling) => {
    expect(judgeOf([model('j', judge)], [judged(model('a', answered))])).toMatchObject({ sibling });
  });

  test('names that tell no vendor have that of who serves them', () => {
    const own = (id: string, provider: string): Deployment => model(id, `house-${id}`, { provider });
    expect(judgeOf([own('j', 'ollama')], [judged(own('a', 'ollama'))])?.sibling).toBe(true);
    expect(judgeOf([own('j', 'ollama')], [judged(own('a', 'groq'))])?.sibling).toBe(false);
  });

  test('another one goes before it, wherever it stands', () => {
    const judges = [model('sibling', 'gpt-5.4'), model('stranger', 'claude-haiku-4-5')];
    expect(judgeOf(judges, [judged(model('a', 'gpt-4o-mini'))])).toMatchObject({
      judge: { id: 'stranger' },
      sibling: false,
    });
    expect(judgeOf(judges, [judged(model('a', 'claude-sonnet-5'))])).toMatchObject({
      judge: { id: 'sibling' },
      sibling: false,
    });
  });
});
