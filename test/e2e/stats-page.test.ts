import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeRandomLedger } from '../ledger/facts/write-ledger';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, readLedger } from './ledger-reader';

/** What a stranger asks of the page, in a real editor with a year of made-up requests. */

let editor: Editor;
let frame: Frame;

beforeAll(async () => {
  editor = await startEditor({});
  // Six a day, so that yesterday has some.
  await writeRandomLedger(editor.storageFolder(), 3, {
    ...{ decisions: 600, untilMs: Date.now() - 60_000, pauseMs: 4 * 3_600_000 },
  });
  await editor.command('Conduit: Show Routing Stats');
  frame = await editor.statsFrame();
  await frame.locator('tr[data-decision]').first().waitFor();
});

afterAll(() => editor.close());

const tile = (name: string): Locator => frame.getByTestId(`tile-${name}`).locator('.value');

test('“what did I spend yesterday on fixes?” takes two choices, and the table has the same requests', async () => {
  const all = await tile('requests').innerText();
  await frame.getByTestId('filter-period').selectOption('yesterday');
  await frame.getByTestId('filter-task').selectOption('fix-code');
  await expect
    .poll(
      async () => {
        const rows = await frame.locator('tr[data-decision]:visible').allInnerTexts();
        if (rows.length === 0) return frame.getByTestId('stats-none').isVisible();
        return (
          rows.every((row) => row.includes('fix code')) &&
          (await tile('requests').innerText()) === String(rows.length)
        );
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  await frame.getByTestId('clear-filter').first().click();
  await expect.poll(() => tile('requests').innerText(), { timeout: 30_000 }).toBe(all);
});

test('“is sonnet worth it?” and “what is known of gpt-mini on tests?” are answered with no click', async () => {
  // Each part of the page is drawn in a frame of its own.
  await expect
    .poll(() => frame.getByTestId('chart-scatter').innerText(), { timeout: 30_000 })
    .toMatch(/sonnet/);
  await frame.locator('.heat td', { hasText: 'gpt-mini, write tests' }).waitFor();
});

test('“why did it cost more this week?” takes one choice', async () => {
  await frame.getByTestId('filter-period').selectOption('7-days');
  await frame.getByTestId('stats-change').waitFor();
  expect(await frame.getByTestId('stats-change').innerText()).toMatch(/number of answers/);
  await frame.getByTestId('filter-period').selectOption('all');
});

test('“which model answered, and why?” by keyboard alone; what is unfolded stays through an update', async () => {
  const { page } = editor;
  const row = frame.locator('tr[data-decision]').first();
  const id = (await row.getAttribute('data-decision')) ?? '';
  await frame.getByTestId('jump').last().focus();
  await page.keyboard.press('Enter');
  const toggle = frame.locator(`[data-decision="${id}"] button`);
  for (let presses = 0; presses < 40; presses += 1) {
    if (await toggle.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const detail = frame.locator(`[data-detail="${id}"]`).getByTestId('decision-detail');
  await detail.getByTestId('candidates').waitFor();
  expect(await detail.innerText()).toContain('Why this model?');
  await frame.getByTestId('sort-cost').click();
  await frame.locator('th[aria-sort="descending"]', { hasText: 'Cost' }).waitFor();
  await frame.getByTestId('sort-time').click();
  await detail.waitFor();
  await editor.screenshot('stats-page');
});

/** Makes a page with entries nothing but zeros, as a disk that lost it would. */
function loseTablePage(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const pageSize = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'").get()?.[
    'rootpage'
  ];
  database.close();
  const bytes = readFileSync(file);
  /** Where the pages with rows begin, below a page of a table (https://sqlite.org/fileformat.html, 1.6). */
  const leavesBelow = (page: number): readonly number[] => {
    const at = (page - 1) * pageSize;
    if (bytes[at] === 0x0d) return [at];
    const cells = Array.from({ length: bytes.readUInt16BE(at + 3) }, (_, cell) =>
      bytes.readUInt32BE(at + bytes.readUInt16BE(at + 12 + 2 * cell)),
    );
    return [...cells, bytes.readUInt32BE(at + 8)].flatMap(leavesBelow);
  };
  const leaves = leavesBelow(Number(root));
  const at = leaves[Math.floor(leaves.length / 2)]!;
  writeFileSync(file, bytes.fill(0, at, at + pageSize));
}

test('a page of the ledger is lost: questions are answered, and the user is told how much was salvaged', async () => {
  await editor.restart({
    whileStopped: () => loseTablePage(path.join(editor.storageFolder(), 'ledger', 'ledger-1.db')),
  });
  await editor.command('Conduit: Ask');
  await editor.answerInput('Is anything lost?');
  const turn = (await editor.chatFrame()).getByTestId('turn').filter({ hasText: 'Is anything lost?' });
  await turn.getByTestId('answer-line').waitFor();
  const said = await (await editor.notification('entries were salvaged')).innerText();
  await editor.screenshot('ledger-salvaged');
  const [, saved, of] = /(\d+) of its (\d+) entries were salvaged/.exec(said) ?? [];
  expect(Number(saved)).toBeGreaterThan(1_000);
  expect(Number(saved)).toBeLessThan(Number(of));

  await editor.command('Conduit: Doctor');
  const doctor = (await editor.doctorFrame()).locator('[data-group="State"]');
  await doctor.getByText(`${String(saved)} of its ${String(of)} entries were salvaged`).waitFor();
  expect(await doctor.innerText()).toMatch(/ledger-2\.db/);
  await doctor.getByText('Salvaged on').scrollIntoViewIfNeeded();
  await editor.screenshot('doctor-salvaged');
  await eventually(
    'the new decision in the new file',
    async () => decisionsIn(await readLedger(editor.storageFolder())).length > 500 || undefined,
  );
  const [newest] = decisionsIn(await readLedger(editor.storageFolder())).slice(-1);
  expect(newest?.pool).toBe('simulated');
  expect(newest?.origin).toBe('chat');
});
