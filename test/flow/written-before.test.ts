import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfiguration } from '../../src/config/load-configuration';
import { toolLoopOf } from '../../src/core/answering/tool-loop';
import { shippedSettings } from '../../src/core/bandit/settings';
import { describe as describeRequest, textSpace, translated } from '../../src/core/features/feature-space';
import type { Learner } from '../../src/core/learning/learner';
import { createLearner } from '../../src/core/learning/learner';
import type { Size } from '../../src/core/learning/task-sizes';
import { route } from '../../src/core/routing/router';
import { createLearntPriceFold } from '../../src/core/stats/learnt-prices';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { SignalTable } from '../../src/core/terms/signals';
import { createStatsFold } from '../../src/core/stats/routing-stats';
import { createSpendingFold } from '../../src/core/stats/spending';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import type { Ledger } from '../../src/core/terms/ports';
import { createKeptCalls } from '../../src/editor/language-model/kept-calls';
import { createWatchStore } from '../../src/editor/observations/watch-store';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { decided, inputWith } from '../core/route-input';
import { quietLog } from '../core/samples';
import { seededRandom } from '../core/seeded-random';
import { deploymentWith, price, requestFor } from '../core/simulation';

/**
 * Files of commit e619221, written by its own code: a ledger of 161 decisions in two pools with all kinds of
 * observations, failures, a tool loop and pauses of learning; what that version made of it; and its other files. What it
 * made of failures and of weak signs isn't kept: they say something else now, so its figures of quality are those of the
 * ledger without them.
 */
const fixtures = path.resolve(import.meta.dirname, '../fixtures/written-by-0.1.0');

interface Probe {
  readonly prompt: string;
  readonly pool: string;
  readonly candidates: readonly object[];
}
interface Expected {
  readonly nowMs: number;
  readonly entries: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly arms: Readonly<Record<string, readonly { readonly id: string; readonly b: readonly number[] }[]>>;
  readonly stats: { readonly pools: readonly object[]; readonly recent: readonly object[] };
  readonly spent: object;
  readonly learntPrice: object | null;
  readonly probes: readonly Probe[];
  readonly toolLoop: string;
}

const expected = read('expected.json') as Expected;
let folder: string;
let ledger: Ledger;
let entries: readonly StoredEntry[];

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(fixtures, name), 'utf8'));
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-before-'));
  cpSync(fixtures, folder, { recursive: true });
  const file = path.join(folder, 'conduit.db');
  writeFileSync(file, gunzipSync(readFileSync(`${file}.gz`)));
  ledger = await sqliteLedger({ storage: folder, nowMs: () => expected.nowMs, log: quietLog });
  entries = await ledger.readAfter(0);
});

afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The table of signals with nothing in it that weighs otherwise than in that version. */
const judgements: SignalTable = {
  ...shippedSignals,
  ...Object.fromEntries(
    (
      ['copied', 'inserted', 'regenerated', 'retried-elsewhere', 'more-problems', 'fewer-problems'] as const
    ).map((name) => [name, { ...shippedSignals[name], weight: 0 }]),
  ),
};

function learnt(): Learner {
  const nowMs = (): number => expected.nowMs;
  const learner = createLearner({ space: textSpace, settings: shippedSettings, nowMs, signals: judgements });
  for (const entry of entries) learner.apply(entry);
  return learner;
}

function meanOf({ count, size }: Size): { readonly count: number; readonly mean: number } {
  return { count, mean: count === 0 ? 0 : size / count };
}

describe('a ledger that the version before wrote', () => {
  it('is read to its last entry', () => {
    expect(entries).toHaveLength(expected.entries);
    for (const [kind, count] of Object.entries(expected.kinds))
      expect(entries.filter((entry) => entry.kind === kind)).toHaveLength(count);
  });

  it('teaches what it taught', () => {
    const learner = learnt();
    for (const [pool, arms] of Object.entries(expected.arms)) {
      for (const { id, b, ...known } of arms) {
        const { quality, costs, answers, joinedAt: couldFirst, risk, ...state } = learner.pool(pool).arm(id);
        expect(risk.risk01).toBeLessThan(1);
        const costUsd = meanOf(costs.all);
        const outputTokens = meanOf(answers.all);
        const costRate = { usd: costs.all.size, tokens: costs.all.basis };
        const { weight, weightedQuality } = quality;
        const { s, joinedAt, ...rest } = known as typeof known & {
          readonly s: readonly number[];
          readonly joinedAt: number;
        };
        const learnt = {
          weight,
          weightedQuality,
          ...state,
          costUsd,
          outputTokens,
          costRate,
        };
        expect(close(learnt)).toEqual(close(rest));
        // That version told when an arm was chosen first, this one when it could be.
        expect(couldFirst).toBeLessThanOrEqual(joinedAt);
        expect(close([...quality.b])).toEqual(close(inSpaceOfNow(b)));
        expect(close([...quality.s])).toEqual(close(inSpaceOfNow(s)));
      }
    }
  });

  // What is expected of the models is a matter of this version: their evidence, above, is what was kept.
  it.each(expected.probes)('is decided on: $pool, $prompt', ({ prompt, pool, ...then }) => {
    const deployments = [
      deploymentWith('a', { price: price(1e-6) }),
      deploymentWith('b', { price: price(5e-6) }),
      deploymentWith('c'),
    ];
    const request = requestFor(prompt, pool);
    const description = describeRequest(request);
    const state = learnt().pool(pool);
    const input = inputWith(deployments, {
      request,
      description,
      state,
      switchAfter: 30,
      random: seededRandom(3),
    });
    const { decision } = decided(route({ ...input, pool: { ...input.pool, name: pool } }));
    const { phase, poolSequence } = decision;
    expect(then).toMatchObject({ phase, poolSequence });
    const idsOf = (candidates: readonly object[]): readonly unknown[] =>
      candidates.map((candidate): unknown => Reflect.get(candidate, 'deploymentId')).toSorted();
    expect(idsOf(decision.candidates)).toEqual(idsOf(then.candidates));
  });

  it('has the same statistics, costs and prices', () => {
    const folds = [
      createStatsFold({ signals: judgements }),
      createSpendingFold(),
      createLearntPriceFold(),
    ] as const;
    for (const entry of entries) for (const fold of folds) fold.apply(entry);
    const [statistics, spending, prices] = folds;
    // Shares over time are the stats page's own since then, and read from the ledger's facts.
    const pools = expected.stats.pools.map((pool) =>
      Object.fromEntries(Object.entries(pool).filter(([name]) => name !== 'shares')),
    );
    expect(close(statistics.snapshot())).toMatchObject(close({ ...expected.stats, pools }) as object);
    const startOfDay = expected.nowMs - (expected.nowMs % 86_400_000);
    expect(close(spending.spent(startOfDay, expected.nowMs))).toEqual(close(expected.spent));
    expect(close(prices.priceOf('c') ?? null)).toEqual(close(expected.learntPrice));
  });

  it('goes on with the tool loop that was open', async () => {
    const loop = toolLoopOf(await ledger.readDecision(expected.toolLoop));
    expect(loop).toMatchObject({ decision: { id: expected.toolLoop }, nextIndex: 2 });
  });

  it('takes new entries behind the old ones', async () => {
    const last = entries.at(-1)?.sequence ?? 0;
    const signal = { kind: 'rating', thumb: 'up' } as const;
    const observation = { decisionId: expected.toolLoop, deploymentId: 'a', signal };
    const [stored] = await ledger.append([{ kind: 'observation', observation }]);
    expect(stored?.sequence).toBeGreaterThan(last);
  });
});

describe('other files and settings of the version before', () => {
  const before = read('settings.json') as {
    readonly user: string;
    readonly workspace: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly storedHosts: readonly string[];
    readonly watch: object;
    readonly known: { readonly callId: string };
    readonly nowMs: number;
    readonly loaded: {
      readonly configuration: { readonly dailyBudgetUsd: number };
      readonly workspaceRequest: { readonly fingerprint: string };
      readonly values: readonly object[];
    };
  };

  it('a conduit.yaml makes the same pools with the same options', () => {
    const loaded = loadConfiguration({
      file: { name: 'conduit.yaml', text: before.user },
      workspaceFile: { name: 'conduit.yaml (workspace)', text: before.workspace },
      environment: before.environment,
      storedHosts: new Set(before.storedHosts),
    });
    const { values, ...others } = before.loaded;
    // That version had one budget, in a field of its own.
    const { dailyBudgetUsd, ...configuration } = before.loaded.configuration;
    expect(loaded).toMatchObject({ ...others, configuration });
    expect(dailyBudgetUsd).toBe(2.5);
    expect(loaded.configuration.budgets.caps).toEqual([
      { period: 'day', subject: { of: 'all' }, usd: dailyBudgetUsd, path: 'router.daily_budget_usd' },
    ]);
    // An option that is new has a value beside these.
    expect(loaded.values).toEqual(
      expect.arrayContaining(values.map((value) => expect.objectContaining(value) as object)),
    );
  });

  it('what was allowed to a workspace stays allowed', () => {
    const { fingerprint } = before.loaded.workspaceRequest;
    const { configuration } = loadConfiguration({
      file: { name: 'conduit.yaml', text: before.user },
      workspaceFile: { name: 'conduit.yaml (workspace)', text: before.workspace },
      environment: before.environment,
      storedHosts: new Set(before.storedHosts),
      workspaceGrant: fingerprint,
    });
    expect(configuration.pools.map(({ name }) => name)).toContain('fast');
  });

  it('an accepted edit is still watched, and not told twice', () => {
    const watches = createWatchStore(path.join(folder, 'accepted-edits'), () => before.nowMs, quietLog);
    expect(watches.all()).toEqual([before.watch]);
    expect(watches.claim('watch-1', 'save')).toBe(false);
    expect(watches.claim('watch-1', '5-minutes')).toBe(true);
  });

  it('a tool call is known again, with what its vendor wants back', () => {
    const calls = path.join(folder, 'tool-calls');
    const [name = ''] = readdirSync(calls);
    utimesSync(path.join(calls, name), before.nowMs / 1_000, before.nowMs / 1_000);
    const kept = createKeptCalls(calls, () => before.nowMs, quietLog);
    expect(kept.read(before.known.callId)).toEqual([before.known]);
  });
});

/** Figures by feature, where the features of today have them. */
function inSpaceOfNow(figures: readonly number[]): readonly number[] | undefined {
  return translated(figures, 'text48-v2', textSpace);
}

/** As JSON has it, to nine digits: sums may be added up in another order. */
function close(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'number' ? Number(each.toPrecision(9)) : each,
  );
  return JSON.parse(text) as unknown;
}
