import { expect, it } from 'vitest';
import { whatIfSentences, whatWouldChange } from '../../../src/editor/answers/what-if-text';
import { decisionWith } from '../../core/samples';

const decision = decisionWith({ deploymentId: 'mini', task: 'fix-code', domain: 'code' });

it('says each way by which another model would be chosen, and that there is none', () => {
  const others = [
    { model: 'sonnet', presets: ['quality', 'speed'], belowUsd: 0.0021, goodAnswers: 12 },
    { model: 'haiku', presets: [], goodAnswers: 1 },
    { model: 'old', presets: [] },
  ] as const;
  expect(whatIfSentences(decision, { chosen: 'mini', others })).toEqual([
    'sonnet would be chosen with the preset “quality”, or with the preset “speed”, or at an expected cost under $0.0021, or after about 12 more good answers to such prompts.',
    'haiku would be chosen after one more good answer to such a prompt.',
    'No other preset, no lower price and not even fifty good answers alone would have old chosen.',
  ]);
});

it('says what of the prompt did most, and for whom it speaks', () => {
  const telling = { part: 'task', share: 0.1, rival: 'sonnet' } as const;
  expect(whatIfSentences(decision, { chosen: 'mini', others: [], telling })).toEqual([
    'Of the prompt, its kind (“fix code”) does most to set mini apart from sonnet: it speaks for mini.',
  ]);
  expect(
    whatIfSentences(decision, {
      chosen: 'mini',
      others: [],
      telling: { ...telling, part: 'meaning', share: -0.1 },
    }),
  ).toEqual([
    'Of the prompt, the meaning of its words does most to set mini apart from sonnet: it speaks against mini.',
  ]);
});

it('says that now another model would score best, and small prices with two digits', () => {
  const others = [{ model: 'mini', presets: [], belowUsd: 0.0000042 }];
  expect(whatIfSentences(decision, { chosen: 'sonnet', others })).toEqual([
    'Asked again now, sonnet would score best.',
    'mini would be chosen at an expected cost under $0.0000042.',
  ]);
});

it('says that it can’t be said', async () => {
  const conduit = {
    decision: () => Promise.resolve(undefined),
    reconsider: () => Promise.resolve(undefined),
  };
  expect(await whatWouldChange(conduit, 'd')).toEqual(['This decision is no longer in the ledger.']);
  const gone = { ...conduit, decision: () => Promise.resolve(decision) };
  expect(await whatWouldChange(gone, 'd')).toEqual([
    'Its pool, its models or its way of reading prompts are no longer there.',
  ]);
});
