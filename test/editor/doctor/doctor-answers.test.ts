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
  const [asked] = answersOf({ alwaysSame: [finding], seemsRandom: [] });
  return asked?.answers.join() ?? '';
}

test('the two questions keep their findings apart', () => {
  const answered = answersOf({
    alwaysSame: [{ kind: 'nothing-asked' }],
    seemsRandom: [{ kind: 'first-tries' }],
  });
  expect(answered.map(({ question }) => question)).toEqual([
    'Why is it always the same model?',
    'Why does it seem random?',
  ]);
  expect(answered.map(({ answers }) => answers.length)).toEqual([1, 1]);
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
