import { describe, expect, test } from 'vitest';
import { decisionWith } from '../../core/samples';
import { deploymentWith } from '../../core/simulation';
import { sharedEntry } from '../../../src/ledger/team/shared-entry';
import { teamKeys } from '../../../src/ledger/team/team-keys';

const keys = teamKeys('salt', 'secret');
const base = { provider: 'openai', model: 'gpt-5.4-mini', options: { temperature: 0.2 } };
const arm = (change: object = {}, by = keys): string => by.arm(deploymentWith('any', { ...base, ...change }));

describe('an arm of the team', () => {
  test('is vendor, model and the settings that change its answers', () => {
    expect(
      new Set([
        arm(),
        arm({ provider: 'azure' }),
        arm({ model: 'gpt-5.4' }),
        arm({ options: { temperature: 0.7 } }),
        arm({ options: { temperature: 0.2, reasoningEffort: 'high' } }),
        arm({ options: { temperature: 0.2, maxOutputTokens: 100 } }),
        arm({ options: { temperature: 0.2, extraBody: { top_p: 0.5 } } }),
      ]).size,
    ).toBe(7);
  });

  test('is the same whatever a member calls it, wherever it is served, and whoever asks', () => {
    for (const change of [
      { id: 'another-id', pool: 'another-pool', apiBase: 'https://eu.api.openai.com/v1' },
      { model: 'GPT-5.4-Mini' },
      { model: 'my-deployment', pricedAs: 'gpt-5.4-mini' },
      { qualityPrior01: 0.9 },
      { options: { temperature: 0.2, extraBody: { user: 'somebody', metadata: { team: 'x' } } } },
    ])
      expect(arm(change)).toBe(arm());
    const body = (extraBody: object): string => arm({ options: { extraBody } });
    expect(body({ a: 1, b: { c: 2, d: 3 } })).toBe(body({ b: { d: 3, c: 2 }, a: 1 }));
  });

  test('of one team has nothing in common with that of another; a decision’s key with that of another member', () => {
    expect(arm({}, teamKeys('other salt', 'secret'))).not.toBe(arm());
    expect(arm({}, teamKeys('salt', 'other secret'))).toBe(arm());
    expect(teamKeys('salt', 'other secret').id('decision')).not.toBe(keys.id('decision'));
    expect(teamKeys('salt', 'other secret').lostArm('gone')).not.toBe(keys.lostArm('gone'));
  });
});

describe('a sentence encoder’s numbers', () => {
  const decision = decisionWith({
    features: [...Array<number>(56).fill(0), 0.5, 0.25],
    featureSpace: 'text56-v3+encoder-1',
  });
  const shared = (vectors: boolean): unknown => {
    const names = { arm: (id: string) => id, pool: (name: string) => name, id: (id: string) => id };
    const entry = sharedEntry({ kind: 'decision', decision, sequence: 1, atMs: 1 }, names, { vectors });
    return entry.kind === 'decision' && [entry.decision.features.length, entry.decision.featureSpace];
  };

  test('stay here unless the team says otherwise; the text’s own go', () => {
    expect(shared(false)).toEqual([56, 'text56-v3']);
    expect(shared(true)).toEqual([58, 'text56-v3+encoder-1']);
  });
});
