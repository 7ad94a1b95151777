import { describe, expect, test } from 'vitest';
import { textSpace } from '../../../src/core/features/feature-space';
import { demoPool, demoSteps } from '../../../src/core/replay/demo';
import type { HistoryChange } from '../../../src/core/replay/history-change';
import { replayHistory } from '../../../src/core/replay/replay-history';
import type { Replayed } from '../../../src/core/replay/replayed';
import type { Configuration } from '../../../src/core/terms/configuration';
import type { Decision } from '../../../src/core/terms/decision';
import type { Deployment, Pool } from '../../../src/core/terms/deployment';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { PriceBook } from '../../../src/core/terms/ports';
import type { Usage } from '../../../src/core/terms/receipt';
import { attemptWith, configurationWith } from '../samples';

/** A history that the demo's router wrote, at prices that are money here. Public figures are left out on both sides. */

const pool: Pool = { ...demoPool, simulated: false };
const configuration = configurationWith([pool], { priors: false });
const prices: PriceBook = {
  costOf: ({ price }, { inputTokens, outputTokens }) => {
    if (price === undefined) return { kind: 'unknown' };
    const usd = inputTokens * price.inputUsdPerToken + outputTokens * price.outputUsdPerToken;
    return { kind: 'exact', usd };
  },
};

interface History {
  readonly entries: readonly StoredEntry[];
  readonly decisions: readonly Decision[];
  readonly usages: ReadonlyMap<string, Usage>;
}

function deploymentOf(id: string): Deployment {
  const found = pool.deployments.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no model ${id}.`);
  return found;
}

/** `changed`: each decision as it is to stand in the ledger. */
function historyOf(requests: number, changed: (decision: Decision, index: number) => Decision): History {
  const entries: StoredEntry[] = [];
  const usages = new Map<string, Usage>();
  const decisions: Decision[] = [];
  const add = (entry: LedgerEntry, index: number): void => {
    entries.push({ ...entry, sequence: entries.length + 1, atMs: 1_700_000_000_000 + 60_000 * index });
  };
  const steps = demoSteps({ seed: 5, preset: 'balanced', requests, switchAfter: 100, figures: false });
  [...steps].forEach(({ decision: made, request, thumb }, index) => {
    const decision = changed(made, index);
    decisions.push(decision);
    const { id: decisionId, deploymentId } = decision;
    const at = pool.deployments.findIndex(({ id }) => id === deploymentId);
    const { outputTokens, firstTokenMs, totalMs } = request.answers[at] ?? {
      ...{ outputTokens: 0, firstTokenMs: 0, totalMs: 0 },
    };
    const usage = { inputTokens: request.inputTokens, outputTokens, cachedInputTokens: 0 };
    usages.set(decisionId, usage);
    const cost = prices.costOf(deploymentOf(deploymentId), usage, true);
    const receipt = { usage, cost, timeToFirstTokenMs: firstTokenMs, totalMs, servedModel: undefined };
    add({ kind: 'decision', decision }, index);
    add({ kind: 'attempt', attempt: attemptWith({ decisionId, deploymentId, receipt }) }, index);
    const told = thumb === undefined ? [] : [{ kind: 'rating', thumb } as const];
    for (const signal of [{ kind: 'completed' } as const, ...told])
      add({ kind: 'observation', observation: { decisionId, deploymentId, signal } }, index);
  });
  return { entries, decisions, usages };
}

const whole = historyOf(260, (decision) => decision);

interface Watched {
  readonly configuration?: Configuration;
  readonly entries?: readonly StoredEntry[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (share01: number) => void;
  readonly monotonicMs?: () => number;
  readonly pause?: () => Promise<void>;
}

async function maybeReplayed(change: HistoryChange, watched: Watched = {}): Promise<Replayed | undefined> {
  const { entries = whole.entries } = watched;
  const { signal = new AbortController().signal, onProgress = () => undefined } = watched;
  return replayHistory(
    {
      prices,
      space: textSpace,
      configuration: watched.configuration ?? configuration,
      clock: {
        nowMs: () => 0,
        monotonicMs: watched.monotonicMs ?? (() => 0),
        pause: watched.pause ?? (() => Promise.resolve()),
      },
      ledger: {
        readAfter: (sequence, limit = Infinity) =>
          Promise.resolve(entries.filter((entry) => entry.sequence > sequence).slice(0, limit)),
        readDecision: (id) =>
          Promise.resolve(
            entries.filter((entry) =>
              entry.kind === 'decision'
                ? entry.decision.id === id
                : entry.kind === 'attempt'
                  ? entry.attempt.decisionId === id
                  : entry.kind === 'observation' && entry.observation.decisionId === id,
            ),
          ),
        lastSequence: () => Promise.resolve(entries.at(-1)?.sequence ?? 0),
      },
    },
    change,
    { signal, onProgress },
  );
}

async function replayed(change: HistoryChange, watched: Watched = {}): Promise<Replayed> {
  const result = await maybeReplayed(change, watched);
  if (result === undefined) throw new Error('It was aborted.');
  return result;
}

function countsOf(result: Replayed, run: keyof Replayed['runs']): Record<string, number> {
  return Object.fromEntries(result.runs[run].models.map(({ model, requests }) => [model, requests]));
}

/** What a model costs for all requests, by its own receipts where it answered. */
function usdOfAll(history: History, goalOf: (decision: Decision) => string): number {
  return history.decisions.reduce((sum, decision) => {
    const usage = history.usages.get(decision.id);
    const cost = usage && prices.costOf(deploymentOf(goalOf(decision)), usage, true);
    return sum + (cost === undefined || cost.kind === 'unknown' ? 0 : cost.usd);
  }, 0);
}

describe('a history, replayed', () => {
  test('with nothing changed, each choice is the one that scored best then', async () => {
    const result = await replayed({});
    const best = whole.decisions.filter(
      ({ candidates, deploymentId }) => candidates[0]?.deploymentId === deploymentId,
    );
    expect(result).toMatchObject({ decisions: 260, replayed: 260, byChange: 0 });
    expect(260 - result.runs.asIs.elsewhere).toBe(best.length);
    expect(best.length).toBeGreaterThan(240);
    expect(result.runs.changed).toEqual(result.runs.asIs);
    expect(result.costs.runs.changed).toEqual(result.costs.runs.asIs);
    expect(result.costs.compared).toBe(260);
    expect(result.costs.runs.was.usd).toBeCloseTo(
      usdOfAll(whole, ({ deploymentId }) => deploymentId),
      9,
    );
  });

  test('a model that is left out gets nothing, and what it had goes elsewhere, at the others’ prices', async () => {
    const only = await replayed({ without: ['coder', 'writer', 'large'] });
    expect(countsOf(only, 'changed')).toEqual({ small: 260 });
    expect(only.costs.runs.changed.usd).toBeCloseTo(
      usdOfAll(whole, () => 'small'),
      9,
    );
    const { lowUsd, usd, highUsd } = only.costs.runs.changed;
    expect(lowUsd).toBeLessThan(usd);
    expect(highUsd).toBeGreaterThanOrEqual(usd);
    const without = await replayed({ without: ['coder'] });
    expect(countsOf(without, 'changed')['coder']).toBeUndefined();
    const moved = without.moves.filter(({ from }) => from === 'coder');
    expect(moved.reduce((sum, { requests }) => sum + requests, 0)).toBe(countsOf(without, 'was')['coder']);
    expect(without.latest).toHaveLength(20);
  });

  test('moves, models and kinds of task add up', async () => {
    const result = await replayed({ preset: 'quality', without: ['writer'] });
    const { was, changed } = result.runs;
    for (const run of [was, changed])
      expect(run.models.reduce((sum, { requests }) => sum + requests, 0)).toBe(260);
    expect(result.moves.reduce((sum, { requests }) => sum + requests, 0)).toBe(changed.elsewhere);
    expect(result.tasks.reduce((sum, { requests }) => sum + requests, 0)).toBe(260);
    expect(result.tasks.reduce((sum, { elsewhere }) => sum + elsewhere, 0)).toBe(changed.elsewhere);
    expect(was.elsewhere).toBe(0);
  });

  test('a preset moves requests as its weights say: cost to cheaper models, quality to better ones', async () => {
    const [cost, quality] = [await replayed({ preset: 'cost' }), await replayed({ preset: 'quality' })];
    expect(cost.costs.runs.changed.usd).toBeLessThan(cost.costs.runs.asIs.usd);
    expect(quality.runs.changed.quality01).toBeGreaterThan(cost.runs.changed.quality01 ?? 1);
    // As it was is believed the same, whatever the change; times are of the requests of which all runs know them.
    expect({ ...cost.runs.was, latencyMs: 0 }).toEqual({ ...quality.runs.was, latencyMs: 0 });
  });

  test('another price is paid by who stays, and moves who doesn’t', async () => {
    const single = { ...configuration, pools: [{ ...pool, deployments: [deploymentOf('coder')] }] };
    const stays = await replayed({ priceFactors: new Map([['coder', 3]]) }, { configuration: single });
    expect(stays.replayed).toBe(260);
    expect(stays.costs.runs.was.usd).toBeCloseTo(
      usdOfAll(whole, ({ deploymentId }) => deploymentId),
      9,
    );
    expect(stays.costs.runs.changed.usd).toBeCloseTo(3 * stays.costs.runs.asIs.usd, 9);
    expect(stays.costs.runs.asIs.usd).toBeCloseTo(
      usdOfAll(whole, () => 'coder'),
      9,
    );
    const dear = await replayed({ priceFactors: new Map([['coder', 400]]) });
    expect(countsOf(dear, 'changed')['coder'] ?? 0).toBeLessThan((countsOf(dear, 'asIs')['coder'] ?? 0) / 2);
  });

  test('who joined later is there from the start if asked for; who was left out then stays out', async () => {
    const before = historyOf(120, (decision, index) => ({
      ...decision,
      candidates: decision.candidates.filter(
        ({ deploymentId }) => deploymentId !== 'large' || decision.deploymentId === 'large',
      ),
      excluded: index < 60 ? [{ deploymentId: 'writer', reason: 'breaker-open' as const }] : [],
    }));
    const only = ['small', 'coder'];
    const then = await replayed({ without: only }, { entries: before.entries });
    const today = await replayed({ without: only, models: 'today' }, { entries: before.entries });
    expect(countsOf(today, 'changed')['large']).toBeGreaterThanOrEqual(60);
    expect(countsOf(then, 'changed')['large'] ?? 0).toBeLessThan(60);
  });

  test('another pool’s models take the requests, except those that they can’t hold', async () => {
    const tight = { ...deploymentOf('small'), id: 'tight', pool: 'other', contextWindowTokens: 1_000 };
    const two = { ...configuration, pools: [pool, { ...pool, name: 'other', deployments: [tight] }] };
    const result = await replayed({ models: { pool: 'other' } }, { configuration: two });
    const fits = whole.decisions.filter(({ inputTokens }) => inputTokens <= 500).length;
    expect(countsOf(result, 'changed')).toEqual({ tight: fits });
    expect(result.leftOut['nobody-left']).toBe(260 - fits);
  });

  test('leaves out what the router didn’t draw, and pools and descriptions that are gone', async () => {
    const mixed = historyOf(50, (decision, index) => ({
      ...decision,
      ...(index < 10 && { chosenByUser: true as const }),
      ...(index >= 10 && index < 15 && { learning: false as const }),
      ...(index >= 15 && index < 18 && { pool: 'gone' }),
      ...(index >= 18 && index < 20 && { featureSpace: 'another' }),
    }));
    const result = await replayed({}, { entries: mixed.entries });
    expect(result).toMatchObject({ decisions: 50, replayed: 30 });
    expect(result.leftOut).toEqual({ 'not-drawn': 15, gone: 5, 'nobody-left': 0 });
  });

  test('says what can’t be priced, and why', async () => {
    const entries = whole.entries.flatMap((entry): StoredEntry[] => {
      if (entry.kind !== 'attempt') return [entry];
      const { receipt, decisionId } = entry.attempt;
      const number = Number(decisionId.split('-')[1]);
      if (number <= 3) return [];
      const without =
        number <= 7
          ? { cost: { kind: 'unknown' } as const }
          : number <= 12
            ? { usage: undefined }
            : number <= 14
              ? { cost: { kind: 'simulated', usd: 1 } as const }
              : {};
      return [{ ...entry, attempt: { ...entry.attempt, receipt: { ...receipt, ...without } } }];
    });
    const { costs } = await replayed({}, { entries });
    expect(costs.leftOut).toMatchObject({ pending: 3, 'cost-unknown': 4, 'tokens-unknown': 5, simulated: 2 });
    expect(costs.compared).toBe(246);
    const priceless = pool.deployments.map((each) =>
      each.id === 'small' ? { ...each, price: undefined } : each,
    );
    const unknown = await replayed(
      { without: ['coder', 'writer', 'large'] },
      { configuration: { ...configuration, pools: [{ ...pool, deployments: priceless }] } },
    );
    expect(unknown.costs.leftOut['price-unknown']).toBeGreaterThan(200);
  });

  test('an empty ledger has nothing to replay', async () => {
    const result = await replayed({ preset: 'cost' }, { entries: [] });
    expect(result).toMatchObject({ decisions: 0, replayed: 0, fromMs: undefined, moves: [], latest: [] });
    expect(result.runs.changed.quality01).toBeUndefined();
  });

  test('lets others have their turn, says how far it is, and stops when it is told to', async () => {
    let nowMs = 0;
    let pauses = 0;
    const seen: number[] = [];
    const clock = {
      monotonicMs: () => (nowMs += 3),
      pause: () => {
        pauses += 1;
        return Promise.resolve();
      },
    };
    await replayed({}, { ...clock, onProgress: (share01) => seen.push(share01) });
    expect(pauses).toBeGreaterThan(100);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
    const abort = new AbortController();
    const aborted = await maybeReplayed(
      {},
      {
        ...clock,
        signal: abort.signal,
        onProgress: (share01) => {
          if (share01 > 0.5) abort.abort();
        },
      },
    );
    expect(aborted).toBeUndefined();
  });
});
