import { expect, test } from 'vitest';
import type { InlineQuestion } from '../../src/text/edit-prompt';
import { knownOfInline, knownOfQuestion } from '../../src/text/known-of-question';
import { readQuestion } from '../../src/text/slash-commands';

const attached = (languageId: string) => ({ languageId });

test.each([
  ['/explain', 'explain-code'],
  ['/fix it hangs', 'fix-code'],
  ['/tests /fast', 'write-tests'],
  ['/fast /doc', 'document-code'],
  ['/fix /tests', 'fix-code'],
  ['fix it', undefined],
  ['/fast fix it', undefined],
])('%j is known to be of the kind %s', (text, kind) => {
  const { prompt } = readQuestion(text, ['fast']);
  expect(knownOfQuestion({ prompt, attachments: [], origin: 'chat' }).kind).toBe(kind);
});

test('a question has the words of the user, and the language of what is attached', () => {
  const asked = { prompt: 'Why?', origin: 'chat' } as const;
  const attachments = [attached('text'), attached('typescript'), attached('css')];
  expect(knownOfQuestion({ ...asked, attachments })).toEqual({
    kind: undefined,
    words: 'Why?',
    language: 'typescript',
  });
  expect(knownOfQuestion({ ...asked, attachments: [attached('text')] }).language).toBe('text');
  expect(knownOfQuestion({ ...asked, attachments: [] }).language).toBeUndefined();
});

test('an explanation of the selection is one', () => {
  const asked = {
    prompt: 'Explain the selected go code',
    attachments: [],
    origin: 'explain-selection',
  } as const;
  expect(knownOfQuestion(asked).kind).toBe('explain-code');
});

const question: Omit<InlineQuestion, 'task'> = {
  languageId: 'go',
  label: 'a.go:1',
  text: 'a()',
  document: 'a()',
  instruction: 'Rename it',
  problems: [],
};

test.each([
  ['edit', { words: 'Rename it', language: 'go' }],
  ['fix', { kind: 'fix-code' }],
  ['tests', { kind: 'write-tests' }],
  ['document', { kind: 'document-code' }],
] as const)('of the inline command %s is known what it is', (task, known) => {
  expect(knownOfInline({ ...question, task })).toEqual(known);
});

test('an edit without an instruction has no words', () => {
  expect(knownOfInline({ ...question, task: 'edit', instruction: undefined }).words).toBe('');
});
