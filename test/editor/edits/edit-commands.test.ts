import { beforeEach, expect, test, vi } from 'vitest';
import type { InlineEdits } from '../../../src/editor/edits/inline-edits';
import { editSelection } from '../../../src/editor/edits/edit-commands';
import { confirm } from '../../../src/editor/notify';
import type { InputStep } from '../../../src/editor/steps';
import { inputStep } from '../../../src/editor/steps';
import { FakeDocument, Range } from './fake-documents';

const { active } = vi.hoisted((): { active: { editor: unknown } } => ({ active: { editor: undefined } }));

vi.mock('vscode', async () => {
  const fake = await import('./fake-documents');
  const window = Object.defineProperty({}, 'activeTextEditor', { get: () => active.editor });
  return { ...fake, window };
});
vi.mock('../../../src/editor/steps', () => ({ inputStep: vi.fn() }));
vi.mock('../../../src/editor/notify', () => ({ confirm: vi.fn(), notify: vi.fn() }));

let document: FakeDocument;

beforeEach(() => {
  document = new FakeDocument('file:/a.ts', 'one();\ntwo();\nthree();\n');
  active.editor = { document, selection: Object.assign(new Range(1, 0, 1, 3), { isEmpty: false }) };
});

/** The user types an instruction, and maybe something else before Enter; undefined: Escape instead of Enter. */
function types(instruction: string, meanwhile: () => void = () => undefined, ends = true): InputStep[] {
  const seen: InputStep[] = [];
  vi.mocked(inputStep).mockImplementationOnce((options) => {
    seen.push(options);
    options.check(instruction);
    meanwhile();
    return Promise.resolve(ends ? instruction : undefined);
  });
  return seen;
}

/** What stands in the box when the command is run next; nothing is asked. */
async function kept(): Promise<string | undefined> {
  const [seen] = [types('', undefined, false)];
  await editSelection(editsWith(() => Promise.resolve(true)));
  return seen[0]?.value;
}

function editsWith(ask: InlineEdits['ask']): InlineEdits {
  const nothing = () => Promise.resolve();
  return {
    ask: vi.fn(ask),
    askAnother: nothing,
    accept: nothing,
    reject: nothing,
    openAnswer: nothing,
    doubts: () => [],
    onDidChangeDoubts: () => ({ dispose: () => undefined }),
    dispose: () => undefined,
  };
}

test('an instruction that was asked is not offered again', async () => {
  types('Rename it');
  await editSelection(editsWith(() => Promise.resolve(true)));
  expect(await kept()).toBe('');
});

test('an instruction that was not asked, or whose asking failed, is kept', async () => {
  types('Rename it');
  await editSelection(editsWith(() => Promise.resolve(false)));
  expect(await kept()).toBe('Rename it');
  types('Sort them');
  const failing = editSelection(editsWith(() => Promise.reject(new Error('The configuration is gone.'))));
  await expect(failing).rejects.toThrow('The configuration is gone.');
  expect(await kept()).toBe('Sort them');
});

test('one that fails late does not replace what is typed by then', async () => {
  types('Rename it');
  const failing = editSelection(
    editsWith(async () => {
      types('Sort', undefined, false);
      await editSelection(editsWith(() => Promise.resolve(true)));
      throw new Error('It broke.');
    }),
  );
  await expect(failing).rejects.toThrow('It broke.');
  expect(await kept()).toBe('Sort');
});

test('lines that are typed above while the instruction is typed move what it is about', async () => {
  types('Rename it', () => document.replace(0, 0, 'zero();\n\n'));
  const edits = editsWith(() => Promise.resolve(true));
  await editSelection(edits);
  const [target, question] = vi.mocked(edits.ask).mock.calls[0] ?? [];
  expect(target?.range.start.line).toBe(3);
  expect(question).toMatchObject({ text: 'two();', label: 'a.ts:4' });
});

test('what is typed in the lines meanwhile is asked about', async () => {
  types('Rename it', () => document.replace(11, 0, '1, 2'));
  const edits = editsWith(() => Promise.resolve(true));
  await editSelection(edits);
  expect(vi.mocked(edits.ask).mock.calls[0]?.[1].text).toBe('two(1, 2);');
});

test('a secret elsewhere in the file that goes along is asked about, with its line, and once', async () => {
  document = new FakeDocument('file:/a.ts', 'one();\ntwo();\nconst password = "Kx72hunter!";\n');
  active.editor = { document, selection: Object.assign(new Range(1, 0, 1, 3), { isEmpty: false }) };
  const edits = editsWith(() => Promise.resolve(true));
  for (const agrees of [false, true]) {
    vi.mocked(confirm).mockResolvedValueOnce(agrees);
    types('Rename it');
    await editSelection(edits);
    expect(edits.ask).toHaveBeenCalledTimes(agrees ? 1 : 0);
  }
  types('Rename it');
  await editSelection(edits);
  expect(edits.ask).toHaveBeenCalledTimes(2);
  expect(vi.mocked(confirm).mock.calls).toHaveLength(2);
  const [message, detail] = vi.mocked(confirm).mock.calls[0] ?? [];
  expect(message).toBe('a.ts:2 may hold secrets. Send it to a model?');
  expect(detail).toContain('a.ts, line 3: this looks like a password.');
  expect(detail).not.toContain('hunter');
});
