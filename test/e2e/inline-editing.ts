import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import type { WireServer } from '../wire/wire-server';
import type { Editor } from './harness/editor';
import { eventually } from './harness/eventually';
import { decisionsIn, observationsIn, readLedger } from './ledger-reader';

/** What the tests of inline edits do in the editor. */

export const source = `const head = 0;
function add(a, b) {
  return a + b;
}
function twice(a) {
  return a * 2;
}
const tail = 9;
`;
/** For the lines 2 to 7. */
export const proposed = `function add(a: number, b: number) {
  return a + b;
}
function twice(a: number) {
  return 2 * a;
}`;
export const answer = `Sure, typed:\n\n\`\`\`ts\n${proposed}\n\`\`\`\nThat is all.`;
/** The answer in pieces, as models send it. */
export const pieces = (): readonly string[] => answer.match(/[^]{1,20}/g) ?? [];
/** The same over ten seconds. */
export const slowAnswer = () => ({ kind: 'answer', chunks: pieces(), delayMs: 1_000 }) as const;
export const edited = `const head = 0;\n${proposed}\nconst tail = 9;\n`;

export interface InlineEditing {
  onDisk(name: string): string;
  /** Waits until a file on the disk holds a text and nothing else. Throws with what it holds instead. */
  written(name: string, text: string): Promise<void>;
  previewTab(name: string): Locator;
  /** The first CodeLens with the text. */
  lens(text: string): Locator;
  save(): Promise<void>;
  /** Types where the cursor of a file is. In one piece: key by key, suggestions that come late would take a part of it. */
  typeInto(name: string, text: string): Promise<void>;
  /** Asks for an edit of the lines 2 to 7 of a file. */
  propose(name: string): Promise<void>;
  /** The same with an answer that takes some seconds, and goes back to the file meanwhile. */
  proposeSlowly(name: string): Promise<void>;
  /** Waits until the first line of a proposal is shown, and goes back to the file. */
  backTo(name: string): Promise<void>;
  /** Waits until the proposal for a file is shown whole, in an editor that is in front. */
  shownWhole(name: string, text: string): Promise<void>;
  /** Waits until the answer to a question about a file has come whole: then the progress is gone too. */
  answered(name: string, text: string): Promise<void>;
  /** Has the usual answer come, and waits for it. */
  proposeWhole(name: string): Promise<void>;
  /**
   * Presses a key of the preview until that is gone. Only while it has the focus: in the file the same keys write and
   * delete.
   */
  pressInPreview(name: string, key: string): Promise<void>;
  /** Accepts what is shown, and waits until the file has the focus again. */
  accept(name: string): Promise<void>;
  /** What the ledger says of the last decision. */
  toldOfLast(): Promise<readonly string[]>;
}

export function inlineEditing(editor: Editor, server: WireServer): InlineEditing {
  const inline: InlineEditing = {
    onDisk: (name) => readFileSync(path.join(editor.profile.workspace, name), 'utf8'),
    written: async (name, text) => {
      await eventually(`the text of ${name}`, () => inline.onDisk(name) === text || undefined).catch(() => {
        expect(inline.onDisk(name)).toBe(text);
      });
    },
    previewTab: (name) => editor.page.locator('.tab', { hasText: `${name}:` }),
    lens: (text) => editor.page.locator('.codelens-decoration a', { hasText: text }).first(),
    save: () => editor.page.keyboard.press('Control+S'),
    typeInto: async (name, text) => {
      await editor.focusOn(name);
      await editor.page.keyboard.insertText(text);
    },
    propose: async (name) => {
      await editor.openFile(name);
      await editor.select(2, 7);
      await editor.command('Conduit: Edit Selection…');
      await editor.answerInput('Add types', 'What should change?');
    },
    proposeSlowly: async (name) => {
      server.script(slowAnswer());
      await inline.propose(name);
      await inline.backTo(name);
    },
    backTo: async (name) => {
      await inline.previewTab(name).waitFor();
      // The diff takes the focus once more when it has something to show.
      const first = editor.page.locator('.editor.modified .view-line', { hasText: 'a: number' }).first();
      await first.waitFor();
      await editor.openFile(name);
    },
    shownWhole: async (name, text) => {
      await inline.previewTab(name).waitFor();
      await inline.answered(name, text);
    },
    answered: async (name, text) => {
      await editor.page.locator('.editor.modified .view-line', { hasText: text }).first().waitFor();
      const progress = editor.page.locator('.notification-list-item', { hasText: `Conduit: ${name}` });
      await progress.first().waitFor({ state: 'detached' });
    },
    proposeWhole: async (name) => {
      server.script({ kind: 'answer', chunks: pieces() });
      await inline.propose(name);
      await inline.shownWhole(name, '2 * a');
    },
    pressInPreview: async (name, key) => {
      const { page } = editor;
      const focused = page.locator('.monaco-editor.focused[data-uri^="conduit-proposal:"]');
      await eventually('the preview to be gone', async () => {
        await focused.waitFor();
        await page.keyboard.press(key);
        return inline
          .previewTab(name)
          .waitFor({ state: 'detached', timeout: 10_000 })
          .then(() => true)
          .catch(() => undefined);
      });
    },
    accept: async (name) => {
      await editor.command('Conduit: Accept Edit');
      await inline.previewTab(name).waitFor({ state: 'detached' });
      await inline.lens('Keep').waitFor();
      await editor.focusOn(name);
    },
    toldOfLast: async () => {
      const entries = await readLedger(editor.storageFolder());
      const last = decisionsIn(entries).at(-1);
      expect(last?.deploymentId).toBe('mini');
      return observationsIn(entries)
        .filter(({ decisionId }) => decisionId === last?.id)
        .map(({ signal }) => {
          if (signal.kind === 'edit') return signal.outcome;
          if (signal.kind !== 'edit-survival') return signal.kind;
          return `${signal.moment} ${signal.share01.toFixed(2)}`;
        });
    },
  };
  return inline;
}
