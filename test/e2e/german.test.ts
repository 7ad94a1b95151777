import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Editor } from './harness/editor';
import { startEditor } from './harness/editor';

/** The packaged VSIX in an editor that speaks German. */

let editor: Editor;

beforeAll(async () => {
  editor = await startEditor({
    language: 'de',
    workspaceFiles: { 'flaeche.ts': 'export const flaeche = 1;\n' },
  });
});

afterAll(() => editor.close());

const language = (frame: Frame): Promise<string> => frame.evaluate(() => document.documentElement.lang);
/** Hidden parts too. */
const textOf = (frame: Frame): Promise<string | null> => frame.locator('main').textContent();

test('commands and their dialogues', async () => {
  await editor.command('Conduit: Fragen');
  await editor.answerInput('Was ist ein Mutex?', 'Die Eingabetaste sendet die Frage an das Modell');
});

test('the chat view: the answer, its line and the reasons', async () => {
  const frame = await editor.chatFrame();
  expect(await language(frame)).toBe('de');
  const turn = frame.getByTestId('turn').filter({ hasText: 'Was ist ein Mutex?' });
  await turn.getByTestId('answer-line').waitFor();
  expect(await turn.getByTestId('answer').innerText()).toMatch(
    /^Simulierte Antwort von .*Kein Modell wurde aufgerufen/,
  );
  expect(await turn.getByTestId('answer-line').innerText()).toMatch(/simulierter Preis .* UCB1, 1 von 100/);
  await turn.getByTestId('why-toggle').click();
  expect(await turn.getByTestId('why').innerText()).toMatch(
    /Prompt gelesen: Code erklären; Thema: Code.*Die Voreinstellung „balanced“ gewichtet/s,
  );
  expect(await textOf(frame)).toContain('Es ist kein Anbieter eingerichtet: Die Modelle sind simuliert.');
  await editor.screenshot('german-chat');
});

test('the status bar, the statistics and the doctor', async () => {
  await editor.page
    .locator('.statusbar')
    .getByLabel(/zuletzt antwortete sim-/)
    .first()
    .waitFor();
  await editor.command('Conduit: Routing-Statistik anzeigen');
  const stats = await editor.statsFrame();
  expect(await language(stats)).toBe('de');
  await stats.getByTestId('stats-recent').waitFor();
  expect(await textOf(stats)).toMatch(
    /Zeitraum.*Anfragen1Ausgegeben.*simulierte Preise.*Entscheidungen.*Code erklären.*UCB1, 1 von 100/s,
  );
  await editor.screenshot('german-stats');

  await editor.command('Conduit: Diagnose');
  const doctor = await editor.doctorFrame();
  await doctor.getByText('Warum ist es immer dasselbe Modell?').first().waitFor();
  expect(await textOf(doctor)).toMatch(
    /sim-strong wurde noch nicht versucht: Es ist teurer als sim-swift.*Was war vorher über die Modelle bekannt\?/s,
  );
  await editor.screenshot('german-doctor');
});

test('the log stays English', () => {
  expect(editor.logText()).toMatch(/Configuration from simulated: pools /);
});
