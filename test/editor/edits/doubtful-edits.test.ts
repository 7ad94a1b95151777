import { diffArrays } from 'diff';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { InlineQuestion } from '../../../src/text/edit-prompt';
import type { InlineEditParts, InlineEdits } from '../../../src/editor/edits/inline-edits';
import { createInlineEdits } from '../../../src/editor/edits/inline-edits';
import { targetOf } from '../../../src/editor/edits/inline-target';
import { confirm, notify } from '../../../src/editor/notify';
import { attemptWith, decisionWith } from '../../core/samples';
import { EndOfLine, FakeDocument, Range, workspace } from './fake-documents';
import { unwatched } from './unwatched';

vi.mock('vscode', async () => {
  const fake = await import('./fake-documents');
  return { ...fake, window: { ...fake.window, showTextDocument: () => Promise.resolve() } };
});
vi.mock('../../../src/editor/notify', () => ({ notify: vi.fn(), confirm: vi.fn() }));
vi.mock('../../../src/editor/edits/proposal-preview', () => ({
  createProposalPreview: () => ({ show: vi.fn(), update: vi.fn(), hide, dispose: vi.fn() }),
}));

const { hide } = vi.hoisted(() => ({ hide: vi.fn() }));
const text = 'one();\ntwo();\nthree();\n';
let document: FakeDocument;
let edits: InlineEdits;

beforeEach(() => {
  for (const mock of [vi.mocked(notify), vi.mocked(confirm), hide]) mock.mockReset();
  workspace.textDocuments.splice(0);
});

/** Asks about some lines from 0, and is answered so. */
async function proposes(
  answer: string,
  first: number,
  last = first,
  of = text,
  eol: number = EndOfLine.LF,
): Promise<void> {
  document = new FakeDocument('file:/a.ts', of, 'typescript', eol).open();
  const parts = {
    conduit: () =>
      Promise.resolve({
        // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream
        answer: async function* () {
          yield { type: 'decided', decision: decisionWith({ deploymentId: 'mini' }) };
          yield { type: 'text', text: answer };
          yield { type: 'finished', attempt: attemptWith({ deploymentId: 'mini' }), truncated: false };
        },
        observe: () => Promise.resolve(),
      }),
    configuration: { pool: () => Promise.resolve({ name: 'default' }) },
    newId: () => 'id',
    onAnswered: () => undefined,
    accepted: { add: () => undefined },
    watches: { begin: () => unwatched },
    compareLines: () => Promise.resolve((a: string[], b: string[]) => diffArrays(a, b)),
  } as unknown as InlineEditParts;
  edits = createInlineEdits(parts);
  const range = new Range(first, 0, last, 3) as unknown as vscode.Range;
  const question: InlineQuestion = {
    task: 'edit',
    languageId: 'typescript',
    label: 'a.ts',
    text: 'two();',
    document: of,
    instruction: 'Rename it',
    problems: [],
  };
  await edits.ask(targetOf(document as unknown as vscode.TextDocument, range), question);
}

const told = (): string =>
  vi
    .mocked(notify)
    .mock.calls.map(([, message]) => message)
    .join('\n');

describe('a proposal that may not be what the model meant', () => {
  const doubtful = '```ts\ntwo(1);\n```\nNo, so:\n```ts\ntwo(2);\n```';

  test('says so when it is whole, beside it too, and accepting asks first: by default it is not accepted', async () => {
    await proposes(doubtful, 1);
    expect(told()).toContain('Look at the proposal for a.ts:2 before you accept it.');
    expect(edits.doubts()).toContain('versions');
    vi.mocked(confirm).mockResolvedValueOnce(false);
    await edits.accept();
    expect(vi.mocked(confirm).mock.lastCall).toEqual([
      'Accept the proposal for a.ts:2 as it is?',
      expect.stringContaining('several versions'),
      'Accept Anyway',
      'Back to the Proposal',
    ]);
    expect(document.getText()).toBe(text);
    expect(hide).not.toHaveBeenCalled();
  });

  test('is accepted where the user says so', async () => {
    await proposes(doubtful, 1);
    vi.mocked(confirm).mockResolvedValueOnce(true);
    await edits.accept();
    expect(document.getText()).toContain('two(2);');
  });

  test('that was overtaken while the user was asked is not accepted', async () => {
    await proposes(doubtful, 1);
    vi.mocked(confirm).mockImplementationOnce(() => {
      document.replace(8, 0, 'x');
      return Promise.resolve(true);
    });
    await edits.accept();
    expect(document.getText()).toBe(text.replace('two', 'txwo'));
  });

  test('tells those who show it when its doubts are known', async () => {
    const changed = vi.fn();
    const asked = proposes(doubtful, 1);
    edits.onDidChangeDoubts(changed);
    expect(edits.doubts()).toEqual([]);
    await asked;
    expect(changed).toHaveBeenCalled();
  });

  test('changes that fit nowhere propose nothing, and the user is told why', async () => {
    await proposes('<<<<<<< SEARCH\nfour();\n=======\n4();\n>>>>>>> REPLACE', 1);
    expect(told()).toBe(
      'Nothing is proposed for a.ts:2, and nothing was changed. Changes of the answer fit nowhere in these lines and were left out.',
    );
    await edits.accept();
    expect(document.getText()).toBe(text);
  });
});

test.each([
  ['a diff', '```diff\n@@ -2 +2 @@\n-two();\n+2();\n```'],
  ['a block to search and replace', '<<<<<<< SEARCH\ntwo();\n=======\n2();\n>>>>>>> REPLACE'],
  ['the whole file', '```ts\none();\n2();\nthree();\n```'],
])('%s is applied, and nobody is asked', async (_name, answer) => {
  await proposes(answer, 1);
  await edits.accept();
  expect(document.getText()).toBe(text.replace('two', '2'));
  expect(confirm).not.toHaveBeenCalled();
});

describe('a document that changes meanwhile', () => {
  const answer = '```ts\n2();\n```';

  test.each([
    [
      'lines above and below',
      () =>
        document.replaceAll([
          { start: 0, removed: 0, text: 'zero();\n' },
          { start: text.length, removed: 0, text: 'four();\n' },
        ]),
      `zero();\none();\n2();\nthree();\nfour();\n`,
    ],
    ['a letter above', () => document.replace(0, 0, 'x'), 'xone();\n2();\nthree();\n'],
    ['the line above, which goes', () => document.replace(0, 7, ''), '2();\nthree();\n'],
    ['the line below, which is rewritten', () => document.replace(14, 8, '3();'), 'one();\n2();\n3();\n'],
    [
      'a line that reads the same, above',
      () => document.replace(0, 0, 'two();\n'),
      'two();\none();\n2();\nthree();\n',
    ],
  ])('elsewhere takes the proposal in its line: %s', async (_name, type, right) => {
    await proposes(answer, 1);
    type();
    await edits.accept();
    expect(document.getText()).toBe(right);
  });

  test.each([
    ['a letter', () => document.replace(8, 1, 'W'), 'one();\ntWo();\nthree();\n'],
    ['its end', () => document.replace(13, 0, ' // 2'), 'one();\ntwo(); // 2\nthree();\n'],
    [
      'all of it, by a formatter',
      () => document.replace(0, text.length, text.replaceAll(';', '')),
      text.replaceAll(';', ''),
    ],
    ['its line end', () => document.replace(13, 1, ''), 'one();\ntwo();three();\n'],
    ['nothing of it any more', () => document.replace(7, 7, ''), 'one();\nthree();\n'],
  ])('in its line keeps what the user wrote: %s', async (_name, type, right) => {
    await proposes(answer, 1);
    type();
    await edits.accept();
    expect(document.getText()).toBe(right);
  });

  test('a document with Windows’ line ends keeps them', async () => {
    await proposes('```ts\n2();\nzwei();\n```', 1, 1, text.replaceAll('\n', '\r\n'), EndOfLine.CRLF);
    await edits.accept();
    expect(document.getText()).toBe('one();\r\n2();\r\nzwei();\r\nthree();\r\n');
  });
});
