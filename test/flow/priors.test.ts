import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conduit } from '../../src/core/conduit';
import type { Decision } from '../../src/core/terms/decision';
import type { Deployment } from '../../src/core/terms/deployment';
import type { RouteRequest } from '../../src/core/terms/request';
import { reasonsOf } from '../../src/editor/answers/reasons';
import { deploymentWith, poolWith, price } from '../core/simulation';
import { best, names, questions, second, weak } from '../first-questions';
import type { WindowOptions, Windows } from './windows';
import { ask, createWindows, request, says } from './windows';
import { storedDecision } from '../ledger/as-stored';

/** A new user's pool: what is publicly known of its models decides until something was learnt of them here. */

let windows: Windows;
beforeEach(() => {
  windows = createWindows();
});
afterEach(() => windows.remove());

/** The same price for all, so that quality decides. */
function open(
  change: Readonly<Record<string, Partial<Deployment>>> = {},
  options: Partial<WindowOptions> = {},
): Promise<Conduit> {
  const deployments = names.map((name) => deploymentWith(name, { price: price(1e-6), ...change[name] }));
  return windows.open({ answer: () => says('Fine.'), deployments, withFigures: true, ...options });
}

let conversations = 0;

async function decide(
  conduit: Conduit,
  question: string,
  asked: Partial<RouteRequest> = {},
): Promise<Decision> {
  const conversationId = String((conversations += 1));
  const messages = [{ role: 'user', text: question }] as const;
  const [first] = await ask(conduit, undefined, { ...request, conversationId, messages, ...asked });
  if (first?.type !== 'decided') throw new Error('Nothing was decided.');
  return first.decision;
}

async function askAll(conduit: Conduit): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  for (const question of questions) decisions.push(await decide(conduit, question));
  return decisions;
}

function chosen(decisions: readonly Decision[]): readonly string[] {
  return decisions.map(({ deploymentId }) => deploymentId);
}

describe('the first ten questions', () => {
  it('go to the two models of the best figures, most of them to the first of these, and say so', async () => {
    const decisions = await askAll(await open());
    const answered = chosen(decisions);
    // The two differ by less than a bonus for few answers: the second may have some.
    expect(answered.filter((model) => model === best).length).toBeGreaterThanOrEqual(6);
    expect(answered.filter((model) => weak.includes(model))).toEqual([]);
    expect(answered[0]).toBe(best);
    const [first] = decisions;
    expect(first?.candidates.find(({ deploymentId }) => deploymentId === second)?.known).toMatchObject({
      from: 'figures',
      as: second,
    });
    expect(reasonsOf(first!).join('\n')).toMatch(
      /By public figures, as far as they hold here, quality 0\.\d\d is expected of gpt-5\.4 \(as much as \d+ ratings\)\. Nothing was learnt of it here yet\.[^]*count for \d+ % of what they say/,
    );
  });

  it('after five thumbs down on it the next one goes elsewhere, and the reasons say what was learnt', async () => {
    const conduit = await open();
    const of = (await askAll(conduit)).filter(({ deploymentId }) => deploymentId === best);
    for (const { id } of of.slice(0, 5)) await conduit.rate(id, best, 'down');
    const next = await decide(conduit, 'What is a closure?');
    // One model’s bad answers don’t turn the table round: the next best is asked.
    expect(next.deploymentId).toBe(second);
    const left = next.candidates.find(({ deploymentId }) => deploymentId === best);
    expect(left?.outcomes).toBeCloseTo(5, 1);
    expect(left!.quality01).toBeLessThan(left!.before!.quality01);
  });

  it('are kept with what the table said, and read back so', async () => {
    const conduit = await open();
    const decision = storedDecision(await decide(conduit, 'What is a monad?'));
    const read = await conduit.decision(decision.id);
    expect(read?.belief).toEqual(decision.belief);
    expect(read?.candidates).toEqual(decision.candidates);
    expect(read?.candidates.every(({ before, known }) => before && known)).toBe(true);
    const [pool] = conduit.stats().pools;
    expect(pool?.latest.at(-1)?.candidates[0]?.known).toEqual(decision.candidates[0]?.known);
  });
});

describe('a second pool', () => {
  it('starts with less trust in figures that were wrong in the first, and with its own level', async () => {
    const deployments = names.map((name) => deploymentWith(name, { price: price(1e-6) }));
    const pools = [poolWith(deployments), { ...poolWith(deployments), name: 'second' }];
    const conduit = await open({}, { configuration: { pools } });
    const before = await decide(conduit, 'What is a monad?', { pool: 'second' });
    for (const [model, thumb] of [
      [best, 'down'],
      [weak[0]!, 'up'],
    ] as const) {
      for (let number = 0; number < 8; number += 1) {
        const { id } = await decide(conduit, 'What is a monoid?', { only: model });
        await conduit.rate(id, model, thumb);
      }
    }
    const after = await decide(conduit, 'What is a functor?', { pool: 'second' });
    expect(after.belief!.slope).toBeLessThan(before.belief!.slope! - 0.1);
    // Its own first answer counts for next to nothing.
    expect(after.belief!.level01).toBeCloseTo(before.belief!.level01, 3);
    const here = await decide(conduit, 'What is a functor?');
    expect(here.belief!.slope).toBeLessThan(after.belief!.slope!);
  });
});

describe('the user’s own word', () => {
  it('goes before the table', async () => {
    const decision = await decide(await open({ [weak[0]!]: { qualityPrior01: 1 } }), 'What is a monad?');
    expect(decision.deploymentId).toBe(weak[0]);
    expect(reasonsOf(decision).join('\n')).toContain(`You say quality 1.00 of ${weak[0]!}`);
  });

  it('counts for the kinds and families of tasks that it names, the kind first', async () => {
    const qualityByTask = { code: 1, 'explain-code': 0.1 };
    const conduit = await open({ [weak[0]!]: { qualityByTask } });
    const about = (question: string) =>
      decide(conduit, question).then(({ domain, task, candidates }) => {
        const stated = candidates.find(({ deploymentId }) => deploymentId === weak[0])?.stated01;
        return { domain, task, stated };
      });
    expect(await about('Write a Python function that adds two numbers.')).toMatchObject({
      domain: 'code',
      stated: 1,
    });
    expect(await about('Explain what this code does:\n```js\nf(x)\n```')).toMatchObject({
      task: 'explain-code',
      stated: 0.1,
    });
    expect(await about('Who wrote Faust?')).toMatchObject({ stated: undefined });
  });
});

describe('nothing is known', () => {
  it.each([
    ['where public figures are switched off', { configuration: { priors: false } }],
    ['where the router was given none', { withFigures: false }],
  ])('%s: the models are alike at first', async (_where, options) => {
    const decisions = await askAll(await open({}, options));
    expect(new Set(chosen(decisions))).toEqual(new Set(names));
    const [first] = decisions;
    expect(new Set(first?.candidates.map(({ quality01 }) => quality01)).size).toBe(1);
    expect(JSON.stringify(decisions)).not.toContain('"known"');
    expect(reasonsOf(first!).join('\n')).toMatch(/Nothing was known of \S+ beforehand/);
    expect(reasonsOf(first!).join('\n')).not.toContain('figures');
  });

  it('the user’s word counts all the same', async () => {
    const own = { [weak[1]!]: { qualityPrior01: 1 } };
    const decision = await decide(await open(own, { configuration: { priors: false } }), 'Why?');
    expect(decision.deploymentId).toBe(weak[1]);
  });
});
