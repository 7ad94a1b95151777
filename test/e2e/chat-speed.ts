import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOfSaved } from '../../src/editor/chat/conversation-file';
import { decisionWith } from '../core/samples';
import { savedTurnWith } from '../editor/chat/conversations';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { trace } from './frames-in-trace';

/** How a conversation of 500 turns opens, types, scrolls and keeps its memory, in the chat view of a real VS Code. */

const turnCount = 500;
const openings = 9;
const keys =
  'How would I write this so that it is still fast with many more lines than now, and why is that so?';

const code = Array.from(
  { length: 12 },
  (_, line) => `  sums.set(key${String(line)}, (sums.get(key) ?? 0) + 1);`,
);
const answer = (index: number): string =>
  [
    `**Answer ${String(index)}.** Group the list first, then sum each group:`,
    '1. Read the list once.\n2. Keep a map of sums.\n3. Return it.',
    `\`\`\`typescript\nfunction totals(orders: readonly Order[]): Map<string, number> {\n${code.join('\n')}\n}\n\`\`\``,
    '| size | time |\n|--:|--:|\n| 1,000 | 1 ms |\n| 100,000 | 80 ms |',
    'This is linear. '.repeat(30),
  ].join('\n\n');

const conversation = (id: string, name: string, count: number): string =>
  textOfSaved({
    id,
    name,
    revision: '1',
    updatedMs: 1_700_000_000_000,
    turns: Array.from({ length: count }, (_, index) =>
      savedTurnWith(
        `Question ${String(index)}`,
        { text: answer(index), decision: decisionWith() },
        `${id}-${String(index)}`,
      ),
    ),
  });

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({});
  const folder = path.join(editor.profile.globalStorage, 'conversations');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'long.json'), conversation('long', 'The long one', turnCount));
  writeFileSync(path.join(folder, 'short.json'), conversation('short', 'The short one', 1));
});

afterAll(() => editor.close());

/** Opens a conversation from the list. Resolves to the time from the key to the frame with its last answer, in ms. */
async function open(name: string, lastQuestion: string): Promise<number> {
  const { page } = editor;
  await editor.command('Conduit: Show Conversations');
  const list = page.locator('.quick-input-widget:visible');
  await list.locator('.monaco-list-row', { hasText: name }).waitFor();
  await list.locator('.quick-input-box input').fill(name);
  await eventually(
    'one conversation',
    async () => (await list.locator('.monaco-list-row').count()) === 1 || undefined,
  );
  const frame = await editor.chatFrame();
  await page.evaluate(() => {
    const target = window as unknown as { pressedMs: number };
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Enter') target.pressedMs = performance.timeOrigin + event.timeStamp;
    };
    window.addEventListener('keydown', listen, { capture: true, once: true });
  });
  const painted = paintedMs(frame, name, lastQuestion);
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  const shownMs = await painted;
  const pressedMs = await page.evaluate(() => (window as unknown as { pressedMs: number }).pressedMs);
  return shownMs - pressedMs;
}

/** When the frame after the question's turn came was painted, on the clock that all frames share. */
function paintedMs(frame: Frame, name: string, lastQuestion: string): Promise<number> {
  return frame.evaluate(
    ({ question, leaving }) =>
      new Promise<number>((resolve) => {
        const there = (): boolean => {
          const turns = [...document.querySelectorAll('.turn')];
          const many = turns.length > 1;
          return many !== leaving && turns.at(-1)?.querySelector('.prompt')?.textContent === question;
        };
        const observer = new MutationObserver(() => {
          if (!there()) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
            channel.port2.postMessage(undefined);
          });
        });
        observer.observe(document, { childList: true, subtree: true });
      }),
    { question: lastQuestion, leaving: name !== 'The long one' },
  );
}

function print(what: string, ms: readonly number[]): void {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? NaN).toFixed(1);
  console.log(
    `${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms (${String(ms.length)} times)`,
  );
}

test('a conversation of 500 turns', async () => {
  await editor.command('Conduit: New Conversation');
  await (await editor.chatFrame()).getByTestId('composer').waitFor();
  const times: number[] = [];
  for (let i = 0; i < openings; i++) {
    await open('The short one', 'Question 0');
    times.push(await open('The long one', `Question ${String(turnCount - 1)}`));
  }
  print(`Opening ${String(turnCount)} turns, from the key to the painted frame`, times);

  const frame = await editor.chatFrame();
  await frame.getByTestId('composer').focus();
  const browser = editor.page.context().browser();
  if (browser === null) throw new Error('The page has no browser.');
  const typed = await trace(browser, () => editor.page.keyboard.type(keys, { delay: 60 }));
  print('Typing, from the key to the frame that shows it', typed.keyToFrameMs);
  print('Typing, work of a frame', typed.frameMs);
  expect(typed.keyToFrameMs.length).toBeGreaterThan(keys.length / 2);
  await editor.screenshot('chat-500-turns');

  const elements = (): Promise<number> => frame.locator('.turn').count();
  const most: number[] = [await elements()];
  const first = frame.locator('.prompt', { hasText: /^Question 0$/ });
  while ((await first.count()) === 0) {
    await frame.locator('.turns').evaluate((list) => (list.scrollTop = 0));
    await editor.page.waitForTimeout(50);
    most.push(await elements());
  }
  console.log(`Turns with elements on the way to the first question: at most ${String(Math.max(...most))}`);
  const again = await trace(browser, async () => {
    await frame.getByTestId('composer').focus();
    await editor.page.keyboard.type(keys, { delay: 60 });
  });
  print('Typing once all turns were loaded, from the key to the frame that shows it', again.keyToFrameMs);
});
