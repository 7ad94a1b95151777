import { describe, expect, test } from 'vitest';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import type { ModelStats } from '../../../src/core/stats/model-tally';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import type { FailureReason } from '../../../src/core/terms/failure';
import type { BreakerState } from '../../../src/core/terms/ports';
import type { CheckState } from '../../../src/editor/doctor/doctor-checks';
import type { DeploymentFacts, DoctorFacts } from '../../../src/editor/doctor/doctor-facts';
import { keyOrigin, unavailability } from '../../../src/editor/doctor/doctor-facts';
import { doctorText } from '../../../src/editor/doctor/doctor-text';
import type { DoctorView } from '../../../src/editor/doctor/doctor-view';
import { doctorView } from '../../../src/editor/doctor/doctor-view';
import { redact } from '../../../src/providers/failures/redact';
import { attemptWith, budgetsWith, configurationWith, decisionWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';

const key = 'sk-planted-key-0123456789abcdef';
const passPhrase = 'correct horse battery';
const cost = { kind: 'exact', usd: 0.15 } as const;

function facts(id: string, change: Partial<DeploymentFacts> = {}): DeploymentFacts {
  return {
    deployment: deploymentWith(id, { apiBase: 'https://api.example.com/v1' }),
    key: { kind: 'environment', name: 'EXAMPLE_KEY' },
    price: { input: cost, output: { kind: 'exact', usd: 0.6 }, learntUsd: undefined },
    breaker: 'closed',
    lastFailure: undefined,
    stats: undefined,
    risk01: 0,
    check: { kind: 'none' },
    ...change,
  };
}

function view(
  deployments: readonly DeploymentFacts[],
  change: Partial<DoctorFacts> = {},
  keys = [key],
): DoctorView {
  const pool = poolWith(deployments.map(({ deployment }) => deployment));
  return doctorView(
    {
      configuration: configurationWith([pool], { budgets: budgetsWith({ day: 2 }) }),
      poolInUse: 'default',
      file: { path: '/home/me/conduit.yaml', exists: true },
      problems: [],
      pools: [{ pool: 'default', simulated: false, deployments, diagnosis: undefined }],
      spent: { usd: 0.5, expectedUsd: 0, unknownAttempts: 0 },
      told: undefined,
      ledger: {
        path: '/home/me/conduit.db',
        entries: 12,
        bytes: 45_056,
        schema: 1,
        newer: false,
        soundness: 'sound',
        salvaged: undefined,
      },
      encoderSpace: undefined,
      cache: { kind: 'off' },
      abilitiesDay: '2026-08-18',
      versions: [['Conduit', '0.1.0']],
      log: [],
      checks: { done: 0, total: 0 },
      ...change,
    },
    keys,
    redact,
  );
}

function modelOf(change: Partial<DeploymentFacts>) {
  const model = view([facts('mini', change)]).pools[0]?.models[0];
  if (model === undefined) throw new Error('The view has no model.');
  return model;
}

function fact(shown: DoctorView, name: string): string | undefined {
  return shown.groups.flatMap((group) => group.facts).find((each) => each.name === name)?.value;
}

describe('the key of a deployment', () => {
  const withVariable = deploymentWith('mini', {
    apiBase: 'https://api.example.com/v1',
    key: { kind: 'environment', name: 'EXAMPLE_KEY' },
  });

  test('is said by where it is', () => {
    const environment = { EXAMPLE_KEY: 'the-key' };
    expect(keyOrigin(withVariable, 'the-key', environment)).toEqual({
      kind: 'environment',
      name: 'EXAMPLE_KEY',
    });
    expect(keyOrigin(withVariable, 'stored-one', {})).toEqual({ kind: 'stored', host: 'api.example.com' });
    expect(keyOrigin(withVariable, undefined, {})).toEqual({ kind: 'missing', name: 'EXAMPLE_KEY' });
    const unencrypted = { ...withVariable, apiBase: 'http://10.0.0.5:4000/v1' };
    const held = keyOrigin(unencrypted, undefined, environment);
    expect(held).toEqual({ kind: 'held-back', name: 'EXAMPLE_KEY', host: 'http://10.0.0.5:4000' });
    expect(unavailability({ key: held, breaker: 'closed' })).toBe('missing-key');
    expect(modelOf({ key: held }).key).toEqual({
      text: 'held back: EXAMPLE_KEY is set, and is not sent to http://10.0.0.5:4000 without encryption until you allow it (“Conduit: Manage API Keys”)',
      good: false,
    });
    expect(keyOrigin(deploymentWith('local'), '', {})).toEqual({ kind: 'none-needed' });
    expect(keyOrigin(deploymentWith('local'), 'stored-one', {})).toEqual({
      kind: 'stored',
      host: '127.0.0.1:1',
    });
  });

  test('reads as words, and a key that was pasted in the place of a name is not shown', () => {
    expect(modelOf({}).key).toEqual({ text: 'environment EXAMPLE_KEY', good: true });
    expect(modelOf({ key: { kind: 'stored', host: 'api.example.com' } }).key.text).toBe(
      'stored for api.example.com',
    );
    expect(modelOf({ key: { kind: 'none-needed' } }).key.text).toBe('none needed');
    expect(modelOf({ key: { kind: 'missing', name: 'EXAMPLE_KEY' } }).key).toEqual({
      text: 'missing: EXAMPLE_KEY is not set',
      good: false,
    });
    expect(modelOf({ key: { kind: 'missing', name: 'sk-pasted-by-mistake-123' } }).key.text).not.toContain(
      'pasted',
    );
  });

  test('missing, or a breaker that is open, makes it unavailable', () => {
    const breaker = (state: BreakerState) => unavailability({ key: { kind: 'none-needed' }, breaker: state });
    expect(unavailability({ key: { kind: 'missing', name: undefined }, breaker: 'closed' })).toBe(
      'missing-key',
    );
    expect([breaker('open'), breaker('half-open'), breaker('closed')]).toEqual([
      'breaker-open',
      undefined,
      undefined,
    ]);
  });
});

test('a price says where it is from, and unknown is never free', () => {
  const unknown = { kind: 'unknown' } as const;
  expect(modelOf({}).price.text).toBe('price list: $0.15 in, $0.6 out per million tokens');
  expect(modelOf({ price: { input: unknown, output: unknown, learntUsd: undefined } }).price).toEqual({
    text: 'unknown',
    good: false,
  });
  expect(modelOf({ price: { input: unknown, output: unknown, learntUsd: 0.002 } }).price.text).toBe(
    'unknown; $0.0020 an answer so far',
  );
  const free = { kind: 'exact', usd: 0 } as const;
  const local = {
    deployment: deploymentWith('llama'),
    price: { input: free, output: free, learntUsd: undefined },
  };
  expect(modelOf(local).price).toEqual({ text: 'free (local)', good: true });
  const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 2e-6 };
  expect(modelOf({ deployment: deploymentWith('mini', { price }) }).price.text).toMatch(/^conduit\.yaml: /);
  const proxy = deploymentWith('mini', { provider: 'litellm_proxy' });
  expect(modelOf({ deployment: proxy }).price.text).toMatch(/^proxy: /);
});

describe('a check', () => {
  const check = (state: CheckState) => modelOf({ check: state }).check;

  test('that went well names who served it, the time and the cost', () => {
    const result = {
      kind: 'answered',
      servedModel: 'mini-2026',
      timeToFirstTokenMs: 420,
      cost: { kind: 'exact', usd: 0.0001 },
    } as const;
    expect(check({ kind: 'done', result }).text).toBe(
      'mini-2026 answered; first token after 420 ms; $0.0001',
    );
    expect(
      check({ kind: 'done', result: { ...result, servedModel: undefined, cost: { kind: 'unknown' } } }).text,
    ).toBe('answered; first token after 420 ms; cost unknown');
  });

  test('that failed says why, without the key, and what to do', () => {
    const failure = { reason: 'refused-key', detail: `Incorrect key ${key}.`, status: 401 } as const;
    const shown = check({ kind: 'done', result: { kind: 'failed', failure } });
    expect(shown).toMatchObject({ state: 'failed', action: 'set-key' });
    expect(shown.text).toMatch(/^key refused: Incorrect key \[key\]/);
  });

  test('sums up: how many, and what they cost', () => {
    const done = (usd: number): CheckState => ({
      kind: 'done',
      result: {
        kind: 'answered',
        servedModel: undefined,
        timeToFirstTokenMs: 1,
        cost: { kind: 'exact', usd },
      },
    });
    const models = [
      facts('a', { check: done(0.0002) }),
      facts('b', { check: done(0.0003) }),
      facts('c', { check: { kind: 'broken', detail: 'no' } }),
      facts('d', { check: { kind: 'cancelled' } }),
    ];
    expect(view(models, { checks: { done: 4, total: 4 } }).checks).toEqual({
      running: false,
      text: '2 answered, 1 failed; cost $0.0005.',
    });
    const running = [...models, facts('e', { check: { kind: 'running' } })];
    expect(view(running, { checks: { done: 4, total: 5 } }).checks).toEqual({
      running: true,
      text: '4 of 5 checked…',
    });
  });
});

test('the facts: budget, spending, ledger, encoder, cache', () => {
  const shown = view([facts('mini')]);
  expect(fact(shown, 'Daily budget')).toBe('$2.00');
  expect(fact(shown, 'Spent today')).toBe('$0.5000');
  expect(fact(shown, 'Entries')).toBe('12, 45 kB, schema 1');
  expect(fact(shown, 'Sentence encoder')).toMatch(/without one/);
  expect(fact(shown, 'Public figures of models')).toBe('as of 2026-08-18');
  const configuration = configurationWith([], { priors: false });
  expect(fact(view([facts('mini')], { configuration }), 'Public figures of models')).toMatch(/not used/);
  expect(fact(shown, 'Kept data')).toMatch(
    /models can: as of 20\d\d-\d\d-\d\d; prices: as of 20.* \(list \d/,
  );
  const others = view([facts('mini')], {
    spent: { usd: 0.5, expectedUsd: 0, unknownAttempts: 2 },
    ledger: 'could not be read: no such file',
    cache: { kind: 'redis-down', host: 'cache.example:6379', entries: 1, sinceMs: 0, detail: 'refused' },
  });
  expect(fact(others, 'Spent today')).toBe('at least $0.5000');
  expect(fact(others, 'Ledger')).toBe('could not be read: no such file');
  expect(fact(others, 'Cache')).toMatch(/cache\.example:6379 is not reached since .*refused.*1 entry/);
});

/** What the ledger says of a model whose calls failed for these reasons, the last one last. */
function failed(...reasons: readonly FailureReason[]): ModelStats | undefined {
  const fold = createStatsFold();
  fold.apply({ kind: 'decision', decision: decisionWith({ deploymentId: 'mini' }), sequence: 1, atMs: 0 });
  for (const [index, reason] of reasons.entries()) {
    const failure = { reason, detail: `It said ${key}`, status: undefined };
    const attempt = attemptWith({ deploymentId: 'mini', index, outcome: 'failed', failure });
    fold.apply({ kind: 'attempt', attempt, sequence: 2 + index, atMs: 60_000 * index });
  }
  return fold.snapshot().pools[0]?.models[0];
}

describe('a model that may give no answer', () => {
  test('says how likely that is, and why: its last failures, the latest first', () => {
    const stats = failed('timeout', 'network', 'server-error', 'server-error');
    const { doubt } = modelOf({ stats, risk01: 0.384 });
    expect(doubt).toMatch(
      /^expected to fail: 38 % \(server error, [^;]+; server error, [^;]+; server not reached, [^;]+\)\. Retry\.$/,
    );
  });

  test('an expired key explains itself, with what to do', () => {
    const { doubt } = modelOf({ stats: failed('refused-key'), risk01: 0.9 });
    expect(doubt).toMatch(/^expected to fail: 90 % \(key refused, .*\)\. Set the key again/);
  });

  test('a breaker that is open says why, once nothing is held against the model any more', () => {
    const { doubt } = modelOf({ stats: failed('quota'), breaker: 'open' });
    expect(doubt).toMatch(/^it rests since it failed \(quota used up, .*\)\. Check the account/);
  });

  test('what failed long ago is held against nobody', () => {
    expect(modelOf({ stats: failed('timeout'), risk01: 0.004 }).doubt).toBeUndefined();
    expect(modelOf({}).doubt).toBeUndefined();
  });

  test('stands in the text too', () => {
    const text = doctorText(view([facts('mini', { stats: failed('refused-key'), risk01: 0.5 })]));
    expect(text).toContain('  - expected to fail: 50 % (key refused, ');
  });
});

test('what was learnt from is told as on the stats page, with how it is turned off', () => {
  const off = { ...shippedSignals, regenerated: { ...shippedSignals.regenerated, weight: 0 } };
  const fold = createStatsFold({ signals: off });
  fold.apply({ kind: 'decision', decision: decisionWith(), sequence: 1, atMs: 0 });
  fold.apply({ kind: 'attempt', attempt: attemptWith(), sequence: 2, atMs: 0 });
  for (const [index, kind] of (['completed', 'copied', 'regenerated'] as const).entries()) {
    const observation = { decisionId: 'decision', deploymentId: 'strong', signal: { kind } };
    fold.apply({ kind: 'observation', observation, sequence: 3 + index, atMs: 0 });
  }
  const { told } = fold.snapshot();
  const shown = view([facts('mini')], { told, configuration: configurationWith([], { signals: off }) });
  expect(fact(shown, 'Answers told of')).toBe('1 of 1');
  expect(fact(shown, 'copied, all or a part')).toBe('answers: 1, counted: 1, weight: 0.04 (signals.copied)');
  expect(fact(shown, 'another answer was asked for')).toBe(
    'answers: 1, counted: 0, weight: off (signals.regenerated)',
  );
  expect(fact(shown, 'Did not occur')).toBe(`${String(Object.keys(off).length - 3)} other signals`);
  expect(fact(shown, 'To turn one off')).toContain('signals: { copied: off }');
  expect(doctorText(shown)).toContain('- copied, all or a part: answers: 1, counted: 1');
  expect(fact(view([facts('mini')]), 'Answers told of')).toBe('not known');
});

describe('the text', () => {
  test('holds everything that the page shows', () => {
    const failed = { reason: 'timeout', atMs: 0 } as const;
    const text = doctorText(
      view([facts('mini', { lastFailure: failed, breaker: 'open' })], {
        problems: [{ severity: 'error', text: 'conduit.yaml:7: no such provider' }],
        log: [{ atMs: 0, severity: 'warning', text: 'It was slow.' }],
      }),
    );
    for (const part of [
      '## Pool default (in use)',
      '- **mini**',
      'breaker: open',
      'last error: no answer in time',
      '- error: conduit.yaml:7: no such provider',
      'It was slow.',
      '- Conduit: 0.1.0',
    ])
      expect(text).toContain(part);
  });

  test('holds no key, wherever one has got to, even one that doesn’t look like one', () => {
    const failure = { reason: 'server-error', detail: `You sent ${passPhrase}`, status: 500 } as const;
    const planted = facts('mini', { check: { kind: 'done', result: { kind: 'failed', failure } } });
    const shown = view(
      [planted],
      {
        file: { path: `/home/${passPhrase}/conduit.yaml`, exists: true },
        problems: [{ severity: 'error', text: `conduit.yaml:1: '${key}' is no name` }],
        log: [{ atMs: 0, severity: 'error', text: `Authorization: Bearer ${key}` }],
        versions: [['Conduit', passPhrase]],
      },
      [key, passPhrase, 'ollama'],
    );
    for (const secret of [key, passPhrase]) {
      expect(JSON.stringify(shown)).not.toContain(secret);
      expect(doctorText(shown)).not.toContain(secret);
    }
  });

  test('takes a short key out of what others said', () => {
    const shown = view(
      [facts('mini')],
      { log: [{ atMs: 0, severity: 'error', text: 'No such user: hunter2' }] },
      ['hunter2'],
    );
    expect(shown.log[0]?.text).toBe('No such user: [key]');
  });

  test('keeps names that are also a key of no secrecy', () => {
    const shown = view([facts('ollama-llama')], {}, ['ollama']);
    expect(shown.pools[0]?.models[0]).toMatchObject({ id: 'ollama-llama', name: 'ollama-llama' });
  });
});
