import { describe, expect, test } from 'vitest';
import type { DispatchEvent } from '../../../src/core/terms/dispatch';
import type { CheckResult } from '../../../src/providers/check-deployment';
import type { CheckDeployment } from '../../../src/editor/doctor/doctor-checks';
import { createChecks } from '../../../src/editor/doctor/doctor-checks';
import { createFailureMemory } from '../../../src/editor/doctor/doctor-failures';
import { attemptWith } from '../../core/samples';
import { deploymentWith } from '../../core/simulation';

const answered: CheckResult = {
  kind: 'answered',
  servedModel: undefined,
  timeToFirstTokenMs: 10,
  cost: { kind: 'unknown' },
};
const models = ['a', 'b', 'c', 'd', 'e'].map((id) => deploymentWith(id));

/** Checks that end when the test says so. */
function manual() {
  const open = new Map<string, (result: CheckResult) => void>();
  let most = 0;
  const check: CheckDeployment = ({ id }, signal) =>
    new Promise((resolve) => {
      const end = (result: CheckResult): void => {
        open.delete(id);
        resolve(result);
      };
      open.set(id, end);
      most = Math.max(most, open.size);
      const failure = { reason: 'timeout', detail: '', status: undefined } as const;
      signal.addEventListener('abort', () => end({ kind: 'failed', failure }));
    });
  return { check, open, most: () => most };
}

describe('live checks', () => {
  test('run a few at a time until all are done, and say how far they are', async () => {
    const { check, open, most } = manual();
    const seen: string[] = [];
    const checks = createChecks(check, () => {
      const { done, total } = checks.progress();
      seen.push(`${String(done)}/${String(total)}`);
    });
    const all = checks.start(models);
    expect(models.map(({ id }) => checks.stateOf(id).kind)).toEqual(Array(5).fill('running'));
    while (open.size > 0) {
      for (const end of [...open.values()]) end(answered);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    expect(checks.stateOf('e')).toEqual({ kind: 'done', result: answered });
    expect(seen).toEqual(['0/5', '1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(most()).toBe(3);
  });

  test('that are under way are not started twice', async () => {
    const { check, open } = manual();
    let asked = 0;
    const checks = createChecks(
      (deployment, signal) => {
        asked += 1;
        return check(deployment, signal);
      },
      () => undefined,
    );
    const first = checks.start(models.slice(0, 1));
    await checks.start(models.slice(0, 1));
    open.get('a')?.(answered);
    await first;
    expect(asked).toBe(1);
    expect(checks.stateOf('b')).toEqual({ kind: 'none' });
  });

  test('are cancelled, those under way and those that wait, and can be started again', async () => {
    const { check, open } = manual();
    const checks = createChecks(check, () => undefined);
    const all = checks.start(models);
    checks.cancel();
    await all;
    expect(models.map(({ id }) => checks.stateOf(id).kind)).toEqual(Array(5).fill('cancelled'));
    const again = checks.start(models.slice(0, 1));
    open.get('a')?.(answered);
    await again;
    expect(checks.stateOf('a').kind).toBe('done');
    expect(checks.progress()).toEqual({ done: 1, total: 1 });
  });

  test('that can’t be made say why', async () => {
    const checks = createChecks(
      () => Promise.reject(new Error('no chunk')),
      () => undefined,
    );
    await checks.start(models);
    expect(checks.stateOf('c')).toEqual({ kind: 'broken', detail: 'no chunk' });
  });
});

test('the last failure of each deployment is remembered, by reason and time, and nothing is lost on the way', async () => {
  const failure = { reason: 'rate-limit', detail: 'your prompt was …', status: 429 } as const;
  const failed = attemptWith({ deploymentId: 'mini', outcome: 'failed', failure });
  const events: readonly DispatchEvent[] = [
    { type: 'started', deploymentId: 'mini' },
    { type: 'fell-back', attempt: failed, failure, to: 'large' },
    { type: 'started', deploymentId: 'large' },
    { type: 'completed', attempt: attemptWith({ deploymentId: 'large' }), truncated: false },
  ];
  const memory = createFailureMemory(() => 77);
  const watched = memory.watch({
    dispatch: async function* () {
      for (const event of events) yield await Promise.resolve(event);
    },
  });
  const order = { decisionId: 'd', deployments: models, messages: [] };
  const passed: DispatchEvent[] = [];
  for await (const event of watched.dispatch(order, new AbortController().signal)) passed.push(event);
  expect(passed).toEqual(events);
  expect(memory.lastOf('mini')).toEqual({ reason: 'rate-limit', atMs: 77 });
  expect(memory.lastOf('large')).toBeUndefined();
});
