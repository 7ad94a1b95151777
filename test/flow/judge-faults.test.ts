import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import { memoryRecord } from '../../src/ledger/memory-ledger';
import { fixture } from '../providers/stream-helpers';
import { deploymentOf, fixturesOf, vendors } from '../providers/wire-fixtures';
import type { Behaviour } from '../wire/behaviour';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';
import { warmUp } from './fault-run';
import { faultsOf } from './faulty-behaviours';
import { answering, endsIn, openJudgeWindow, verdictsIn } from './judge-windows';
import { ask } from './windows';

/**
 * Whatever a judge's server does, the answer stands, nothing is thrown, and what came of it is one row: every recorded
 * stream and refusal of every vendor, and everything that the campaign of faults does to answers.
 */

let answers: WireServer;
let judge: WireServer;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
let cases = 0;

beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  [answers, judge] = await Promise.all([startOpenAiServer(), startReplayServer()]);
  // No answer waits until an SDK is loaded.
  await warmUp([answering(answers.url)]);
});
afterAll(async () => {
  process.off('unhandledRejection', onUnhandled);
  await Promise.all([answers.close(), judge.close()]);
  console.log(`${String(cases)} things that a judge's server may do were tried.`);
});

/** What is in the ledger after an answer that is judged by a server that does this. */
async function judged(deployment: Deployment, behaviour: Behaviour, server = judge) {
  cases += 1;
  server.forget();
  server.script(behaviour);
  const ledger = memoryRecord(Date.now).open();
  const logged: string[] = [];
  const log = (text: string): void => void logged.push(text);
  const conduit = openJudgeWindow({
    ledger,
    deployments: [answering(answers.url)],
    others: [{ ...deployment, id: 'judge', pool: 'judges', model: 'mistral-large' }],
    log: { debug: log, info: log, warn: log, error: log },
    configuration: { limits: { firstTokenMs: 1_500, stallMs: 1_000, requestMs: 5_000, retries: 0 } },
  });
  const events = await ask(conduit);
  expect(events.at(-1)?.type).toBe('finished');
  const deadline = performance.now() + 8_000;
  let ends = endsIn(await ledger.readAfter(0));
  while (ends.length === 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    ends = endsIn(await ledger.readAfter(0));
  }
  const entries = await ledger.readAfter(0);
  await conduit.close();
  return { ends, verdicts: verdictsIn(entries), logged: logged.join('\n') };
}

test.each(vendors)(
  'every recorded reply of %s ends in no verdict, and is told as what it was',
  async (vendor) => {
    const { streams, errors } = fixturesOf(vendor);
    const deployment = deploymentOf(vendor, judge.url);
    for (const file of Object.keys(streams)) {
      const { ends, verdicts } = await judged(deployment, {
        kind: 'raw',
        body: fixture(`${vendor}/${file}`),
      });
      expect(ends, file).toHaveLength(1);
      expect(verdicts, file).toEqual([]);
      expect(['no-verdict', 'failed'], file).toContain(ends[0]?.outcome);
    }
    for (const [name, { status, body, headers }] of Object.entries(errors)) {
      const behaviour = { kind: 'error', status, body, ...(headers && { headers }) } as const;
      const { ends, verdicts } = await judged(deployment, behaviour);
      expect(ends, name).toMatchObject([{ outcome: 'failed' }]);
      expect(verdicts, name).toEqual([]);
    }
    expect(unhandled).toEqual([]);
  },
  240_000,
);

test.each([
  ['openai', 'chat-completions', startOpenAiServer],
  ['anthropic', 'anthropic-messages', startAnthropicServer],
] as const)(
  'so does everything else that servers do: %s',
  async (vendor, protocol, start) => {
    const server = await start();
    const deployment = { ...deploymentOf(vendor, server.url), protocol };
    for (const [name, behaviour] of Object.entries(faultsOf(vendor, 'quoted from an answer'))) {
      const { ends, verdicts, logged } = await judged(deployment, behaviour, server);
      expect(ends, name).toHaveLength(1);
      expect(verdicts, name).toEqual([]);
      expect(logged, name).not.toContain('quoted from an answer');
    }
    await server.close();
    expect(unhandled).toEqual([]);
  },
  240_000,
);
