import { budgetsWith } from '../core/samples';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conduit } from '../../src/core/conduit';
import type { Configuration } from '../../src/core/terms/configuration';
import type { LoopSign } from '../../src/core/terms/observation';
import type { ModelEvent } from '../../src/core/terms/ports';
import type { ToolCall, ToolDefinition } from '../../src/core/terms/tools';
import { deploymentWith } from '../core/simulation';
import type { Agent, AgentStep } from './agent';
import { agentOn } from './agent';
import type { Windows } from './windows';
import { createWindows, says } from './windows';

/** What a router notices of agents' loops, and what it does where one is stuck. Only the models' wire is scripted. */

let windows: Windows;

beforeEach(() => {
  windows = createWindows();
});

afterEach(() => windows.remove());

const tools: readonly ToolDefinition[] = ['read_file', 'apply_diff', 'run_in_terminal'].map((name) => ({
  name,
  description: name,
  inputSchema: undefined,
}));
const price = { inputUsdPerToken: 1e-6, outputUsdPerToken: 4e-6 };
const stuckSteps = 30;

let ids = 0;
async function* calls(name: string, input: ToolCall['input']): AsyncIterable<ModelEvent> {
  ids += 1;
  yield await Promise.resolve({ type: 'tool-call', call: { id: `call_${String(ids)}`, name, input } });
  yield* says();
}

/** A model that reads the same file without end. */
const reads = (): AsyncIterable<ModelEvent> => calls('read_file', { path: 'invoice.ts' });

interface Opened {
  readonly conduit: Conduit;
  readonly agent: Agent;
  /** Who was asked, in order. */
  readonly asked: readonly string[];
}

async function open(
  configuration: Partial<Configuration>,
  answer: (id: string, first: string) => AsyncIterable<ModelEvent> = reads,
  models: readonly string[] = ['a', 'b'],
): Promise<Opened> {
  const asked: string[] = [];
  const conduit = await windows.open({
    answer: ({ id }) => {
      asked.push(id);
      return answer(id, asked[0] ?? id);
    },
    deployments: models.map((id) => deploymentWith(id, { price })),
    configuration,
  });
  const agent = agentOn({
    conduit,
    tools,
    run: ({ name }) => (name === 'read_file' ? 'const lines = [];' : ''),
  });
  return { conduit, agent, asked };
}

async function steps(agent: Agent, count: number, change = {}): Promise<readonly AgentStep[]> {
  const all: AgentStep[] = [];
  for (let step = 0; step < count; step += 1) all.push(await agent.step(change));
  return all;
}

/** The signs that the ledger has of a decision, with the model that they are of. */
async function signsOf(decisionId: string | undefined): Promise<readonly (readonly [string, LoopSign])[]> {
  const entries = await (await windows.openLedger()).readDecision(decisionId ?? '');
  return entries.flatMap((entry) => {
    if (entry.kind !== 'observation' || entry.observation.signal.kind !== 'loop') return [];
    return [[entry.observation.deploymentId, entry.observation.signal.sign] as const];
  });
}

const typesOf = ({ events }: AgentStep): readonly string[] => events.map(({ type }) => type);

describe('a stuck agent of thirty steps', () => {
  test('with `auto`: the next step goes to another model, as a decision that names the first, with what it costs', async () => {
    const { agent, asked } = await open({ escalate: 'auto' });
    const all = await steps(agent, stuckSteps);
    const [begun] = all;
    const change = all.find(({ decision }) => decision?.escalatedFrom !== undefined);
    const first = begun?.decision;
    const second = change?.decision;
    expect(second).toMatchObject({
      escalatedFrom: first?.id,
      escalation: {
        deploymentId: first?.deploymentId,
        steps: 11,
        stuck: 'repeats',
        stayUsd: expect.any(Number) as number,
      },
      excluded: [{ deploymentId: first?.deploymentId, reason: 'stuck' }],
    });
    expect(second?.deploymentId).not.toBe(first?.deploymentId);
    const [chosen] = second?.candidates ?? [];
    expect(chosen?.cache).toBeUndefined();
    // All that was said until then, at the full price, and an answer.
    expect(chosen?.costUsd).toBeGreaterThan((second?.inputTokens ?? Infinity) * price.inputUsdPerToken);
    // The second is stuck as well: a loop has one change, and keeps to it.
    const at = all.indexOf(change!);
    expect(new Set(asked.slice(0, at))).toEqual(new Set([first?.deploymentId]));
    expect(new Set(asked.slice(at))).toEqual(new Set([second?.deploymentId]));
    expect(all.some((step) => typesOf(step).includes('stuck'))).toBe(false);
  });

  test('is evidence on each model for its own part, each sign once, also over a reload of the window', async () => {
    const { conduit, agent } = await open({ escalate: 'auto' });
    const all = await steps(agent, stuckSteps - 8);
    const [begun] = all;
    const second = all.find(({ decision }) => decision?.escalatedFrom !== undefined)?.decision;
    await conduit.refresh();
    const reloaded = await open({ escalate: 'auto' });
    agent.moveTo(reloaded.conduit);
    await steps(agent, 8);
    const stuckOne = begun?.decision?.deploymentId ?? '';
    const other = second?.deploymentId ?? '';
    expect(await signsOf(begun?.decision?.id)).toEqual([
      [stuckOne, 'repeated-call'],
      [stuckOne, 'given-up'],
    ]);
    expect(await signsOf(second?.id)).toEqual([[other, 'repeated-call']]);
    expect(agent.decisionId()).toBe(second?.id);
  });

  test('with `ask`: it goes on where it is and the user is asked; once they agree, the next step goes elsewhere', async () => {
    const { agent, asked } = await open({ escalate: 'ask' });
    const all = await steps(agent, stuckSteps);
    const told = all.find((step) => typesOf(step).includes('stuck'));
    const [first = ''] = asked;
    const other = first === 'a' ? 'b' : 'a';
    expect(told?.events[0]).toEqual({
      ...{ type: 'stuck', decisionId: all[0]?.decision?.id, deploymentId: first, stuck: 'repeats' },
      next: { deploymentId: other, costUsd: expect.any(Number) as number },
    });
    expect(typesOf(told!)).toEqual(['stuck', 'decided', 'tool-call', 'finished']);
    expect(new Set(asked)).toEqual(new Set([first]));
    const next = await agent.step({ escalate: true });
    expect(next.decision).toMatchObject({ deploymentId: other, escalatedFrom: all[0]?.decision?.id });
  });

  test('with `off`: nothing but what it showed is noted', async () => {
    const { agent, asked } = await open({ escalate: 'off' });
    const all = await steps(agent, stuckSteps, { escalate: true });
    expect(new Set(asked).size).toBe(1);
    expect(all.some((step) => typesOf(step).includes('stuck'))).toBe(false);
    expect(await signsOf(agent.decisionId())).toEqual([[asked[0], 'repeated-call']]);
  });

  test.each(['auto', 'ask'] as const)(
    'with `%s` and nobody else: it goes on, and nobody is asked',
    async (escalate) => {
      const { agent, asked } = await open({ escalate }, reads, ['a']);
      const all = await steps(agent, stuckSteps);
      expect(asked).toHaveLength(stuckSteps);
      expect(all.some((step) => typesOf(step).includes('stuck'))).toBe(false);
      expect(new Set(all.map(({ decision }) => decision?.id)).size).toBe(1);
    },
  );

  test('stays where the budget holds the other model off', async () => {
    const asked: string[] = [];
    const conduit = await windows.open({
      answer: ({ id }) => {
        asked.push(id);
        return reads();
      },
      deployments: [
        deploymentWith('a', { price }),
        deploymentWith('b', { price: { inputUsdPerToken: 1, outputUsdPerToken: 1 } }),
      ],
      configuration: { escalate: 'auto', budgets: budgetsWith({ request: 0.5 }) },
    });
    const agent = agentOn({ conduit, tools, run: () => 'const lines = [];' });
    await steps(agent, stuckSteps);
    expect(new Set(asked)).toEqual(new Set(['a']));
  });

  test('changes its model only where every call has its result', async () => {
    async function* both(): AsyncIterable<ModelEvent> {
      for (const name of ['read_file', 'run_in_terminal']) {
        ids += 1;
        yield await Promise.resolve({
          type: 'tool-call',
          call: { id: `call_${String(ids)}`, name, input: {} },
        });
      }
      yield* says();
    }
    const asked: string[] = [];
    const conduit = await windows.open({
      answer: ({ id }) => {
        asked.push(id);
        return both();
      },
      deployments: ['a', 'b'].map((id) => deploymentWith(id, { price })),
      configuration: { escalate: 'auto' },
    });
    let isWhole = false;
    const run = ({ name }: ToolCall): string | undefined =>
      name === 'read_file' || isWhole ? 'const lines = [];' : undefined;
    const agent = agentOn({ conduit, tools, run });
    await steps(agent, stuckSteps);
    expect(new Set(asked).size).toBe(1);
    isWhole = true;
    await steps(agent, 2);
    expect(new Set(asked).size).toBe(2);
  });
});

describe('a loop that ends', () => {
  const red = 'Tests:       1 failed, 3 passed, 4 total';
  const green = 'Tests:       4 passed, 4 total';

  /** Runs the tests, edits, and runs them again; then the model says that it is done. */
  async function mended(outputs: readonly string[]): Promise<{ agent: Agent; asked: readonly string[] }> {
    const asked: string[] = [];
    const script = [
      () => calls('run_in_terminal', { command: 'npm test' }),
      () => calls('apply_diff', { path: 'a.ts', diff: '-a\n+b' }),
      () => calls('run_in_terminal', { command: 'npm test' }),
      () => says('Done.'),
    ];
    const conduit = await windows.open({
      answer: ({ id }) => {
        const next = script[asked.length] ?? (() => says('Done.'));
        asked.push(id);
        return next();
      },
      deployments: ['a', 'b'].map((id) => deploymentWith(id, { price })),
    });
    const left = [...outputs];
    const agent = agentOn({
      conduit,
      tools,
      run: ({ name }) => (name === 'run_in_terminal' ? left.shift() : 'Changes applied.'),
    });
    return { agent, asked };
  }

  test('tells that tests turned green, and not before it ends', async () => {
    const { agent, asked } = await mended([red, green]);
    await steps(agent, 3);
    const decisionId = agent.decisionId();
    expect(await signsOf(decisionId)).toEqual([]);
    await agent.step();
    expect(await signsOf(decisionId)).toEqual([[asked[0], 'turned-green']]);
  });

  test('tells that they turned red', async () => {
    const { agent, asked } = await mended([green, red]);
    await steps(agent, 4);
    expect(await signsOf(agent.decisionId())).toEqual([[asked[0], 'turned-red']]);
  });

  test('tells of the user’s stop: a step that was cancelled', async () => {
    const controller = new AbortController();
    const { agent, asked } = await open({}, () => {
      if (asked.length > 1) controller.abort();
      return reads();
    });
    await agent.step();
    expect(typesOf(await agent.step({}, controller.signal)).at(-1)).toBe('stopped');
    expect(await signsOf(agent.decisionId())).toEqual([[asked[0], 'stopped-by-user']]);
  });

  test('tells of the user’s stop: another question in the middle of it', async () => {
    const { agent, asked } = await open({});
    await steps(agent, 2);
    const broken = agent.decisionId();
    await agent.step({ continues: undefined, interrupts: broken });
    expect(agent.decisionId()).not.toBe(broken);
    expect(await signsOf(broken)).toEqual([[asked[0], 'stopped-by-user']]);
  });

  test('by a tool that says so is not stopped by what the user says next', async () => {
    const { agent } = await open({}, () => calls('attempt_completion', { result: 'Done.' }));
    await agent.step();
    const ended = agent.decisionId();
    await agent.step({ continues: undefined, interrupts: ended });
    expect(await signsOf(ended)).toEqual([]);
  });
});

test('a ledger that doesn’t take a sign holds nobody up', async () => {
  const { agent } = await open({ escalate: 'off' });
  await steps(agent, 3);
  const [ledger] = windows.opened;
  const append = ledger!.append.bind(ledger);
  ledger!.append = (entries) =>
    entries.some((entry) => entry.kind === 'observation' && entry.observation.signal.kind === 'loop')
      ? Promise.reject(new Error('full'))
      : append(entries);
  expect(typesOf(await agent.step())).toEqual(['decided', 'tool-call', 'finished']);
});
