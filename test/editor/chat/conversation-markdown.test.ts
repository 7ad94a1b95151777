import { expect, test } from 'vitest';
import { conversationMarkdown } from '../../../src/editor/chat/conversation-markdown';
import { titleOf } from '../../../src/editor/chat/saved-conversation';
import { conversationWith, savedTurnWith } from './conversations';

test('questions, what was attached, answers and who gave them', () => {
  const line = {
    model: 'strong',
    cost: '$0.01',
    time: '2 s',
    phase: 'UCB1, 1 of 100',
    simulated: false,
    explored: false,
  };
  const first = savedTurnWith('Why?', { answer: 'So.', line });
  const attached = { label: 'a.ts:1', languageId: 'typescript', text: 'let a;' };
  const second = savedTurnWith('And?', { answer: '', status: 'failed', error: { text: 'No.', actions: [] } });
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
      '*strong · $0.01 · 2 s*',
      '## Question',
      'And?',
      '## Answer',
      'No.',
      '',
    ].join('\n\n'),
  );
});

test('a conversation is called by its first question, in one line and not too long', () => {
  expect(titleOf({ turns: [] })).toBe('New conversation');
  expect(titleOf({ turns: [savedTurnWith('a\n\n b')] })).toBe('a b');
  expect(titleOf({ turns: [savedTurnWith('x'.repeat(80))] })).toHaveLength(60);
  expect(titleOf({ name: 'Mine', turns: [savedTurnWith('a')] })).toBe('Mine');
});
