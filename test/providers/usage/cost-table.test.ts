import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../../src/core/terms/host';
import type { Deployment, Protocol, TokenPrice } from '../../../src/core/terms/deployment';
import type { Cost, Usage } from '../../../src/core/terms/receipt';
import { attemptOf, createRun } from '../../../src/providers/dispatch/attempt-run';
import { createPriceBook } from '../../../src/providers/prices/prices';
import { reportedCost } from '../../../src/providers/prices/reported-cost';
import { chargedByTier } from '../../../src/providers/usage/charged-otherwise';
import { readChatUsage } from '../../../src/providers/usage/chat-usage';
import { createMessagesUsage } from '../../../src/providers/usage/messages-usage';
import { readResponsesUsage } from '../../../src/providers/usage/responses-usage';
import { hasQuirk, vendorNamed } from '../../../src/vendors/lookup';
import { clock, deploymentWith } from '../stream-helpers';
import type { CostRow } from './cost-rows';
import { claudeAndGoogleRows } from './cost-table-claude-google';
import { openAiRows } from './cost-table-openai';
import { otherRows } from './cost-table-others';

const rows: readonly CostRow[] = [...openAiRows, ...claudeAndGoogleRows, ...otherRows];
const protocols: Readonly<Record<NonNullable<CostRow['api']>, Protocol>> = {
  chat: 'chat-completions',
  responses: 'responses',
  messages: 'anthropic-messages',
};
const bases: Readonly<Record<string, string>> = {
  azure: 'https://my-resource.openai.azure.com',
  litellm_proxy: 'https://proxy.example/v1',
  hosted_vllm: 'https://vllm.example/v1',
};

function deploymentOf({ provider, model = 'gpt-4o', api = 'chat', price, body }: CostRow): Deployment {
  return deploymentWith({
    provider,
    model,
    protocol: protocols[api],
    apiBase: bases[provider] ?? vendorNamed(provider)?.base ?? '',
    price: price === null ? undefined : perToken(price),
    options: { extraBody: body },
  });
}

function perToken([input = 0, output = 0, cached, written, hour, thoughts]: readonly number[]): TokenPrice {
  const each = (perMillion: number | undefined): number | undefined =>
    perMillion === undefined ? undefined : perMillion / 1e6;
  return {
    inputUsdPerToken: input / 1e6,
    outputUsdPerToken: output / 1e6,
    cachedInputUsdPerToken: each(cached),
    cacheWriteUsdPerToken: each(written),
    cacheWriteHourUsdPerToken: each(hour),
    reasoningUsdPerToken: each(thoughts),
  };
}

function usageOf(
  { api = 'chat', reports, answered = true }: CostRow,
  deployment: Deployment,
): Usage | undefined {
  switch (api) {
    case 'chat':
      return readChatUsage(reports[0], answered, hasQuirk(deployment, 'thoughts-beside-output'));
    case 'responses':
      return readResponsesUsage(reports[0], answered);
    case 'messages': {
      const usage = createMessagesUsage();
      for (const report of reports) usage.add(report);
      return usage.usage(answered);
    }
  }
}

/** The way of a report to the receipt, as the dispatcher goes it. */
function costOf(row: CostRow): Cost {
  const deployment = deploymentOf(row);
  const read = usageOf(row, deployment);
  const otherTier = chargedByTier({ service_tier: row.tier }, row.body?.['service_tier']);
  const usage = read && otherTier ? { ...read, uncertain: true as const } : read;
  const costUsd = reportedCost(deployment, row.reports[0], (name) =>
    name === 'x-litellm-response-cost' ? row.header : undefined,
  );
  const run = createRun(
    {
      decisionId: 'd',
      index: 0,
      deployment,
      messages: [{ role: 'user', text: 'Why?' }],
      options: {},
      outputCap: undefined,
    },
    clock,
  );
  run.sent = true;
  run.answer = row.answered === false ? '' : 'Because.';
  const report = { usage, servedModel: row.served, ...(costUsd !== undefined && { costUsd }) };
  return attemptOf(run, 'completed', { report }, { prices: createPriceBook(), clock }).receipt.cost;
}

const nameOf = ({ vendor, what }: CostRow): string => `${vendor}: ${what}`;

describe('what a call costs, by hand and by the product', () => {
  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', (_name, row) => {
    const cost = costOf(row);
    expect(cost.kind).toBe(row.kind);
    if (cost.kind === 'unknown') expect(row.micro).toBeUndefined();
    else expect(cost.usd * 1e6).toBeCloseTo(row.micro ?? NaN, 6);
  });

  test('of at least 60 reports by ten vendors, most of which tell the exact cost', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(nameOf)).size).toBe(rows.length);
    expect(new Set(rows.map(({ vendor }) => vendor)).size).toBeGreaterThanOrEqual(10);
    expect(rows.filter(({ kind }) => kind === 'exact').length).toBeGreaterThan(rows.length / 2);
  });

  test('of models elsewhere is never 0 for nothing but a free variant', () => {
    const free = rows.filter((row) => row.micro === 0 && !isLoopback(deploymentOf(row).apiBase));
    expect(free.every(({ model }) => model?.endsWith(':free') === true)).toBe(true);
  });
});

/** CONDUIT_COST_TABLE=1 prints it. */
test('the table for people has a line for each report', () => {
  const usd = (micro: number | undefined): string => (micro === undefined ? '–' : (micro / 1e6).toFixed(9));
  const lines = rows.map((row) => {
    const cost = costOf(row);
    const product = cost.kind === 'unknown' ? undefined : cost.usd * 1e6;
    return `| ${row.vendor} | ${row.what} | ${usd(row.micro)} | ${usd(product)} | ${cost.kind} |`;
  });
  expect(new Set(lines).size).toBe(rows.length);
  const head = ['| Vendor | Report | USD by hand | USD of the product | Kind |', '|---|---|---|---|---|'];
  if (process.env['CONDUIT_COST_TABLE'] === '1') console.log([...head, ...lines].join('\n'));
});
