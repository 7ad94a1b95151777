import { expect, test } from 'vitest';
import { conversationMarkdown } from '../../../src/editor/chat/conversation-markdown';
import { titleOf } from '../../../src/editor/chat/saved-conversation';
import { decisionWith } from '../../core/samples';
import { conversationWith, savedTurnWith } from './conversations';

test('questions, what was attached, answers and who gave them', () => {
  const first = savedTurnWith('Why?', { text: 'So.', decision: decisionWith() });
  const attached = { label: 'a.ts:1', languageId: 'typescript', text: 'let a;' };
  const second = savedTurnWith('And?', { text: '', end: { type: 'broken', detail: 'No.' } });
  const text = conversationMarkdown(
    conversationWith({
      name: 'Notes',
      turns: [{ ...first, question: { ...first.question, attachments: [attached] } }, second],
    }),
  );
  expect(text).toBe(
    [
      '# Notes',
      '## Question',
      'Why?\n\nFrom a.ts:1:\n```typescript\nlet a;\n```',
      '## Answer',
      'So.',
      '*strong · $0.0100 · 2.0 s*',
      '## Question',
      'And?',
      '## Answer',
      'No.',
      '',
    ].join('\n\n'),
  );
});

test('a title and an error are no Markdown', () => {
  const turn = savedTurnWith('Why?', { text: '', end: { type: 'broken', detail: 'No *a* <b>\n```' } });
  const text = conversationMarkdown(conversationWith({ name: 'The `a_b` <details>', turns: [turn] }));
  expect(text).toContain('# The \\`a\\_b\\` \\<details\\>\n');
  const list = savedTurnWith('Why?', { text: '', end: { type: 'broken', detail: '1. No' } });
  expect(conversationMarkdown(conversationWith({ turns: [list] }))).toContain('\n\n1\\. No\n');
  expect(text).toContain('\n\nNo \\*a\\* \\<b\\> \\`\\`\\`\n');
});

test('a conversation is called by its first question, in one line and not too long', () => {
  expect(titleOf({ turns: [] })).toBe('New conversation');
  expect(titleOf({ turns: [savedTurnWith('a\n\n b')] })).toBe('a b');
  expect(titleOf({ turns: [savedTurnWith('x'.repeat(80))] })).toHaveLength(60);
  expect(titleOf({ name: 'Mine', turns: [savedTurnWith('a')] })).toBe('Mine');
});
