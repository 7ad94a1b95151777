import { diffArrays } from 'diff';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import type { RouteRequest } from '../../../src/core/terms/request';
import type { InlineQuestion } from '../../../src/text/edit-prompt';
import type { InlineEditParts } from '../../../src/editor/edits/inline-edits';
import type { ProposalPreview } from '../../../src/editor/edits/proposal-preview';
import { createInlineEdits } from '../../../src/editor/edits/inline-edits';
import { targetOf } from '../../../src/editor/edits/inline-target';
import type { Choice } from '../../../src/editor/notify';
import { notify } from '../../../src/editor/notify';
import { attemptWith, decisionWith } from '../../core/samples';
import { FakeDocument, Range, workspace } from './fake-documents';

vi.mock('vscode', () => import('./fake-documents'));
vi.mock('../../../src/editor/notify', () => ({ notify: vi.fn(), confirm: vi.fn() }));
vi.mock('../../../src/editor/edits/proposal-preview', () => ({ createProposalPreview: () => preview }));

const { preview } = vi.hoisted(() => ({
  preview: { show: vi.fn<ProposalPreview['show']>(), update: vi.fn(), hide: vi.fn(), dispose: vi.fn() },
}));

let document: FakeDocument;

beforeEach(() => {
  for (const mock of [vi.mocked(notify), preview.show, preview.hide]) mock.mockClear();
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
  const asked = vi.fn<(request: RouteRequest) => AsyncGenerator<AnswerEvent>>(answer);
  const observe = vi.fn(() => Promise.resolve());
  const parts = {
    conduit: () => Promise.resolve({ answer: asked, observe }),
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
  return { asked, observe, edits, target };
}

const failure = { reason: 'server-error', detail: 'Overloaded.', status: 500 } as const;

// eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
async function* failing(): AsyncGenerator<AnswerEvent> {
  yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
  const attempt = attemptWith({ deploymentId: 'mini', outcome: 'failed', failure });
  yield { type: 'failed', attempt, failure, partial: false };
}

/** Proposes some code. */
// eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
async function* proposing(code: string, deploymentId = 'mini'): AsyncGenerator<AnswerEvent> {
  yield { type: 'decided', decision: decisionWith({ id: `by ${deploymentId}`, deploymentId }) };
  yield { type: 'text', text: `\`\`\`ts\n${code}\n\`\`\`` };
  yield { type: 'finished', attempt: attemptWith({ deploymentId }), truncated: false };
}

/** What the diff showed when it was last opened. */
const shown = (): string | undefined => preview.show.mock.lastCall?.[1].text;

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

test('the router is told what is known of an edit without reading the prompt', async () => {
  const { asked, edits, target } = editsWith(() => proposing('2();'));
  await edits.ask(target(1), question);
  expect(asked.mock.lastCall?.[0]).toMatchObject({
    origin: 'edit',
    known: { words: 'Rename it', language: 'typescript' },
  });
});

test('of two that are asked at once over a proposal that stands, the second is not begun', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const { asked, edits, target } = editsWith(() => proposing('2();'));
  await edits.ask(target(1), question);
  asked.mockImplementationOnce(async function* () {
    await promise;
    yield* proposing('3();');
  });
  const both = [edits.ask(target(1), question), edits.ask(target(1), question)];
  expect(await both[1]).toBe(false);
  expect(said().text).toContain('still writing another proposal');
  resolve(undefined);
  expect(await both[0]).toBe(true);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(shown()).toBe('one();\n3();\nthree();\n');
});

test('a file that can’t be opened any more is told when its proposal is accepted, which stays', async () => {
  const { edits, target } = editsWith(() => proposing('2();'));
  await edits.ask(target(1), question);
  vi.spyOn(workspace, 'openTextDocument').mockRejectedValueOnce(new Error('It was deleted.'));
  await edits.accept();
  expect(said().text).toBe('a.ts:2 can’t be opened any more, so nothing was changed: It was deleted.');
  expect(preview.hide).not.toHaveBeenCalled();
});

test('Retry asks about the lines where they are by then', async () => {
  const { asked, edits, target } = editsWith(failing);
  await edits.ask(target(1), question);
  document.replace(0, 0, 'zero();\n');
  asked.mockImplementationOnce(() => proposing('2();'));
  await said().retry?.run();
  expect(shown()).toBe('zero();\none();\n2();\nthree();\n');
});

test('Retry asks nothing where the lines have changed since', async () => {
  const { asked, edits, target } = editsWith(failing);
  await edits.ask(target(1), question);
  document.replace(8, 0, 'x');
  await said().retry?.run();
  expect(said().text).toContain('is no longer what the model was asked about');
  expect(asked).toHaveBeenCalledOnce();
});

describe('another model', () => {
  /** A proposal of mini's stands; then the other one is asked, and answers so. */
  async function another(answer: () => AsyncGenerator<AnswerEvent>) {
    const made = editsWith(() => proposing('2();'));
    await made.edits.ask(made.target(1), question);
    made.asked.mockImplementationOnce(answer);
    await made.edits.askAnother();
    return made;
  }

  test('is asked the same, and its proposal takes the place of the first, which was not what was wanted', async () => {
    const { asked, observe } = await another(() => proposing('zwei();', 'strong'));
    const [first, second] = asked.mock.calls.map(([request]) => request);
    expect(second?.messages).toEqual(first?.messages);
    expect([first?.avoid, second?.avoid]).toEqual([[], ['mini']]);
    expect(observe.mock.calls).toEqual([['by mini', 'mini', { kind: 'regenerated' }]]);
    expect(shown()).toBe('one();\nzwei();\nthree();\n');
    expect(preview.show.mock.lastCall?.[1].by?.line).toBe('strong · $0.0003 · 1.4 s');
  });

  test('that fails, or proposes nothing, leaves the first proposal where its lines are by then', async () => {
    const { edits, asked } = await another(async function* () {
      await Promise.resolve();
      document.replace(0, 0, 'zero();\n');
      yield* failing();
    });
    expect(said().text).toContain('Overloaded.');
    expect(shown()).toBe('zero();\none();\n2();\nthree();\n');
    asked.mockImplementationOnce(failing);
    await said().retry?.run();
    expect(asked.mock.lastCall?.[0].avoid).toEqual(['mini']);
    expect(shown()).toBe('zero();\none();\n2();\nthree();\n');
    preview.hide.mockClear();
    await edits.reject();
    expect(preview.hide).toHaveBeenCalledOnce();
  });

  test('that fails when the lines were changed brings nothing back', async () => {
    await another(async function* () {
      await Promise.resolve();
      document.replace(8, 0, 'x');
      yield* failing();
    });
    expect(preview.show).toHaveBeenCalledOnce();
  });

  test('is offered too where an answer carries no code', async () => {
    const { asked, observe, edits, target } = editsWith(async function* () {
      await Promise.resolve();
      yield { type: 'decided', decision: decisionWith({ id: 'by mini', deploymentId: 'mini' }) };
      yield { type: 'text', text: 'I would rather not.' };
      yield { type: 'finished', attempt: attemptWith(), truncated: false };
    });
    await edits.ask(target(1), question);
    const [, text, choices = []] = vi.mocked(notify).mock.lastCall ?? [];
    expect(text).toContain('carries no code');
    asked.mockImplementationOnce(() => proposing('2();', 'strong'));
    await choices.find(({ label }) => label === 'Another Model')?.run();
    expect(observe).toHaveBeenCalledWith('by mini', 'mini', { kind: 'regenerated' });
    expect(shown()).toBe('one();\n2();\nthree();\n');
  });

  test('is not asked while the first is writing', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const { asked, edits, target } = editsWith(async function* () {
      yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
      await promise;
    });
    const first = edits.ask(target(1), question);
    await edits.askAnother();
    expect(said().text).toContain('still being written');
    resolve(undefined);
    await first;
    expect(asked).toHaveBeenCalledOnce();
  });
});
