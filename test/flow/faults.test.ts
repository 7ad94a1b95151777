import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Attempt } from '../../src/core/terms/attempt';
import { failureReasons } from '../../src/core/terms/failure';
import type { StoredEntry } from '../../src/core/terms/ledger-entry';
import { seededRandom } from '../core/seeded-random';
import { campaignSeed, runs } from '../runs';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { lastUserText, modelOf } from '../wire/wire-server';
import type { Asked, FaultRun } from './fault-run';
import { faultLimits, faultyPool, runFaults, warmUp } from './fault-run';
import type { FaultyBehaviours } from './faulty-behaviours';
import { createFaultyBehaviours, markersIn } from './faulty-behaviours';
import { storedAttempt } from '../ledger/as-stored';

/**
 * What must hold whatever the servers do: thousands of requests over the real SDKs against servers that fail in every
 * way, with a ledger in a file.
 */

const requests = runs(4_000);
/** Far beyond the deadline of a request: a busy machine is no failure, a request that hangs is. */
const longestMs = faultLimits.requestMs + 15_000;

/** Where there is one: each request flushes three commits to the disk, and the disk isn't what is tested. */
const memoryFolder = '/dev/shm';

let folder: string;
let servers: readonly { readonly server: WireServer; readonly behaviours: FaultyBehaviours }[];
let run: FaultRun;
let stored: readonly StoredEntry[];
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  folder = mkdtempSync(path.join(existsSync(memoryFolder) ? memoryFolder : tmpdir(), 'conduit-faults-'));
  const random = seededRandom(campaignSeed('faults'));
  const [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  servers = [
    { server: openai, behaviours: createFaultyBehaviours('openai', random) },
    { server: anthropic, behaviours: createFaultyBehaviours('anthropic', random) },
  ];
  const deployments = await faultyPool(openai.url, anthropic.url);
  await warmUp(deployments);
  for (const { server, behaviours } of servers) {
    server.forget();
    server.script(behaviours.choose);
  }
  const startedMs = performance.now();
  run = await runFaults({ requests, atOnce: 32, folder, deployments, random });
  stored = await run.ledger.readAfter(0);
  console.log(summary((performance.now() - startedMs) / 1_000));
}, runs(600_000));

afterAll(async () => {
  process.off('unhandledRejection', onUnhandled);
  await run.ledger.close();
  await Promise.all(servers.map(({ server }) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

type End = Extract<AnswerEvent, { type: 'finished' | 'failed' | 'stopped' }>;

function endOf({ events }: Asked): End | undefined {
  const end = events.at(-1);
  return end?.type === 'finished' || end?.type === 'failed' || end?.type === 'stopped' ? end : undefined;
}

function textOf({ events }: Asked): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

test('nothing was rejected unheard, and no request hung', () => {
  expect(unhandled).toEqual([]);
  expect(run.asked).toHaveLength(requests);
  expect(Math.max(...run.asked.map(({ tookMs }) => tookMs))).toBeLessThan(longestMs);
});

test('each request ended once, in an answer, a clear error, or a stop that the user asked for', () => {
  const wrong = run.asked.filter((asked) => {
    const end = endOf(asked);
    const ends = asked.events.filter(({ type }) => ['finished', 'failed', 'stopped'].includes(type));
    if (end === undefined || ends.length !== 1) return true;
    switch (end.type) {
      case 'finished':
        return textOf(asked) === '';
      case 'failed':
        return end.failure.detail.length < 8 || end.partial !== (textOf(asked) !== '');
      case 'stopped':
        return !asked.stoppedByUser;
    }
  });
  expect(wrong).toEqual([]);
  const types = countsOf(run.asked.map((asked) => endOf(asked)?.type ?? 'none'));
  for (const type of ['finished', 'failed', 'stopped']) expect(types[type]).toBeGreaterThan(requests / 50);
});

test('no answer is mixed from two models, or from two answers of one', () => {
  let marked = 0;
  const mixed = run.asked.filter((asked) => {
    const text = textOf(asked);
    if (text === '') return false;
    marked += 1;
    const [marker = '', ...others] = markersIn(text);
    const model = marker.split('#')[0];
    return others.length > 0 || model !== endOf(asked)?.attempt.deploymentId;
  });
  expect(mixed).toEqual([]);
  expect(marked).toBeGreaterThan(requests / 5);
});

test('each attempt that was started is in the ledger as the user was told of it', () => {
  const recorded = attemptsIn(stored);
  expect(run.attempts).toHaveLength(run.started);
  // The provider's words stay out of the ledger.
  const told = run.attempts.map(storedAttempt).map((attempt) => ({
    ...attempt,
    failure: attempt.failure && { ...attempt.failure, detail: '' },
  }));
  const keyed = (attempts: readonly Attempt[]): ReadonlyMap<string, Attempt> =>
    new Map(attempts.map((attempt) => [`${attempt.decisionId} ${String(attempt.index)}`, attempt]));
  expect(recorded).toHaveLength(told.length);
  expect(keyed(recorded)).toEqual(keyed(told));
});

test('the servers’ logs hold the calls that the ledger says were made, and no others', () => {
  const prompts = new Map(
    stored.flatMap((entry) =>
      entry.kind === 'decision' ? [[entry.decision.id, nameIn(entry.decision.prompt ?? '')] as const] : [],
    ),
  );
  const attempts = attemptsIn(stored).filter(({ deploymentId }) => deploymentId !== 'nobody');
  const keyOf = (attempt: Attempt): string =>
    `${prompts.get(attempt.decisionId) ?? ''} ${attempt.deploymentId}`;
  const begun = countsOf(attempts.map(keyOf));
  const surelySent = countsOf(attempts.filter(wasSurelySent).map(keyOf));
  // A 404 is followed by a look for the right address, which carries no prompt.
  const logged = servers.flatMap(({ server }) => server.requests.filter(({ method }) => method === 'POST'));
  const arrived = countsOf(logged.map((request) => `${nameIn(lastUserText(request))} ${modelOf(request)}`));
  const wrong = [...new Set([...Object.keys(begun), ...Object.keys(arrived)])].filter((key) => {
    const count = arrived[key] ?? 0;
    return count < (surelySent[key] ?? 0) || count > (begun[key] ?? 0);
  });
  expect(wrong).toEqual([]);
  expect(logged.length).toBeGreaterThan(requests);
});

test('each connection is closed', async () => {
  await Promise.all(servers.flatMap(({ server }) => server.requests.map(({ settled }) => settled)));
});

test('servers failed in every way, and users met every kind of failure', () => {
  for (const { behaviours } of servers)
    expect(Math.min(...behaviours.counts.values())).toBeGreaterThan(requests / 1_000);
  const reasons = new Set(run.attempts.flatMap(({ failure }) => failure?.reason ?? []));
  expect(failureReasons.filter((reason) => !reasons.has(reason))).toEqual(['missing-key']);
  expect(run.attempts.filter(({ retried }) => retried === true).length).toBeGreaterThan(requests / 50);
  expect(run.opened).toBeGreaterThan(requests / 400);
});

function attemptsIn(entries: readonly StoredEntry[]): readonly Attempt[] {
  return entries.flatMap((entry) => (entry.kind === 'attempt' ? [entry.attempt] : []));
}

/** The server said something to it. Before a timeout, a stop or a broken connection the call may not have arrived. */
function wasSurelySent({ failure, receipt, outcome }: Attempt): boolean {
  return outcome === 'completed' || receipt.timeToFirstTokenMs !== undefined || failure?.status !== undefined;
}

function nameIn(prompt: string): string {
  return /^R\d+/.exec(prompt)?.[0] ?? '';
}

function countsOf(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function summary(seconds: number): string {
  const words = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${String(count)}`)
      .join(', ');
  const ends = countsOf(run.asked.map((asked) => endOf(asked)?.type ?? 'none'));
  const reasons = countsOf(run.attempts.map(({ failure, outcome }) => failure?.reason ?? outcome));
  const served = Object.fromEntries(servers.flatMap(({ behaviours }) => [...behaviours.counts]));
  const longest = Math.max(...run.asked.map(({ tookMs }) => tookMs));
  return [
    `${String(run.asked.length)} requests in ${seconds.toFixed(1)} s, the longest ${(longest / 1_000).toFixed(2)} s: ${words(ends)}`,
    `${String(run.attempts.length)} attempts: ${words(reasons)}; ${String(run.attempts.filter(({ retried }) => retried === true).length)} were tried again; breakers opened ${String(run.opened)} times`,
    `${String(servers.reduce((sum, { server }) => sum + server.requests.length, 0))} calls reached the servers, ${String(attemptsIn(stored).length)} attempts are in the ledger`,
    `${String(Object.keys(served).length)} kinds of behaviour`,
  ].join('\n');
}
