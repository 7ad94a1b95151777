import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Deployment } from '../../src/core/terms/deployment';
import { memoryRecord } from '../../src/ledger/memory-ledger';
import { fixture } from '../providers/stream-helpers';
import { deploymentOf, fixturesOf, vendors } from '../providers/wire-fixtures';
import type { Behaviour } from '../wire/behaviour';
import { startOpenAiServer } from '../wire/openai-server';
import { startReplayServer } from '../wire/replay-server';
import type { WireServer } from '../wire/wire-server';
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
});
afterAll(async () => {
  process.off('unhandledRejection', onUnhandled);
  await Promise.all([answers.close(), judge.close()]);
  console.log(`${String(cases)} things that a judge's server may do were tried.`);
});

/** What is in the ledger after an answer that is judged by a server that does this. */
async function judged(deployment: Deployment, behaviour: Behaviour) {
  cases += 1;
  judge.forget();
  judge.script(behaviour);
  const ledger = memoryRecord(Date.now).open();
  const logged: string[] = [];
  const log = (text: string): void => void logged.push(text);
  const conduit = openJudgeWindow({
    ledger,
    deployments: [answering(answers.url)],
    others: [{ ...deployment, id: 'judge', pool: 'judges', model: 'mistral-large', ...priced }],
    log: { debug: log, info: log, warn: log, error: log },
    configuration: { limits: { firstTokenMs: 250, stallMs: 250, requestMs: 1_000, retries: 0 } },
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

const priced = { price: { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 } };

test.each(vendors)('every recorded reply of %s ends in no verdict, and is told as what it was', async (vendor) => {
  const { streams, errors } = fixturesOf(vendor);
  const deployment = deploymentOf(vendor, judge.url);
  for (const file of Object.keys(streams)) {
    const { ends, verdicts } = await judged(deployment, { kind: 'raw', body: fixture(`${vendor}/${file}`) });
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
}, 120_000);

test.each([
  ['openai', 'chat-completions'],
  ['anthropic', 'anthropic-messages'],
] as const)('so does everything else that servers do: %s', async (vendor, protocol) => {
  const deployment = { ...deploymentOf(vendor, judge.url), protocol };
  const server = vendor === 'openai' ? answers : judge;
  expect(server.port).toBeGreaterThan(0);
  for (const [name, behaviour] of Object.entries(faultsOf(vendor, 'quoted from an answer'))) {
    // A replay server has no stream of its own: what would be one is told in bytes.
    if (behaviour.kind === 'answer') continue;
    const { ends, verdicts, logged } = await judged(deployment, behaviour);
    expect(ends, name).toHaveLength(1);
    expect(verdicts, name).toEqual([]);
    expect(logged, name).not.toContain('quoted from an answer');
  }
  expect(unhandled).toEqual([]);
}, 120_000);
