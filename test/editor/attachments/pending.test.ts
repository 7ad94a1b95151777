import { beforeEach, expect, test } from 'vitest';
import { longestTogether } from '../../../src/text/file-text';
import type { PendingAttachments } from '../../../src/editor/attachments/pending';
import { createPendingAttachments } from '../../../src/editor/attachments/pending';
import type { Read, Source } from '../../../src/editor/attachments/sources';

let pending: PendingAttachments;
let told: string[];
let asked: number;
let agrees: boolean;
let offered: readonly string[];

beforeEach(() => {
  told = [];
  asked = 0;
  agrees = false;
  pending = createPendingAttachments({
    ask: (_message, _detail, ...labels) => {
      asked += 1;
      offered = labels;
      return Promise.resolve(agrees);
    },
    tell: (text) => told.push(text),
    onChanged: () => undefined,
  });
});

const attachment = (label: string, text: string) => ({ label, languageId: 'text', text });

function source(label: string, read: () => Read): Source {
  return { key: label, icon: 'file', read: () => Promise.resolve(read()) };
}

function file(label: string, text = 'let a = 1;'): Source {
  return source(label, () => ({ attachment: attachment(label, text) }));
}

const labels = (): string[] => pending.chips.map(({ label }) => label);

test('files are attached once each, left out again, and go with one question', async () => {
  await pending.add([file('a.ts'), file('b.ts')]);
  await pending.add([file('b.ts'), file('c.ts')]);
  expect(labels()).toEqual(['a.ts', 'b.ts', 'c.ts']);
  pending.remove('b.ts');
  const taken = await pending.take();
  expect(taken?.map(({ label }) => label)).toEqual(['a.ts', 'c.ts']);
  expect(labels()).toEqual([]);
  expect(await pending.take()).toEqual([]);
  expect(asked).toBe(0);
});

test('what is sent is what the file says then', async () => {
  let text = 'before';
  await pending.add([source('a.ts', () => ({ attachment: attachment('a.ts', text) }))]);
  text = 'after';
  expect((await pending.take())?.[0]?.text).toBe('after');
});

test('what is still being read goes with the question too', async () => {
  let read: (text: string) => void = () => undefined;
  const text = new Promise<string>((resolve) => (read = resolve));
  const slow: Source = {
    key: 'a.ts',
    icon: 'file',
    read: async () => ({ attachment: attachment('a.ts', await text) }),
  };
  const added = pending.add([slow]);
  const taken = pending.take();
  read('let a = 1;');
  expect(await taken).toEqual([attachment('a.ts', 'let a = 1;')]);
  await added;
  expect(labels()).toEqual([]);
});

test('what is refused, cut or too much for one question is told', async () => {
  const cut = source('long.ts', () => ({ attachment: attachment('long.ts', 'x'), notice: 'It is long.' }));
  await pending.add([
    source('a.png', () => ({ refused: 'a.png is not a text file.' })),
    cut,
    file('large.txt', ' '.repeat(longestTogether - 1)),
    file('more.txt', '12'),
  ]);
  expect(labels()).toEqual(['long.ts', 'large.txt']);
  expect(told).toEqual([
    'a.png is not a text file.',
    expect.stringMatching(/^more\.txt was left out: more than 200,000 characters/),
    'It is long.',
  ]);
});

test('a file with secrets is attached only where the user agrees, and is asked about once', async () => {
  await pending.add([file('.env')]);
  expect(labels()).toEqual([]);
  agrees = true;
  await pending.add([file('.env')]);
  expect(labels()).toEqual(['.env']);
  agrees = false;
  expect(await pending.take()).toHaveLength(1);
  expect(asked).toBe(2);
});

test('refusing a file with secrets leaves it out, and the others that came with it are attached', async () => {
  const cut = source('.env.local', () => ({
    attachment: attachment('.env.local', 'A=1'),
    notice: 'It is long.',
  }));
  await pending.add([file('a.ts'), file('.env'), cut, file('b.ts')]);
  expect(labels()).toEqual(['a.ts', 'b.ts']);
  expect(told).toEqual([]);
  expect(offered).toEqual(['Send Anyway', 'Leave Out']);
});

test('a secret that came into a file since holds the question back whole', async () => {
  let text = 'harmless';
  await pending.add([file('b.ts'), source('a.ts', () => ({ attachment: attachment('a.ts', text) }))]);
  text = '-----BEGIN PRIVATE KEY-----';
  expect(await pending.take()).toBeUndefined();
  expect(labels()).toEqual(['b.ts', 'a.ts']);
  agrees = true;
  expect((await pending.take())?.at(-1)).toEqual(attachment('a.ts', text));
});
