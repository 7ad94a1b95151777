import { describe, expect, test } from 'vitest';
import type { HistoryChange } from '../../../src/core/replay/history-change';
import type { Replayed, ReplayedRun } from '../../../src/core/replay/replayed';
import { changeOf, changeText, replayForm } from '../../../src/editor/replay/replay-form';
import { replayResult } from '../../../src/editor/replay/replay-view';
import type { ReplayChange } from '../../../src/webview/protocol/replay';
import { toReplaySchema } from '../../../src/webview/protocol/replay';
import { demoPool } from '../../../src/core/replay/demo';

const run = (change: Partial<ReplayedRun> = {}): ReplayedRun => ({
  models: [
    { model: 'strong', requests: 30 },
    { model: 'mini', requests: 10 },
  ],
  ...{ elsewhere: 0, quality01: 0.8, latencyMs: 2_000, hardlyKnown: 0 },
  ...change,
});

const replayed: Replayed = {
  ...{ decisions: 45, replayed: 40, leftOut: { 'not-drawn': 3, gone: 2, 'nobody-left': 0 } },
  ...{ fromMs: Date.UTC(2026, 0, 2, 12), toMs: Date.UTC(2026, 1, 3, 12), dropped: false, byChange: 18 },
  runs: {
    was: run(),
    asIs: run({ elsewhere: 2 }),
    changed: run({
      models: [
        { model: 'mini', requests: 30 },
        { model: 'strong', requests: 10 },
      ],
      ...{ elsewhere: 20, quality01: 0.74 },
    }),
  },
  moves: [{ from: 'strong', to: 'mini', requests: 20 }],
  tasks: [{ task: 'fix-code', requests: 40, elsewhere: 20, mostTo: 'mini' }],
  latest: [{ id: 'a', atMs: Date.UTC(2026, 1, 3, 12), task: 'fix-code', from: 'strong', to: 'mini' }],
  costs: {
    compared: 36,
    leftOut: {
      ...{ 'cost-unknown': 1, 'tokens-unknown': 0, simulated: 0, pending: 3 },
      ...{ unanswered: 0, 'price-unknown': 0 },
    },
    runs: {
      was: { usd: 2.5, lowUsd: 2.5, highUsd: 2.5 },
      asIs: { usd: 2.4, lowUsd: 2.3, highUsd: 2.5 },
      changed: { usd: 1.2, lowUsd: 1.1, highUsd: 1.4 },
    },
  },
};

describe('what a replay says', () => {
  test('how many go elsewhere, what the change alone moves, costs with their range, and what is only believed', () => {
    const result = replayResult(replayed, { preset: 'cost' });
    expect(toReplaySchema.parse(result)).toEqual(result);
    const says = result?.says.join(' ') ?? '';
    expect(says).toContain('Changed: preset cost. 20 (50 %) of 40 requests');
    expect(says).toContain('The change alone moves 18 (45 %).');
    expect(says).toContain('36 requests can be compared in money: they cost $2.50');
    expect(says).toContain('about $1.20 [1.10–1.40]');
    expect(says).toContain('Believed, not measured: a quality of 0.74 instead of 0.80.');
    expect(says).not.toContain('guess');
    expect(result?.runs.rows.map(([name]) => name)).toEqual([
      'As it was',
      'Today’s router as it is',
      'With the change',
    ]);
    expect(result?.shares).toContainEqual({
      model: 'mini',
      was: { text: '10 (25 %)', share01: 0.25 },
      asIs: { text: '10 (25 %)', share01: 0.25 },
      changed: { text: '30 (75 %)', share01: 0.75 },
    });
    const notes = result?.notes.join('\n') ?? '';
    expect(notes).toContain('Nothing of it was measured.');
    expect(notes).toContain('Left out: 3 that the router did not draw');
    expect(notes).toContain('2 whose pool or models are no longer there');
    expect(notes).toContain('Not compared in money: 1 at an unknown cost, 3 under way, or cut off.');
    expect(notes).not.toContain('Older requests');
  });

  test('what is mostly a guess, and what an old ledger lacks, is said', () => {
    const guessed = {
      ...replayed,
      dropped: true,
      runs: { ...replayed.runs, changed: run({ hardlyKnown: 5 }) },
    };
    const result = replayResult(guessed, { preset: 'cost' });
    expect(result?.says.at(-1)).toContain('for 5 of the requests hardly anything had been told');
    expect(result?.notes.at(-1)).toContain('Older requests are no longer in the ledger');
  });

  test('with nothing changed it speaks of today’s router alone', () => {
    const result = replayResult(replayed, {});
    expect(result?.says[0]).toContain(
      'Today’s router, with nothing changed, would have sent 20 (50 %) of 40',
    );
    expect(result?.says.join(' ')).not.toContain('The change alone');
    expect(result?.runs.rows).toHaveLength(2);
  });

  test('nothing that could be compared, or made again, is no figure', () => {
    const { compared: _compared, ...costs } = replayed.costs;
    const unpriced = replayResult({ ...replayed, costs: { ...costs, compared: 0 } }, {});
    expect(unpriced?.says.join(' ')).not.toContain('$');
    expect(unpriced?.runs.rows.map((row) => row[2])).toEqual(['–', '–']);
    expect(replayResult({ ...replayed, replayed: 0 }, {})).toBeUndefined();
  });
});

describe('what can be changed', () => {
  const configuration = {
    preset: 'balanced' as const,
    pools: [demoPool, { ...demoPool, name: 'other', deployments: demoPool.deployments.slice(0, 1) }],
  };
  const asked: ReplayChange = { preset: 'balanced', models: 'then', without: [], priceFactors: {} };

  test('presets with the one in force first, models, pools, and prices that are known', () => {
    const form = replayForm(configuration, ({ id }) => id !== 'large');
    expect(toReplaySchema.parse(form)).toEqual(form);
    expect(form.presets.map(({ value }) => value)).toEqual(['balanced', 'quality', 'cost', 'speed']);
    expect(form.models.map(({ value }) => value)).toEqual(['then', 'today', 'pool:demo', 'pool:other']);
    expect(form.deployments.filter(({ priced }) => !priced).map(({ id }) => id)).toEqual(['large']);
  });

  test.each<[Partial<ReplayChange>, HistoryChange, string | undefined]>([
    [{}, {}, undefined],
    [{ preset: 'cost' }, { preset: 'cost' }, 'preset cost'],
    [{ preset: 'nonsense', models: 'pool:gone' }, {}, undefined],
    [{ models: 'today' }, { models: 'today' }, 'all of today’s models from the start'],
    [{ models: 'pool:other' }, { models: { pool: 'other' } }, 'the models of pool other'],
    [{ without: ['small', 'large'] }, { without: ['small', 'large'] }, 'without small, large'],
    [
      { priceFactors: { small: 1, large: 0.5 } },
      { priceFactors: new Map([['large', 0.5]]) },
      'large at 0.5 times its price',
    ],
    // A page that has not heard of another configuration yet.
    [{ without: ['gone'], priceFactors: { gone: 0.5 } }, {}, undefined],
  ])('%j is %j', (change, expected, text) => {
    const read = changeOf({ ...asked, ...change }, configuration);
    expect(read).toEqual(expected);
    expect(changeText(read)).toBe(text);
  });
});
