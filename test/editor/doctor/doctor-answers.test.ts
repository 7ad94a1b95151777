import { expect, test } from 'vitest';
import type { Finding } from '../../../src/core/stats/diagnose';
import { answersOf } from '../../../src/editor/doctor/doctor-answers';

const cheap = { model: 'mini', quality01: 0.78, bonus: 0.02, costUsd: 0.001, latencyMs: 900, utility: 0.5 };
const dear = {
  model: 'large',
  quality01: 0.8,
  bonus: 0.02,
  costUsd: 0.05,
  latencyMs: undefined,
  utility: 0.41,
};

function say(finding: Finding): string {
  const [asked] = answersOf({ alwaysSame: [finding], seemsRandom: [], beforehand: [] });
  return asked?.answers.join() ?? '';
}

test('the questions keep their findings apart', () => {
  const answered = answersOf({
    alwaysSame: [{ kind: 'nothing-asked' }],
    seemsRandom: [{ kind: 'ucb1', asked: 1, switchAfter: 100 }],
    beforehand: [{ kind: 'belief', slope: 0.6 }],
  });
  expect(answered.map(({ question }) => question)).toEqual([
    'Why is it always the same model?',
    'Why does it seem random?',
    'What was known of the models beforehand?',
  ]);
  expect(answered.map(({ answers }) => answers.length)).toEqual([1, 1, 1]);
  const empty = { alwaysSame: [], seemsRandom: [], beforehand: [] };
  expect(answersOf(empty)).toHaveLength(2);
});

test('a comparison gives the figures of both, what decides, and what would turn it', () => {
  const leads = {
    kind: 'leads',
    leader: cheap,
    rival: dear,
    because: 'cost',
    ratings: new Map([['mini', 3]]),
  } as const;
  expect(say({ ...leads, levelAt01: 0.93 })).toBe(
    'For the last request mini (expected quality 0.78, 3 ratings; about $0.0010; 900 ms; utility 0.500) is ahead of ' +
      'large (expected quality 0.80, 0 ratings; about $0.0500; speed not known yet; utility 0.410), mostly for its price. ' +
      'large would draw level with an expected quality of 0.93.',
  );
  expect(say({ ...leads, levelAt01: undefined })).toMatch(/No quality would be enough for large/);
});

test('counts read well for one, some and all', () => {
  const left = { kind: 'left-out', deploymentId: 'large', reason: 'missing-key' } as const;
  expect(say({ ...left, count: 1, of: 1 })).toBe('Once large was left out: no API key.');
  expect(say({ ...left, count: 5, of: 5 })).toMatch(/^Each of the last 5 times large/);
  expect(say({ ...left, count: 2, of: 5 })).toMatch(/^2 of the last 5 times large/);
  const shares = [{ model: 'mini', count: 1 }];
  expect(say({ kind: 'shares', one: true, of: 1, shares })).toBe('The only request so far went to mini.');
});

test('shares are percentages with as many digits as they need', () => {
  expect(say({ kind: 'drawn', count: 0, of: 50, epsilon01: 0.005 })).toMatch(
    /^0\.5 % of the requests.*0 of the last 50/,
  );
  expect(say({ kind: 'newcomer', model: 'new', tries: 2, ofTries: 5, share01: 0.2 })).toMatch(
    /2 of its 5 tries.*20 %/,
  );
});

test.each([
  [
    'quality',
    'large has not been tried yet: its answers are expected to be worse than those of mini (quality 0.80 against 0.78). ' +
      'large would draw level with an expected quality of 0.93. ' +
      'Bad ratings of mini, another model_info.quality or preset would change that; and you can ask large yourself.',
  ],
  [
    'cost',
    /^large has not been tried yet: it is dearer than mini \(about \$0\.0500 against about \$0\.0010\)/,
  ],
  ['time', /^large has not been tried yet: it is expected to be slower than mini\. large would/],
  [undefined, /^large has not been tried yet, though it is level with mini\./],
] as const)('a model that was never asked is behind for its %s', (because, text) => {
  const comparison = { leader: cheap, rival: dear, because, levelAt01: 0.93 };
  const said = say({ kind: 'untried', model: 'large', comparison });
  if (typeof text === 'string') expect(said).toBe(text);
  else expect(said).toMatch(text);
});

test('a model that was never asked leads, or was left out; others beside it are named', () => {
  expect(say({ kind: 'untried', model: 'large', comparison: undefined })).toMatch(/it is the next choice/);
  expect(say({ kind: 'also-untried', models: ['a', 'b'] })).toBe('Nor have a, b.');
});

test('what was expected of a model, and what its answers say', () => {
  const expected = {
    kind: 'expected',
    model: 'mini',
    before: { quality01: 0.71, weight: 14 },
    known: { ability: 1, from: 'figures', as: 'gpt-5.4-mini' },
    stated01: undefined,
  } as const;
  const beforehand =
    'By public figures of gpt-5.4-mini, as far as they hold here, quality 0.71 is expected of mini (as much as 14 ratings).';
  expect(say({ ...expected, learnt01: undefined, ratings: 0 })).toBe(
    `${beforehand} Nothing was learnt of it here yet.`,
  );
  expect(say({ ...expected, learnt01: 0.64, ratings: 3 })).toBe(
    `${beforehand} Its answers here say 0.64, with 3 ratings.`,
  );
  expect(say({ ...expected, learnt01: 0.4, ratings: 0 })).toBe(
    `${beforehand} What became of its answers here says 0.40.`,
  );
});
