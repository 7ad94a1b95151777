import { expect, test } from 'vitest';
import { createToldFacts } from '../../../src/editor/configuration/told-facts';
import type { ModelFacts } from '../../../src/vendors/model-facts';
import { deploymentWith, poolWith } from '../../core/simulation';

test('each model is asked once a minute, and news is told once', async () => {
  let nowMs = 0;
  let asked = 0;
  let facts: ModelFacts | undefined = { contextWindowTokens: 4_096 };
  const deployment = deploymentWith('local');
  const told = createToldFacts({
    find: () => {
      asked += 1;
      return facts === undefined ? Promise.reject(new Error('away')) : Promise.resolve(facts);
    },
    monotonicMs: () => nowMs,
    log: { debug: () => undefined },
  });
  const pools = [poolWith([deployment])];
  expect(told.of(deployment)).toEqual({});
  expect(await told.ask(pools)).toBe(true);
  expect(told.of(deployment)).toEqual({ contextWindowTokens: 4_096 });
  expect(await told.ask(pools)).toBe(false);
  expect(asked).toBe(1);
  nowMs = 60_000;
  expect(await told.ask(pools)).toBe(false);
  expect(asked).toBe(2);
  nowMs = 120_000;
  facts = undefined;
  expect(await told.ask(pools)).toBe(false);
  expect(told.of(deployment)).toEqual({ contextWindowTokens: 4_096 });
  nowMs = 180_000;
  facts = { contextWindowTokens: 8_192 };
  expect(await told.ask(pools)).toBe(true);
});
