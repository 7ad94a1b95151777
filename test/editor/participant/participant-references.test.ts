import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Uri } from '../edits/fake-documents';
import { attachmentsOf } from '../../../src/editor/participant/participant-references';

vi.mock('vscode', async () => {
  const { Uri, Range } = await import('../edits/fake-documents');
  return { Uri, Location: Range, workspace: { asRelativePath: ({ path }: { path: string }) => path } };
});

const stream = {
  markdown: () => undefined,
  reference: () => undefined,
} as unknown as vscode.ChatResponseStream;
const textOf = (id: string, value: string): vscode.ChatPromptReference => ({ id, value });

test('of two texts with the same name both go along, of the same one twice one', async () => {
  const references = [
    textOf('selection', 'one()'),
    textOf('selection', 'two()'),
    textOf('selection', 'one()'),
  ];
  const attachments = await attachmentsOf(references, stream);
  expect(attachments?.map(({ label, text }) => [label, text])).toEqual([
    ['selection', 'one()'],
    ['selection', 'two()'],
  ]);
});

test('problems that are attached go along as their places and messages', async () => {
  const at = (line: number) => ({ start: { line, character: 4 } });
  const value = {
    diagnostics: [[Uri.parse('file:a.ts'), [{ message: 'Not there.', range: at(2), severity: 0 }]]],
  };
  const [attachment] = (await attachmentsOf([{ id: 'problems', value }], stream)) ?? [];
  expect(attachment).toMatchObject({ label: 'problems', text: 'a.ts:3:5: Not there.' });
});
