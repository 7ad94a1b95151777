import path from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { configurationWith } from '../core/samples';
import { configurationOf } from './configuration';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { projectFolder } from './harness/files';
import { writePastRequests } from './past-requests';

/** The pictures of the README, from the real editor. The models and their history are made up. */

const source = `interface Order {
  readonly customer: string;
  readonly usd: number;
}

export function totals(orders: readonly Order[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { customer, usd } of orders) {
    sums.set(customer, (sums.get(customer) ?? 0) + usd);
  }
  return sums;
}
`;

const answer = `Use \`Map.groupBy\`, which keeps the **order of first appearance**:

\`\`\`typescript
const byCustomer = Map.groupBy(orders, ({ customer }) => customer);
const totals = [...byCustomer].map(([customer, own]) => ({
  customer,
  usd: own.reduce((sum, { usd }) => sum + usd, 0),
}));
\`\`\`

It needs Node 21 or later. For older ones, the loop that you have is the right choice.`;

let openai: WireServer;
let anthropic: WireServer;
let editor: Editor;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  const text = configurationOf([
    { id: 'local-llama', provider: 'openai', apiBase: openai.url, price: 0 },
    { id: 'gpt-mini', provider: 'openai', apiBase: openai.url, price: 1e-6 },
    { id: 'claude-strong', provider: 'anthropic', apiBase: anthropic.url, price: 9e-6 },
  ]);
  editor = await startEditor({
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
    workspaceFiles: { 'totals.ts': source },
    globalStorageFiles: { 'conduit.yaml': text },
  });
  const { configuration } = parseConfiguration(text);
  if (configuration === undefined) throw new Error('The configuration of the screenshots has an error.');
  await writePastRequests(
    editor.storageFolder(),
    configurationWith(configuration.pools),
    {
      'local-llama': { code: 0.35, prose: 0.7, firstTokenMs: 300 },
      'gpt-mini': { code: 0.7, prose: 0.8, firstTokenMs: 600 },
      'claude-strong': { code: 0.95, prose: 0.9, firstTokenMs: 1100 },
    },
    320,
  );
  const usage = { input: 310, output: 140 };
  const chunks = answer.match(/[\s\S]{1,24}/g) ?? [];
  for (const server of [openai, anthropic]) server.script({ kind: 'answer', chunks, delayMs: 15, usage });
});

afterAll(async () => {
  await editor.close();
  await Promise.all([openai.close(), anthropic.close()]);
});

async function shoot(name: string): Promise<void> {
  // The caret blinks and toasts fade: a moment later the picture is the same each time.
  await editor.page.mouse.move(700, 880);
  await editor.page.waitForTimeout(700);
  await editor.page.screenshot({ path: path.join(projectFolder, 'docs', 'images', `${name}.png`) });
}

/** Drags the edge of the side bar, so that the candidates can be read. */
async function widenSideBar(width: number): Promise<void> {
  const { page } = editor;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (box === null) throw new Error('The side bar is not shown.');
  const edge = box.x + box.width;
  await page.mouse.move(edge + 2, 450);
  await page.waitForTimeout(500);
  await page.mouse.down();
  await page.mouse.move(box.x + width, 450, { steps: 10 });
  await page.mouse.up();
}

/** The page alone has the room: what is beside it is on other pictures. */
async function closeSideBar(): Promise<void> {
  if (await editor.page.locator('.part.sidebar').isVisible())
    await editor.command('View: Toggle Primary Side Bar Visibility');
}

async function stats(name: string): Promise<void> {
  await editor.command('Conduit: Show Routing Stats');
  const frame = await editor.statsFrame();
  // The last of what is drawn, a frame for each part.
  await frame.getByTestId('table-sessions').locator('tbody tr').first().waitFor();
  await shoot(name);
}

test('the chat view', async () => {
  await editor.openFile('totals.ts');
  await editor.select(6, 12);
  await editor.command('Conduit: Ask');
  await editor.answerInput('Is there a shorter way to write this function?');
  const turn = (await editor.chatFrame()).getByTestId('turn').last();
  await turn.getByTestId('answer-line').waitFor();
  await turn.getByTestId('thumb-up').click();
  await turn.getByTestId('why').locator('summary').click();
  await widenSideBar(640);
  await turn.getByTestId('candidates').scrollIntoViewIfNeeded();
  await shoot('chat-dark');
});

test('the native chat', async () => {
  await widenSideBar(280);
  await editor.nativeChat.send('@conduit How do I group a list by a key?');
  await (await editor.nativeChat.answer()).getByRole('button', { name: 'Good answer' }).waitFor();
  await shoot('native-chat-dark');
});

test('the demo, in the middle, and a history replayed', async () => {
  await closeSideBar();
  await editor.command('Conduit: Play Demo');
  const demo = await editor.demoFrame();
  await demo.getByTestId('slider').fill('360');
  await demo.getByTestId('progress').filter({ hasText: '360' }).waitFor();
  await shoot('demo-dark');
  await editor.command('Conduit: Replay My History');
  const replay = await editor.replayFrame();
  await replay.getByTestId('replay-preset').selectOption('cost');
  await replay.getByTestId('replay-run').click();
  await replay.getByTestId('replay-result').waitFor();
  await replay.getByTestId('replay-says').scrollIntoViewIfNeeded();
  await shoot('replay-dark');
  await editor.command('View: Close All Editors');
});

test('the stats page in three themes', async () => {
  await stats('stats-dark');
  await editor.setTheme('light');
  await stats('stats-light');
  await editor.setTheme('high-contrast');
  await stats('stats-high-contrast');
});
