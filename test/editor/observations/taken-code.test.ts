import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NoticedSignal } from '../../../src/core/terms/observation';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';
import type { TakenCode } from '../../../src/editor/observations/taken-code';
import { createTakenCode } from '../../../src/editor/observations/taken-code';
import { FakeDocument, workspace } from '../edits/fake-documents';

/** What the editor says of files: which settings exclude, and which git ignores. */
const files = vi.hoisted(() => ({ exclude: {}, ignored: [] as string[] }));

vi.mock('vscode', async () => {
  const fake = await import('../edits/fake-documents');
  return {
    ...fake,
    RelativePattern: class {
      constructor(
        readonly base: unknown,
        readonly pattern: string,
      ) {}
    },
    languages: {
      match: ({ pattern }: { pattern: { pattern: string } }, { uri }: { uri: { path: string } }) =>
        // Enough of globs for "**/name" and "**/name/**".
        new RegExp(`/${pattern.pattern.replace('**/', '').replace('/**', '/.*')}$`).test(uri.path) ? 10 : 0,
    },
    workspace: {
      ...fake.workspace,
      getWorkspaceFolder: ({ scheme, path }: { scheme: string; path: string }) =>
        scheme === 'file' && path.startsWith('/app/') ? { uri: '/app' } : undefined,
      asRelativePath: ({ path }: { path: string }) => path.replace('/app/', ''),
      getConfiguration: () => ({ get: () => files.exclude }),
      decode: (bytes: Uint8Array) => Promise.resolve(new TextDecoder().decode(bytes)),
    },
  };
});

const by = { decisionId: 'd', deploymentId: 'mini' };
const code = [
  'export function parseDuration(text) {',
  '  const [, amount, unit] = /^(\\d+)([smh])$/.exec(text);',
  '  return Number(amount) * secondsByUnit[unit];',
  '}',
].join('\n');
const answer = `Like this:\n\n\`\`\`js\n${code}\n\`\`\`\n`;
const question = [{ role: 'user', text: 'How do I parse durations?' }] as const;

let told: string[];
let may: boolean;
let taken: TakenCode;
let committed: Map<string, string>;
let tellCommit: () => void;
let last: string;

beforeEach(() => {
  vi.useFakeTimers();
  workspace.textDocuments.length = 0;
  Object.assign(files, { exclude: {}, ignored: [] });
  told = [];
  may = true;
  committed = new Map();
  last = '1';
  const repository = {
    rootUri: { scheme: 'file', path: '/app', toString: () => 'file:/app' },
    onDidCommit: (listener: () => void) => {
      tellCommit = listener;
      return { dispose: () => undefined };
    },
    log: () => Promise.resolve([{ hash: last, message: 'x' }]),
    checkIgnore: () => Promise.resolve(new Set(files.ignored)),
    buffer: (_hash: string, path: string) => {
      const text = committed.get(path);
      return text === undefined
        ? Promise.reject(new Error('not in it'))
        : Promise.resolve(new TextEncoder().encode(text));
    },
  } as unknown as GitRepository;
  taken = createTakenCode({
    conduit: () =>
      Promise.resolve({
        observe: (decisionId: string, deploymentId: string, signal) => {
          const { moment, share01 } = signal as NoticedSignal & { kind: 'taken' };
          told.push(`${decisionId}/${deploymentId} ${moment} ${share01.toFixed(2)}`);
          return Promise.resolve();
        },
      }),
    noticing: { edits: () => may },
    git: { repositories: () => [repository] },
    log: { debug: fail, info: fail, warn: fail, error: fail },
  });
});

afterEach(() => {
  taken.dispose();
  vi.useRealTimers();
});

function fail(message: string): void {
  throw new Error(message);
}

async function answered(
  text = answer,
  asked: Parameters<TakenCode['answered']>[2] = question,
  id = by,
): Promise<void> {
  taken.answered(id, text, asked);
  await vi.advanceTimersByTimeAsync(50);
}

async function looked(): Promise<void> {
  await vi.advanceTimersByTimeAsync(450);
}

function file(name: string, text = '\n'): FakeDocument {
  return new FakeDocument(name.includes(':') ? name : `file:/app/${name}`, text).open();
}

async function paste(document: FakeDocument, text = code): Promise<void> {
  document.replace(document.getText().length, 0, text);
  await looked();
}

test('code that is pasted into a file is seen, and what becomes of it is told', async () => {
  const document = file('a.js', 'const secondsByUnit = {};\n');
  await answered();
  await paste(document);
  expect(told).toEqual(['d/mini seen 1.00']);
  document.replace(document.getText().indexOf('  return'), 60, '');
  document.save();
  await looked();
  expect(told.at(-1)).toBe('d/mini save 0.67');
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(told.slice(2)).toEqual(['d/mini 5-minutes 0.67', 'd/mini 30-minutes 0.67']);
});

test('it is one thing however it comes: at once, in pieces, indented, by several cursors, or over what stood there', async () => {
  const lines = code.split('\n');
  const ways: ((document: FakeDocument) => Promise<void> | void)[] = [
    (document) => document.replace(0, 1, code),
    async (document) => {
      for (const line of lines) await paste(document, `${line}\n`);
    },
    (document) => document.replace(0, 0, lines.map((line) => `\t\t${line}\r\n`).join('')),
    (document) =>
      document.replaceAll([
        { start: 0, removed: 0, text: `${lines.slice(0, 2).join('\n')}\n` },
        { start: 1, removed: 0, text: lines.slice(2).join('\n') },
      ]),
    (document) => {
      for (const sign of code) document.replace(document.getText().length, 0, sign);
    },
  ];
  for (const [index, way] of ways.entries()) {
    const id = { ...by, decisionId: String(index) };
    const document = file(`way-${String(index)}.js`);
    await answered(answer, question, id);
    await way(document);
    await looked();
    document.save();
    await looked();
    expect(told.filter((each) => each.startsWith(`${String(index)}/`)).at(-1)).toBe(
      `${String(index)}/mini save 1.00`,
    );
    document.replace(0, document.getText().length, '');
    document.close();
  }
});

test('the first commit with it tells', async () => {
  const document = file('a.js');
  await answered();
  await paste(document);
  tellCommit();
  await looked();
  expect(told).toEqual(['d/mini seen 1.00']);
  committed.set('/app/a.js', code.split('\n').slice(0, 2).join('\n'));
  last = '2';
  tellCommit();
  await looked();
  tellCommit();
  await looked();
  expect(told).toEqual(['d/mini seen 1.00', 'd/mini commit 0.67']);
});

test('what is saved in the same moment is seen first', async () => {
  const document = file('a.js');
  await answered();
  document.replace(0, 0, code);
  document.save();
  await looked();
  expect(told).toEqual(['d/mini seen 1.00', 'd/mini save 1.00']);
});

test('lines that were asked about, or stand in an open file, are nobody’s', async () => {
  const document = file('a.js');
  await answered(answer, [{ role: 'user', text: `What does this do?\n\`\`\`js\n${code}\n\`\`\`` }]);
  await paste(document);
  const other = file('b.js', `${code}\n`);
  await answered(answer, question, { ...by, decisionId: 'e' });
  await paste(file('c.js'), other.getText());
  expect(told).toEqual([]);
});

test('moving lines within a file that was opened after the answer is no taking over', async () => {
  await answered();
  const document = file('a.js', `${code}\nconst end = 0;\n`);
  document.replace(document.getText().length, 0, '// a comment\n');
  await looked();
  document.replace(0, code.length, '');
  await paste(document, code);
  expect(told).toEqual([]);
});

test('of two answers with the same lines the one counts that more is taken from', async () => {
  const document = file('a.js');
  await answered();
  const better = code.replace('Number(amount)', 'Number.parseInt(amount, 10)');
  await answered(`\`\`\`js\n${better}\n\`\`\``, question, { ...by, decisionId: 'e' });
  await paste(document, better);
  expect(told).toEqual(['e/mini seen 1.00']);
});

test('taken from one, undone, and taken from another that is alike', async () => {
  const document = file('a.js');
  await answered();
  await paste(document);
  document.replace(0, document.getText().length, '');
  await looked();
  await answered(answer, question, { ...by, decisionId: 'e' });
  await paste(document);
  expect(told).toEqual(['d/mini seen 1.00', 'e/mini seen 1.00']);
});

test('code that a command of Conduit inserts is told by that alone', async () => {
  const document = file('a.js');
  await answered();
  document.replace(0, 0, code);
  taken.inserted('d');
  await looked();
  expect(told).toEqual([]);
});

test('after ten minutes it is too late', async () => {
  const document = file('a.js');
  await answered();
  await vi.advanceTimersByTimeAsync(10 * 60_000 + 1);
  await paste(document);
  expect(told).toEqual([]);
});

test('a line that any file has is no sign of an answer', async () => {
  const document = file('a.js');
  await answered(
    '```js\nimport { readFile } from "node:fs/promises";\ntry {\n} finally {\n}\nreturn false;\n```',
  );
  await paste(
    document,
    'import { readFile } from "node:fs/promises";\ntry {\n} finally {\n}\nreturn false;\n',
  );
  expect(told).toEqual([]);
});

test.each([
  ['outside of the workspace', 'file:/elsewhere/a.js'],
  ['of git', 'git:/app/a.js'],
  ['of Conduit’s previews', 'conduit-preview:/app/a.js'],
  ['that is named as those with secrets', '.env'],
  ['that the settings exclude', 'out/a.js'],
])('a document %s is not looked at', async (_, name) => {
  files.exclude = { '**/out': true, '**/other': false };
  await answered();
  await paste(file(name));
  expect(told).toEqual([]);
});

test('what git ignores is not looked at, and what an exclusion that is off names is', async () => {
  files.exclude = { '**/out': false };
  await answered();
  await paste(file('out/a.js'));
  expect(told).toEqual(['d/mini seen 1.00']);
  files.ignored = ['/app/b.js'];
  await answered(answer.replaceAll('parseDuration', 'readDuration'), question, { ...by, decisionId: 'e' });
  await paste(file('b.js'), code.replaceAll('parseDuration', 'readDuration'));
  expect(told).toEqual(['d/mini seen 1.00']);
});

test('nothing is kept or looked at where the user doesn’t want it, and what was seen is not followed', async () => {
  const document = file('a.js');
  may = false;
  await answered();
  may = true;
  await paste(document);
  expect(told).toEqual([]);
  document.replace(0, document.getText().length, '');
  await answered();
  await paste(document);
  may = false;
  document.save();
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(told).toEqual(['d/mini seen 1.00']);
});

test('a long document is looked at as a whole, and one that is too long is not', async () => {
  const long = 'const anotherLine = 1;\n'.repeat(2_000);
  await answered();
  const document = file('a.js', long);
  await paste(document);
  await looked();
  expect(told).toEqual(['d/mini seen 1.00']);
  await answered(answer.replaceAll('parseDuration', 'readDuration'), question, { ...by, decisionId: 'e' });
  await paste(file('b.js', '\n'.repeat(10_000)), code.replaceAll('parseDuration', 'readDuration'));
  await looked();
  expect(told).toEqual(['d/mini seen 1.00']);
});

test('a document without a file is looked at, until it is closed', async () => {
  const document = file('untitled:Untitled-1', '');
  await answered();
  await paste(document);
  document.close();
  await vi.advanceTimersByTimeAsync(30 * 60_000);
  expect(told).toEqual(['d/mini seen 1.00']);
});
