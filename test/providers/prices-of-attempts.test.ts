import { expect, test } from 'vitest';
import type { Report } from '../../src/core/terms/ports';
import { attemptOf, createRun } from '../../src/providers/dispatch/attempt-run';
import { createPriceBook } from '../../src/providers/prices/prices';
import { clock, deploymentWith, question } from './stream-helpers';

const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
const usage = { inputTokens: 100, outputTokens: 10, cachedInputTokens: 0 };

function receiptOf(change: object, report: Report, answer = 'It is 42.') {
  const order = {
    decisionId: 'd',
    index: 0,
    deployment: deploymentWith({ price, ...change }),
    messages: question,
    options: {},
    outputCap: undefined,
  };
  const run = { ...createRun(order, clock), sent: true, answer };
  return attemptOf(run, 'completed', { report }, { prices: createPriceBook(), clock }).receipt;
}

const told = (change: Partial<Report>): Report => ({ usage, servedModel: undefined, ...change });
const cost = (kind: 'exact' | 'estimated', usd: number) => ({ kind, usd: expect.closeTo(usd, 10) as number });

test('a report of far less than was read can’t be true, nor can none of an answer', () => {
  expect(receiptOf({}, told({})).cost).toEqual(cost('exact', 140e-6));
  const long = 'A long answer. '.repeat(50);
  const one = told({ usage: { ...usage, outputTokens: 1 } });
  expect(receiptOf({}, one, long)).toMatchObject({
    usage: { uncertain: true },
    cost: cost('estimated', 104e-6),
  });
  const none = told({ usage: { ...usage, outputTokens: 0 } });
  expect(receiptOf({}, none).cost).toEqual(cost('estimated', 100e-6));
  expect(receiptOf({}, none, '').cost).toEqual(cost('exact', 100e-6));
});

test('a bill of 0 holds for free variants alone', () => {
  const bill = told({ costUsd: 0 });
  expect(receiptOf({ model: 'acme/lantern:free' }, bill).cost).toEqual(cost('exact', 0));
  expect(receiptOf({}, { ...bill, servedModel: 'acme/lantern:free' }).cost).toEqual(cost('exact', 0));
  expect(receiptOf({}, bill).cost).toEqual(cost('estimated', 140e-6));
  expect(receiptOf({}, told({ costUsd: 0.00123 })).cost).toEqual(cost('exact', 0.00123));
  expect(receiptOf({}, told({ costUsd: NaN })).cost).toEqual(cost('exact', 140e-6));
});

test('another name of the model that was asked for is no substitute; another model makes an estimate', () => {
  const served = (model: string, servedModel: string) => receiptOf({ model }, told({ servedModel }));
  expect(served('gpt-4', 'gpt-4-0613')).toMatchObject({
    servedModel: undefined,
    cost: cost('exact', 140e-6),
  });
  expect(served('claude-3-7-sonnet-latest', 'claude-3-7-sonnet-20250219').cost.kind).toBe('exact');
  expect(served('gpt-4o', 'gpt-4o-mini')).toMatchObject({
    servedModel: 'gpt-4o-mini',
    cost: cost('estimated', 140e-6),
  });
});
