import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { createAskedPictures, picturesOf } from '../../../src/editor/participant/participant-images';
import { Uri } from '../edits/fake-documents';

const files = new Map<string, Uint8Array>();

vi.mock('vscode', async () => {
  const { Uri: FakeUri } = await import('../edits/fake-documents');
  return {
    Uri: FakeUri,
    workspace: {
      asRelativePath: ({ path }: { path: string }) => path,
      fs: {
        readFile: ({ path }: { path: string }) => {
          const bytes = files.get(path);
          return bytes === undefined ? Promise.reject(new Error('gone')) : Promise.resolve(bytes);
        },
      },
    },
  };
});

let told: string[];
let shown: string[];

beforeEach(() => {
  told = [];
  shown = [];
  files.clear();
});

const reference = (value: unknown, id = 'x'): vscode.ChatPromptReference => ({ id, value });
const read = (...references: readonly vscode.ChatPromptReference[]) =>
  picturesOf(
    references,
    (text) => told.push(text),
    ({ path }) => shown.push(path),
  );

/** As the editor hands over what was pasted. */
class Pasted {
  constructor(
    readonly mimeType: string,
    private readonly bytes: Uint8Array,
  ) {}

  data(): Promise<Uint8Array> {
    return Promise.resolve(this.bytes);
  }
}

test('pictures go along, pasted ones and files; all else is left to who reads texts', async () => {
  files.set('plan.PNG', Buffer.from('plan'));
  const text = reference('words');
  const code = reference(Uri.parse('file:a.ts'));
  const pdf = reference(new Pasted('application/pdf', Buffer.from('pdf')));
  const { images, others } = await read(
    text,
    reference(new Pasted('image/jpeg', Buffer.from('shot'))),
    code,
    reference(Uri.parse('file:plan.PNG')),
    pdf,
  );
  expect(images).toEqual([
    { mimeType: 'image/jpeg', base64: Buffer.from('shot').toString('base64') },
    { mimeType: 'image/png', base64: Buffer.from('plan').toString('base64') },
  ]);
  expect(others).toEqual([text, code, pdf]);
  expect([told, shown]).toEqual([[], ['plan.PNG']]);
});

test('what is too large or gone is told, and left out', async () => {
  files.set('large.png', new Uint8Array(5_000_001));
  const { images, others } = await read(
    reference(Uri.parse('file:large.png')),
    reference(Uri.parse('file:gone.gif')),
  );
  expect([images, others, shown]).toEqual([[], [], []]);
  expect(told).toEqual([
    'large.png is too large to be sent as a picture.',
    'gone.gif can’t be read. Nothing of it was attached.',
  ]);
});

test('the pictures of a question are kept for another answer to it, the oldest not for ever', () => {
  const pictures = createAskedPictures(1);
  const image = { mimeType: 'image/png', base64: 'AA==' };
  pictures.keep('c', 'one', [image]);
  pictures.keep('c', 'nothing', []);
  expect([pictures.of('c', 'one'), pictures.of('d', 'one')]).toEqual([[image], []]);
  pictures.keep('c', 'two', [image]);
  expect([pictures.of('c', 'one'), pictures.of('c', 'two')]).toEqual([[], [image]]);
});
