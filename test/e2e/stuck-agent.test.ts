import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { shippedSignals } from '../../src/core/reward/signal-table';
import type { EscalationMode } from '../../src/core/terms/configuration';
import type { Decision } from '../../src/core/terms/decision';
import { startOpenAiServer } from '../wire/openai-server';
import { openAiCall } from '../wire/tool-call-streams';
import type { WireServer } from '../wire/wire-server';
import { modelOf } from '../wire/wire-server';
import type { CompanionMessage, CompanionPart } from './companion';
import { askThroughCompanion, packCompanion, readCompanionLog } from './companion';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { outputFolder, packagedVsix } from './harness/files';
import { decisionsIn, evidenceOf, observationsIn, readLedger } from './ledger-reader';

/** An agent of another extension that gets nowhere, in the packaged VSIX: it is noticed, and helped as it was set. */

const logFile = path.join(outputFolder, `stuck-agent-${String(process.pid)}.jsonl`);
const steps = 30;
const price = 0.000001;

/** A pool for each way of setting it: that a file is in force shows in its pool. */
const poolOf = (mode: EscalationMode): string => `agents-${mode}`;

let openai: WireServer;
let editor: Editor;

beforeAll(async () => {
  openai = await startOpenAiServer();
  writeFileSync(logFile, '');
  editor = await startEditor({
    vsix: [packagedVsix(), await packCompanion()],
    env: { COMPANION_LOG: logFile },
    workspaceFiles: { 'invoice.ts': 'const lines = [];\n' },
    globalStorageFiles: { 'conduit.yaml': configuration('auto') },
  });
  await eventually(
    'the companion',
    () => readCompanionLog(logFile).some(({ port }) => port !== undefined) || undefined,
  );
  await answersIn('auto');
});

afterAll(async () => {
  await editor.close();
  await openai.close();
});

beforeEach(() => openai.forget());

/** Two models that are alike, in a pool whose name says how it is set. */
function configuration(escalate: EscalationMode): string {
  const model = (id: string): string =>
    `  - model_name: ${poolOf(escalate)}\n    litellm_params: { model: openai/${id}, api_base: '${openai.url}' }\n` +
    `    model_info: { id: ${poolOf(escalate)}-${id}, max_input_tokens: 200000, input_cost_per_token: ${String(price)}, output_cost_per_token: ${String(price)} }\n`;
  return `router: { priors: off, escalate: ${escalate} }\nmodel_list:\n${model('one')}${model('two')}`;
}

async function answersIn(mode: EscalationMode): Promise<void> {
  await eventually(`the pool ${poolOf(mode)}`, async () => {
    const messages = [{ role: 'user', parts: [{ text: 'Hello?' }] }] as const;
    const { error } = await askThroughCompanion(logFile, { id: poolOf(mode), messages });
    return error === undefined || undefined;
  });
}

async function set(escalate: EscalationMode): Promise<void> {
  writeFileSync(path.join(editor.storageFolder(), 'conduit.yaml'), configuration(escalate));
  await answersIn(escalate);
}

/** Each model reads the same file without end, the one that took over too; ids are the server's. */
function scriptStuck(): void {
  let calls = 0;
  openai.script(({ body }) => ({
    kind: 'raw',
    body: openAiCall({
      id: `call_${String((calls += 1))}`,
      name: 'read_file',
      input: { path: 'invoice.ts' },
      inputTokens: Math.ceil(JSON.stringify(body).length / 4),
    }),
  }));
}

const tools = [{ name: 'read_file', description: 'Reads a file.', inputSchema: { type: 'object' } }];

/** An agent that works for so many steps, or until `done`. */
async function work(
  mode: EscalationMode,
  count: number,
  begun: readonly CompanionMessage[],
  done: () => boolean = () => false,
): Promise<readonly CompanionMessage[]> {
  let messages = begun;
  for (let step = 0; step < count && !done(); step += 1) {
    const { parts = [], error } = await askThroughCompanion(logFile, { id: poolOf(mode), messages, tools });
    if (error !== undefined) throw new Error(error.message);
    const results = parts.flatMap((part): readonly CompanionPart[] =>
      'call' in part ? [{ result: { id: part.call.id, text: 'const lines = [];' } }] : [],
    );
    messages = [...messages, { role: 'assistant', parts }, { role: 'user', parts: results }];
  }
  return messages;
}

const question = (text: string): readonly CompanionMessage[] => [{ role: 'user', parts: [{ text }] }];

interface Recorded {
  readonly decisions: readonly Decision[];
  /** By decision: which model, which sign. */
  readonly signs: readonly (readonly [string, string, string])[];
}

/** What the ledger has of a pool's agents: not of the greeting. */
async function recorded(mode: EscalationMode): Promise<Recorded> {
  const entries = await readLedger(editor.storageFolder());
  const decisions = decisionsIn(entries).filter(
    (decision) => decision.pool === poolOf(mode) && decision.task.startsWith('agent'),
  );
  const ids = decisions.map(({ id }) => id);
  const signs = observationsIn(entries).flatMap(({ decisionId, deploymentId, signal }) =>
    signal.kind === 'loop' && ids.includes(decisionId)
      ? [[decisionId, deploymentId, signal.sign] as const]
      : [],
  );
  return { decisions, signs };
}

test('`auto`: it is noticed within thirty steps, what it showed is in the ledger, and another model goes on', async () => {
  scriptStuck();
  await work('auto', steps, question('Add a total to the invoice.'));
  const { decisions, signs } = await recorded('auto');
  expect(decisions).toHaveLength(2);
  const [first, second] = decisions;
  expect(second).toMatchObject({
    escalatedFrom: first?.id,
    escalation: {
      deploymentId: first?.deploymentId,
      stuck: 'repeats',
      stayUsd: expect.any(Number) as number,
    },
  });
  expect(second?.deploymentId).not.toBe(first?.deploymentId);
  // The price of the step as it was taken: all of the work read anew.
  const chosen = second?.candidates.find(({ deploymentId }) => deploymentId === second.deploymentId);
  expect(chosen?.cache).toBeUndefined();
  expect(chosen?.costUsd).toBeGreaterThan((second?.inputTokens ?? 0) * price);
  expect(signs).toEqual([
    [first?.id, first?.deploymentId, 'repeated-call'],
    [first?.id, first?.deploymentId, 'given-up'],
    [second?.id, second?.deploymentId, 'repeated-call'],
  ]);
  const models = openai.requests.map(modelOf);
  expect(models).toHaveLength(steps);
  const change = models.indexOf(second?.deploymentId.replace(`${poolOf('auto')}-`, '') ?? '');
  expect(change).toBeGreaterThan(0);
  expect(new Set(models.slice(0, change)).size).toBe(1);
  expect(new Set(models.slice(change)).size).toBe(1);
  const entries = await readLedger(editor.storageFolder());
  expect(evidenceOf(entries, poolOf('auto'), first?.deploymentId ?? '').weight).toBeCloseTo(
    shippedSignals['loop-given-up'].weight,
    2,
  );
});

test('`ask`: the agent is not held up; once the user agrees, its next step goes to another model', async () => {
  await set('ask');
  openai.forget();
  scriptStuck();
  let isAsked = false;
  const toast = editor.notification('An agent seems to be stuck').then((found) => {
    isAsked = true;
    return found;
  });
  const messages = await work('ask', steps, question('Add a total.'), () => isAsked);
  expect((await recorded('ask')).decisions).toHaveLength(1);
  // It goes on while the question stands.
  const later = await work('ask', 2, messages);
  expect((await recorded('ask')).decisions).toHaveLength(1);
  await editor.screenshot('stuck-agent-question');
  await (await toast).getByRole('button', { name: 'Use Another Model' }).click();
  await eventually('another model', async () => {
    await work('ask', 1, later);
    return (await recorded('ask')).decisions.length > 1 || undefined;
  });
  const { decisions } = await recorded('ask');
  expect(decisions[1]).toMatchObject({ escalatedFrom: decisions[0]?.id });
  expect(new Set(decisions.map(({ deploymentId }) => deploymentId)).size).toBe(2);
});

test('`off`: nobody is asked, and its model goes on; what it showed is noted all the same', async () => {
  await set('off');
  openai.forget();
  scriptStuck();
  await work('off', steps, question('Add a total, please.'));
  const { decisions, signs } = await recorded('off');
  expect(decisions).toHaveLength(1);
  expect(signs.map(([, , sign]) => sign)).toEqual(['repeated-call']);
  expect(new Set(openai.requests.map(modelOf)).size).toBe(1);
  expect(await editor.page.locator('.notifications-toasts', { hasText: 'stuck' }).count()).toBe(0);
});
