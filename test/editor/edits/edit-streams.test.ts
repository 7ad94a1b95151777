import { diffArrays } from 'diff';
import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { createAcceptedEdits } from '../../../src/editor/edits/accepted-edits';
import type { InlineEditParts } from '../../../src/editor/edits/inline-edits';
import { createInlineEdits } from '../../../src/editor/edits/inline-edits';
import { targetOf } from '../../../src/editor/edits/inline-target';
import { notify } from '../../../src/editor/notify';
import { campaignSeed, runs } from '../../runs';
import type { Script } from './edit-stream';
import { scriptOf, streamsWith } from './edit-stream';
import { EndOfLine, FakeDocument, Position, Range, workspace } from './fake-documents';
import type { ScriptedAnswer } from './scripted-answer';
import { scriptedAnswer } from './scripted-answer';
import { unwatched } from './unwatched';

/**
 * Conduit's own inline edits, against documents in memory that are edited while the proposal streams. In the editor, with
 * its undo: test/e2e/edit-streams.test.ts.
 */

vi.mock('vscode', async () => {
  const fake = await import('./fake-documents');
  const window = {
    ...fake.window,
    get activeTextEditor() {
      return { document: fake.workspace.textDocuments[0] };
    },
    showTextDocument: () => Promise.resolve(),
  };
  return { ...fake, window };
});
vi.mock('../../../src/editor/notify', () => ({ notify: vi.fn(), confirm: vi.fn() }));
vi.mock('../../../src/editor/edits/proposal-preview', () => ({
  createProposalPreview: () => ({ show: vi.fn(), update: vi.fn(), hide: vi.fn(), dispose: vi.fn() }),
}));

// These documents have no undo of an editor.
const streams = streamsWith(['nothing', 'take back', 'type and take back']);
let answer: ScriptedAnswer = scriptedAnswer();
const accepted = createAcceptedEdits();
const edits = createInlineEdits({
  conduit: () =>
    Promise.resolve({
      answer: (_request: unknown, signal: AbortSignal) => answer.events(signal),
      observe: () => Promise.resolve(),
    }),
  configuration: { pool: () => Promise.resolve({ name: 'pool' }) },
  newId: () => 'id',
  onAnswered: () => undefined,
  accepted,
  watches: { begin: () => unwatched },
  compareLines: () => Promise.resolve((a: string[], b: string[]) => diffArrays(a, b)),
} as unknown as InlineEditParts);

beforeEach(() => void workspace.textDocuments.splice(0));

let number = 0;
function opened(text: string, eol: number): FakeDocument {
  workspace.textDocuments.splice(0);
  number += 1;
  return new FakeDocument(`file:/${String(number)}.txt`, text, 'plaintext', eol).open();
}

function ask(document: FakeDocument, { firstLine, lastLine }: Script): Promise<boolean> {
  const range = new Range(
    new Position(firstLine, 0),
    new Position(lastLine, document.lineAt(lastLine).text.length),
  );
  const target = targetOf(document as unknown as vscode.TextDocument, range as unknown as vscode.Range);
  return edits.ask(target, {
    task: 'edit',
    languageId: 'plaintext',
    label: target.label,
    text: document.getText(range),
    document: document.getText(),
    instruction: 'Change it.',
    problems: [],
  });
}

/** The texts that the document had when the answer had streamed, when it was accepted or not, and after each action. */
async function play(document: FakeDocument, script: Script) {
  answer = scriptedAnswer();
  const asked = ask(document, script);
  for (const step of script.steps) {
    if ('chunk' in step) answer.write(step.chunk);
    else document.replaceAll(step.edits);
    await new Promise((resolve) => setImmediate(resolve));
  }
  answer.end();
  await asked;
  const streamed = document.getText();
  const accepting = script.after.accept ? edits.accept() : edits.reject();
  if (script.racing !== undefined) document.replaceAll(script.racing);
  await accepting;
  const ended = document.getText();
  const texts: string[] = [];
  for (const action of script.after.actions) {
    if ('edits' in action) document.replaceAll(action.edits);
    else await accepted.undoAll();
    texts.push(document.getText());
  }
  return { streamed, ended, texts };
}

const count = runs(1_000);

test(
  `${count.toLocaleString('en')} random edit streams: what is accepted stands in its lines, and all else is the user’s`,
  async () => {
    const counts: Record<string, number> = {};
    const law = fc.asyncProperty(streams, async (sample) => {
      const { script, expected } = scriptOf(sample);
      const eol = sample.lineEnd === '\n' ? EndOfLine.LF : EndOfLine.CRLF;
      vi.mocked(notify).mockClear();
      const { streamed, ended, texts } = await play(opened(script.text, eol), script);
      expect(streamed).toBe(expected.streamed);
      expect(expected.ended).toContain(ended);
      expect(texts).toEqual(expected.texts);
      const told = vi.mocked(notify).mock.calls.map(([, text]) => text);
      if (expected.outcome === 'overtaken')
        expect(told.filter((text) => text.includes('Your text stands'))).toHaveLength(1);
      else if (expected.outcome === 'same' || ended !== expected.ended[0])
        expect(told.join()).toContain('Nothing was changed');
      else expect(told).toEqual([]);
      counts[expected.outcome] = (counts[expected.outcome] ?? 0) + 1;
    });
    await fc.assert(law, { numRuns: count, seed: campaignSeed('edit-streams') });
    for (const outcome of ['accepted', 'rejected', 'overtaken', 'raced', 'same'])
      expect(counts[outcome]).toBeGreaterThan(count / 100);
  },
  runs(60_000),
);
