import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { best, names, questions, second, weak } from '../first-questions';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { modelOf } from '../wire/wire-server';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/**
 * A new user with four models of different strength behind local servers, all at the same price: what is publicly known
 * of them decides until something was learnt here. The rule: the first ten questions go to the best one, but for what chance
 * draws; none goes to a weak one.
 */

const [firstQuestion = ''] = questions;

let servers: readonly WireServer[];
let editor: Editor;

beforeAll(async () => {
  servers = await Promise.all(names.map(() => startOpenAiServer()));
  for (const server of servers)
    server.script({ kind: 'answer', chunks: ['Fine.'], usage: { input: 20, output: 5 } });
  const models = names.map(
    (id, index) => ({ id, provider: 'openai', apiBase: servers[index]!.url, price: 1e-6 }) as const,
  );
  editor = await startEditor({
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    globalStorageFiles: { 'conduit.yaml': configurationOf(models) },
  });
});

afterAll(async () => {
  await editor.close();
  await Promise.all(servers.map((server) => server.close()));
});

async function turns(): Promise<Locator> {
  return (await editor.chatFrame()).getByTestId('turn');
}

/** Asks in the chat view, and waits for the answer. */
async function ask(prompt: string): Promise<Locator> {
  const frame = await editor.chatFrame();
  await frame.getByTestId('composer').fill(prompt);
  await frame.getByTestId('send').click();
  const turn = (await turns()).filter({ hasText: prompt }).last();
  await turn.getByTestId('answer-line').waitFor();
  return turn;
}

async function answeredBy(turn: Locator): Promise<string> {
  return ((await turn.getByTestId('answer-line').innerText()).split(' · ')[0] ?? '').trim();
}

test('the first ten questions go where the table says, and the reasons say so', async () => {
  await editor.command('Conduit: New Conversation');
  const answered: string[] = [];
  for (const question of questions) answered.push(await answeredBy(await ask(question)));
  expect(answered.filter((model) => model === best).length).toBeGreaterThanOrEqual(8);
  expect(answered.filter((model) => weak.includes(model))).toEqual([]);
  expect(answered[0]).toBe(best);
  const asked = servers.flatMap(({ requests }) => requests.map((request) => modelOf(request)));
  expect(asked.toSorted()).toEqual(answered.toSorted());

  const turn = (await turns()).filter({ hasText: firstQuestion }).last();
  await turn.getByTestId('why-toggle').click();
  await turn.getByTestId('candidates').waitFor();
  const why = await turn.getByTestId('why').innerText();
  expect(why).toMatch(
    /By public figures, as far as they hold here, quality 0\.\d\d is expected of gpt-5\.4 \(as/,
  );
  expect(why).toContain('Nothing was learnt of it here yet.');
  expect(why).toMatch(/public figures count for \d+ % of what they say/);
  expect(await turn.getByTestId('candidates').locator('tbody tr').allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringMatching(/llama-3\.1-8b-instruct\s+0\.\d\d \(figures\)/)]),
  );
  await turn.getByTestId('why').scrollIntoViewIfNeeded();
  await editor.screenshot('priors-why');
  await turn.getByTestId('why-toggle').click();
});

test('after five thumbs down on the first model the next question goes elsewhere', async () => {
  const rated = (await turns()).filter({ hasText: `${best} ·` });
  for (let index = 0; index < 5; index += 1) {
    const thumb = rated.nth(index).getByTestId('thumb-down');
    await thumb.click();
    await rated.nth(index).locator('[data-testid="thumb-down"][aria-pressed="true"]').waitFor();
  }
  await eventually('five thumbs down in the ledger', async () => {
    const ratings = observationsIn(await readLedger(editor.storageFolder())).filter(
      ({ signal, deploymentId }) => signal.kind === 'rating' && deploymentId === best,
    );
    return ratings.length === 5 || undefined;
  });
  const turn = await ask('What is a closure?');
  // One model’s bad answers don’t turn the table round: the next best is asked.
  expect(await answeredBy(turn)).toBe(second);
  const decision = decisionsIn(await readLedger(editor.storageFolder())).at(-1);
  const left = decision?.candidates.find(({ deploymentId }) => deploymentId === best);
  expect(left?.outcomes).toBeCloseTo(5, 1);
  expect(left?.known).toMatchObject({ from: 'figures', as: best });
  await turn.getByTestId('why-toggle').click();
  await turn.getByTestId('candidates').scrollIntoViewIfNeeded();
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await editor.setTheme(theme);
    await turn.getByTestId('candidates').scrollIntoViewIfNeeded();
    await editor.screenshot(`priors-after-thumbs-down-${theme}`);
  }
});

test('the doctor and the statistics tell what was expected, and what was learnt', async () => {
  await editor.command('Conduit: Doctor');
  const doctor = await editor.doctorFrame();
  const pool = doctor.getByTestId('doctor-pool');
  for (const question of ['What was known of the models beforehand?', 'Why is it always the same model?'])
    await pool.getByText(question).click();
  expect(await pool.innerText()).toMatch(
    /llama-3\.1-8b-instruct has not been tried yet|gpt-4\.1 has not been tried yet/,
  );
  expect(await pool.innerText()).toMatch(
    /quality 0\.\d\d is expected of gpt-5\.4 .*Its answers here say 0\.00, with 5 ratings\./,
  );
  expect(await doctor.locator('body').innerText()).toMatch(/Public figures of models\s+as of 20\d\d-/);
  await pool.getByText('What was known of the models beforehand?').scrollIntoViewIfNeeded();
  await editor.screenshot('priors-doctor');
  await editor.command('Conduit: Show Routing Stats');
  const row = (await editor.statsFrame()).locator(`tr[data-model="${best}"]`);
  await row.getByText(/0\.\d\d \(figures\)/).waitFor();
  await editor.screenshot('priors-stats');
});
