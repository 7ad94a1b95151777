import { diffArrays } from 'diff';
import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/answer-event';
import type { InlineQuestion } from '../../../src/editor/edits/edit-request';
import type { InlineEditParts } from '../../../src/editor/edits/inline-edits';
import { createInlineEdits } from '../../../src/editor/edits/inline-edits';
import { targetOf } from '../../../src/editor/edits/inline-target';
import type { Choice } from '../../../src/editor/notify';
import { notify } from '../../../src/editor/notify';
import { attemptWith, decisionWith } from '../../core/samples';
import { FakeDocument, Range, workspace } from './fake-documents';

vi.mock('vscode', async () => {
  const fake = await import('./fake-documents');
  const token = { onCancellationRequested: () => undefined };
  const withProgress = (_options: unknown, run: (progress: unknown, token: unknown) => unknown) =>
    run(undefined, token);
  return { ...fake, ProgressLocation: {}, window: { ...fake.window, withProgress } };
});
vi.mock('../../../src/editor/notify', () => ({ notify: vi.fn(), confirm: vi.fn() }));
vi.mock('../../../src/editor/edits/proposal-preview', () => ({ createProposalPreview: () => preview }));

const { preview } = vi.hoisted(() => ({
  preview: { show: vi.fn(), update: vi.fn(), hide: vi.fn(), dispose: vi.fn() },
}));

let document: FakeDocument;

beforeEach(() => {
  vi.mocked(notify).mockClear();
  workspace.textDocuments.splice(0);
  document = new FakeDocument('file:/a.ts', 'one();\ntwo();\nthree();\n').open();
});

const question: InlineQuestion = {
  task: 'edit',
  languageId: 'typescript',
  label: 'a.ts:2',
  text: 'two();',
  document: 'one();\ntwo();\nthree();\n',
  instruction: 'Rename it',
  problems: [],
};

/** Inline edits whose model answers so, the first time and every other time. */
function editsWith(answer: () => AsyncGenerator<AnswerEvent>) {
  const asked = vi.fn(answer);
  const parts = {
    conduit: () => Promise.resolve({ answer: asked }),
    configuration: { pool: () => Promise.resolve({ name: 'default' }) },
    newId: () => 'id',
    onAnswered: () => undefined,
    compareLines: () => Promise.resolve((a: string[], b: string[]) => diffArrays(a, b)),
  } as unknown as InlineEditParts;
  const edits = createInlineEdits(parts);
  const target = (line: number) =>
    targetOf(
      document as unknown as vscode.TextDocument,
      new Range(line, 0, line, 3) as unknown as vscode.Range,
    );
  return { asked, edits, target };
}

const failure = { reason: 'server-error', detail: 'Overloaded.', status: 500 } as const;

// eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
async function* failing(): AsyncGenerator<AnswerEvent> {
  yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
  const attempt = attemptWith({ deploymentId: 'mini', outcome: 'failed', failure });
  yield { type: 'failed', attempt, failure, partial: false };
}

/** What was last said, and the button to try again. */
function said(): { readonly text: string; readonly retry: Choice | undefined } {
  const [, text = '', choices = []] = vi.mocked(notify).mock.lastCall ?? [];
  return { text, retry: choices.find(({ label }) => label === 'Retry') };
}

test('while a proposal is being written another one is not begun, and the asker is told', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const { asked, edits, target } = editsWith(async function* () {
    yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
    await promise;
  });
  const first = edits.ask(target(1), question);
  expect(await edits.ask(target(1), question)).toBe(false);
  expect(said().text).toContain('still writing another proposal');
  resolve(undefined);
  expect(await first).toBe(true);
  expect(asked).toHaveBeenCalledOnce();
});

test('Retry asks about the lines where they are by then', async () => {
  const { asked, edits, target } = editsWith(failing);
  await edits.ask(target(1), question);
  document.replace(0, 0, 'zero();\n');
  // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
  asked.mockImplementationOnce(async function* () {
    yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
    yield { type: 'text', text: '```ts\n2();\n```' };
    yield { type: 'finished', attempt: attemptWith(), truncated: false };
  });
  await said().retry?.run();
  expect(preview.show.mock.lastCall?.[1]).toBe('zero();\none();\n2();\nthree();\n');
});

test('Retry asks nothing where the lines have changed since', async () => {
  const { asked, edits, target } = editsWith(failing);
  await edits.ask(target(1), question);
  document.replace(8, 0, 'x');
  await said().retry?.run();
  expect(said().text).toContain('is no longer what the model was asked about');
  expect(asked).toHaveBeenCalledOnce();
});
