import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conduit } from '../../src/core/conduit';
import type { Decision } from '../../src/core/terms/decision';
import { describe as describeRequest, spaceWith, textSpace } from '../../src/core/features/feature-space';
import type { Embedder, Ledger } from '../../src/core/terms/ports';
import { promptOf } from '../../src/core/terms/request';
import { decide, fold, hybrid, learnerOf } from '../core/laws/history';
import { seededRandom } from '../core/seeded-random';
import { deploymentWith } from '../core/simulation';
import type { Windows } from './windows';
import { ask, createWindows, request, says } from './windows';

const dimensions = 24;
const vector = Array.from({ length: dimensions }, (_, index) => (index - 12) / 24);
const models = [deploymentWith('a'), deploymentWith('b')];

/** An encoder whose readiness and vectors the test decides. */
interface FakeEmbedder extends Embedder {
  name: string | undefined;
  vector: readonly number[] | undefined;
  readonly asked: string[];
}

function fakeEmbedder(name: string | undefined): FakeEmbedder {
  const fake: FakeEmbedder = {
    name,
    vector,
    asked: [],
    dimensions,
    space: () => fake.name,
    embed: (text) => {
      fake.asked.push(text);
      return Promise.resolve(fake.vector);
    },
  };
  return fake;
}

let windows: Windows;

beforeEach(() => {
  windows = createWindows();
});

afterEach(() => windows.remove());

function open(embedder: Embedder, keepPrompts = false): Promise<Conduit> {
  return windows.open({ answer: () => says('x'), deployments: models, embedder, keepPrompts });
}

async function decided(conduit: Conduit): Promise<Decision> {
  const [first] = await ask(conduit);
  if (first?.type !== 'decided') throw new Error('Nothing was decided.');
  return first.decision;
}

/** What the decision expects of each model, in the order of their names. */
function expected({ candidates }: Decision): readonly number[] {
  return candidates
    .toSorted((one, other) => one.deploymentId.localeCompare(other.deploymentId))
    .map(({ quality01 }) => quality01);
}

/** What a decision should have expected: by all that stood before it in the ledger, learnt in that space. */
async function expectedAnew({ id }: Decision, encoder: string | undefined): Promise<readonly number[]> {
  const entries = await (await windows.openLedger()).readAfter(0);
  const before = entries.slice(
    0,
    entries.findIndex((entry) => entry.kind === 'decision' && entry.decision.id === id),
  );
  const space = spaceWith(encoder === undefined ? undefined : { space: encoder, dimensions });
  const learner = fold(learnerOf(hybrid, space), before);
  return expected(decide(hybrid, learner, seededRandom(1), promptOf(request), ['a', 'b']));
}

describe('a sentence encoder', () => {
  test('describes the prompt where its vector comes in time', async () => {
    const embedder = fakeEmbedder('mini24-x');
    const decision = await decided(await open(embedder));
    expect(decision.featureSpace).toBe(`${textSpace.name}+mini24-x`);
    const own = textSpace.ridge.length;
    expect(decision.features).toHaveLength(own + dimensions);
    expect(decision.features.slice(0, own)).toEqual(describeRequest(request).features);
    decision.features
      .slice(own)
      .forEach((value, index) => expect(value).toBeCloseTo(vector[index] ?? NaN, 6));
    expect(embedder.asked).toEqual(['What is a monad?']);
  });

  test('is left out where its vector comes too late: the text alone describes the prompt', async () => {
    const embedder = fakeEmbedder('mini24-x');
    embedder.vector = undefined;
    const conduit = await open(embedder);
    const decision = await decided(conduit);
    expect(decision).toMatchObject({ featureSpace: textSpace.name });
    expect(decision.features).toEqual(describeRequest(request).features);
    embedder.vector = vector;
    expect((await decided(conduit)).featureSpace).toBe(`${textSpace.name}+mini24-x`);
  });

  test('is not asked where none is ready', async () => {
    const embedder = fakeEmbedder(undefined);
    expect((await decided(await open(embedder))).featureSpace).toBe(textSpace.name);
    expect(embedder.asked).toEqual([]);
  });

  test('that becomes ready, is exchanged or goes away keeps every count and mean', async () => {
    const embedder = fakeEmbedder(undefined);
    const conduit = await open(embedder);
    for (let index = 0; index < 6; index += 1) {
      const { id, deploymentId } = await decided(conduit);
      await conduit.rate(id, deploymentId, deploymentId === 'a' ? 'up' : 'down');
    }
    const before = await decided(conduit);
    const spaces = ['mini24-x', 'other24-y', undefined];
    for (const [index, name] of spaces.entries()) {
      embedder.name = name;
      const decision = await decided(conduit);
      const suffix = name === undefined ? '' : `+${name}`;
      expect(decision.featureSpace).toBe(`${textSpace.name}${suffix}`);
      expect(decision.poolSequence).toBe(8 + index);
      // Bare successes since then move the means by next to nothing.
      expected(decision).forEach((quality01, arm) =>
        expect(quality01).toBeCloseTo(expected(before)[arm] ?? NaN, 1),
      );
      const anew = await expectedAnew(decision, name);
      expected(decision).forEach((quality01, arm) => expect(quality01).toBeCloseTo(anew[arm] ?? NaN, 12));
    }
    expect(conduit.stats().pools[0]?.decisions).toBe(10);
  });

  test('teaches a window with another encoder what both have in common', async () => {
    const first = await open(fakeEmbedder('mini24-x'));
    for (let index = 0; index < 5; index += 1) {
      const { id, deploymentId } = await decided(first);
      await first.rate(id, deploymentId, 'up');
    }
    const plain = await open(fakeEmbedder(undefined));
    const encoded = await open(fakeEmbedder('other24-y'));
    await Promise.all([plain.refresh(), encoded.refresh()]);
    const [one, two] = [await decided(plain), await decided(encoded)];
    expected(one).forEach((quality01, arm) => expect(quality01).toBeCloseTo(expected(two)[arm] ?? NaN, 2));
    expect(Math.max(...expected(one))).toBeGreaterThan(0.65);
  });
});

describe('the prompt', () => {
  async function ledgerText(): Promise<string> {
    const ledger: Ledger = await windows.openLedger();
    return JSON.stringify(await ledger.readAfter(0));
  }

  test('is kept in the ledger where the user chose so', async () => {
    const conduit = await open(fakeEmbedder(undefined), true);
    const { id, prompt } = await decided(conduit);
    expect(prompt).toBe('What is a monad?');
    expect((await conduit.decision(id))?.prompt).toBe('What is a monad?');
    expect(await ledgerText()).toContain('monad');
  });

  test('is never in the ledger else, with an encoder or without', async () => {
    for (const name of [undefined, 'mini24-x']) {
      const conduit = await open(fakeEmbedder(name));
      const { id, deploymentId, prompt } = await decided(conduit);
      await conduit.rate(id, deploymentId, 'up');
      expect(prompt).toBeUndefined();
    }
    expect(await ledgerText()).not.toContain('monad');
  });
});
