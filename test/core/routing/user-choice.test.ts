import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { route } from '../../../src/core/routing/router';
import { parseEntry } from '../../../src/ledger/entry-schema';
import { decided, inputWith } from '../route-input';
import { seededRandom } from '../seeded-random';
import { deploymentWith, requestFor } from '../simulation';

const deployments = ['a', 'b', 'c'].map((id) => deploymentWith(id));
const request = requestFor('What is the capital of France?');

describe('a model that the user chose', () => {
  test('is asked for sure and alone, whatever the draw and an earlier choice, and is recorded as the user’s', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('a', 'b', 'c'), (seed, only) => {
        const keep = { decisionId: 'd1', deploymentId: 'c' };
        const input = inputWith(deployments, {
          request: { ...request, only },
          keep,
          random: seededRandom(seed),
        });
        const { decision, order } = decided(route(input));
        expect(decision).toMatchObject({ deploymentId: only, probability: 1, chosenByUser: true });
        expect(decision.explored).toBe(false);
        expect(decision.repeats).toBeUndefined();
        expect(order.map(({ id }) => id)).toEqual([only]);
        expect(decision.excluded).toHaveLength(2);
        expect(parseEntry({ kind: 'decision', decision })).toMatchObject({
          decision: { chosenByUser: true },
        });
      }),
    );
  });

  test('is not replaced where it can’t be asked', () => {
    const result = route(
      inputWith(deployments, {
        request: { ...request, only: 'b' },
        unavailable: ({ id }) => (id === 'b' ? 'missing-key' : undefined),
      }),
    );
    expect(result).toMatchObject({
      ok: false,
      excluded: expect.arrayContaining([{ deploymentId: 'b', reason: 'missing-key' }]) as unknown,
    });
  });

  test('is nothing where the pool has none of this name', () => {
    expect(route(inputWith(deployments, { request: { ...request, only: 'z' } })).ok).toBe(false);
  });
});

describe('a model whose answer the user didn’t want', () => {
  test('is left out, and the router chooses among the others', () => {
    const keep = { decisionId: 'd1', deploymentId: 'a' };
    const { decision, order } = decided(
      route(inputWith(deployments, { request: { ...request, avoid: ['a'] }, keep })),
    );
    expect(decision.excluded).toEqual([{ deploymentId: 'a', reason: 'not-wanted' }]);
    expect(order.map(({ id }) => id).toSorted()).toEqual(['b', 'c']);
    expect(decision.chosenByUser).toBeUndefined();
  });

  test('is asked again where no other can be', () => {
    const { decision } = decided(
      route(
        inputWith(deployments, {
          request: { ...request, avoid: ['a', 'b'] },
          unavailable: ({ id }) => (id === 'c' ? 'missing-key' : undefined),
        }),
      ),
    );
    expect(decision.excluded).toEqual([{ deploymentId: 'c', reason: 'missing-key' }]);
  });
});
