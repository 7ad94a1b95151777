import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { noCaps } from '../../../src/core/terms/cost-caps';
import { answerInto } from '../../../src/editor/participant/participant-answer';
import type { TurnMetadata } from '../../../src/editor/participant/participant-history';
import { attemptWith, decisionWith } from '../../core/samples';

const asked: Omit<TurnMetadata, 'answer'> = { conversationId: 'c', question: 'Why?', pool: 'default' };
const decided: AnswerEvent = { type: 'decided', decision: decisionWith() };
const text: AnswerEvent = { type: 'text', text: 'Because.' };
const finished: AnswerEvent = { type: 'finished', attempt: attemptWith(), truncated: false };
const failure = { reason: 'refused-key', detail: 'No.', status: 401 } as const;

/** What the user sees, and what the editor keeps. */
function shown(events: readonly AnswerEvent[], change: Partial<TurnMetadata> = {}) {
  const written: string[] = [];
  const buttons: vscode.Command[] = [];
  const stream = {
    markdown: (value: string) => written.push(value),
    progress: (value: string) => written.push(`(${value})`),
    button: (command: vscode.Command) => buttons.push(command),
  } as unknown as vscode.ChatResponseStream;
  const answer = answerInto(stream, { ...asked, ...change });
  for (const event of events) answer.take(event);
  return { text: written.join(''), buttons, result: answer.result() };
}

test('an answer has its line and its buttons, and the editor keeps whose it is', () => {
  const { text: written, buttons, result } = shown([decided, text, finished]);
  expect(written).toBe(
    'Because.\n\n---\n*strong · $0.0003 · 1.4 s · UCB1, 1 of 100*\n\n*strong is the only model of the pool that can take this request.*',
  );
  expect(buttons.map(({ command, arguments: values }) => [command, ...(values as string[])])).toEqual([
    ['conduit.rate', 'decision', 'strong', 'up'],
    ['conduit.rate', 'decision', 'strong', 'down'],
    ['conduit.explainDecision', 'decision', 'strong'],
  ]);
  expect(result).toEqual({
    metadata: { ...asked, answer: 'Because.', decisionId: 'decision', deploymentId: 'strong', whole: true },
  });
});

test('after a fallback the rating is about the model that answered', () => {
  const fellBack: AnswerEvent = { type: 'fell-back', from: 'strong', to: 'other', failure };
  const attempt = attemptWith({ deploymentId: 'other' });
  const { buttons, result } = shown([
    decided,
    fellBack,
    text,
    { type: 'finished', attempt, truncated: true },
  ]);
  expect(buttons[0]?.arguments).toEqual(['decision', 'other', 'up']);
  expect(result.metadata).toMatchObject({ answer: 'Because.', deploymentId: 'other' });
});

test('the line says what was explored, and what the conversation is locked to', () => {
  const explored: AnswerEvent = { type: 'decided', decision: decisionWith({ explored: true }) };
  expect(shown([explored, text, finished]).text).toContain(' · explored*');
  const lockedTo = { pool: 'default', deploymentId: 'strong' };
  expect(shown([decided, text, finished], { lockedTo }).text).toContain(' · locked to this model*');
  const other = { pool: 'default', deploymentId: 'other' };
  expect(shown([decided, text, finished], { lockedTo: other }).text).not.toContain('locked');
});

describe('an answer that ends within code', () => {
  const code: AnswerEvent = { type: 'text', text: 'See:\n```ts\nlet a' };

  test('has its code closed before what is said of it, once, and the editor keeps what the model wrote', () => {
    const cut: AnswerEvent = { type: 'finished', attempt: attemptWith(), truncated: true };
    const { text: written, result } = shown([decided, code, cut]);
    expect(written).toContain('let a\n```\n\n*The answer was cut off');
    expect(written.match(/```/g)).toHaveLength(2);
    expect(result.metadata).toMatchObject({ answer: 'See:\n```ts\nlet a' });
  });

  test('has it closed where it was stopped, too, and where it could not be recorded', () => {
    const stopped: AnswerEvent = { type: 'stopped', attempt: attemptWith() };
    const line: AnswerEvent = { type: 'text', text: '\n' };
    expect(shown([decided, code, line, stopped]).text).toContain('let a\n```\n\n---\n*Stopped');
    const lost: AnswerEvent = { type: 'not-recorded', detail: 'No.' };
    expect(shown([decided, code, lost, finished]).text).toMatch(/let a\n```\n\n\*[^`]*$/);
  });
});

describe('without an answer', () => {
  test('a failure is an error with what can be done, and no rating', () => {
    const { buttons, result } = shown([
      decided,
      { type: 'failed', attempt: attemptWith(), failure, partial: false },
    ]);
    expect(result.errorDetails?.message).toMatch(/^strong failed .*: No\./);
    expect(buttons.map(({ command }) => command)).toEqual(['conduit.setApiKey', 'conduit.openConfiguration']);
    expect(result.metadata).toMatchObject({ question: 'Why?', answer: '', deploymentId: 'strong' });
  });

  test('no model, or no budget, is one too', () => {
    const excluded = [{ deploymentId: 'strong', reason: 'missing-key' }] as const;
    const none = shown([{ type: 'no-model', pool: 'default', excluded }]);
    expect(none.result.errorDetails?.message).toContain('strong: no API key');
    const cheapest = { deploymentId: 'strong', costUsd: 0.5 };
    const caps = { ...noCaps, requestUsd: 0.01 };
    const over = shown([{ type: 'over-budget', pool: 'default', excluded: [], caps, cheapest }]);
    expect(over.result.errorDetails?.message).toContain('Nothing was sent.');
    expect(over.result.metadata).toEqual({ ...asked, answer: '' });
  });

  test('a stopped one keeps what had come', () => {
    const {
      text: written,
      buttons,
      result,
    } = shown([decided, text, { type: 'stopped', attempt: attemptWith() }]);
    expect(written).toContain('*Stopped · strong');
    expect(buttons).toEqual([]);
    expect(result.metadata).toMatchObject({ answer: 'Because.' });
  });
});

test('what a model thinks is no part of its answer, also where that shows only later', () => {
  const thought: AnswerEvent = { type: 'thought', text: 'Well.' };
  const { text: written, result } = shown([decided, thought, thought, text, finished]);
  expect(written).toMatch(/^\(Thinking…\)Because\./);
  expect(result.metadata).toMatchObject({ answer: 'Because.' });
  const late = shown([decided, { type: 'text', text: 'Hm.' }, { type: 'rethought' }, text, finished]);
  expect(late.text).toMatch(/^Hm\.\n\n\*Until here the model was thinking\.\*\n\nBecause\./);
  expect(late.result.metadata).toMatchObject({ answer: 'Because.' });
});

describe('what Conduit writes behind an answer', () => {
  test.each([
    'my_*model*_v2',
    'a*',
    '<b>large</b>',
    '[a](command:b)',
    '`a',
    'a\\_b',
    '~~a~~',
    'a\n\n# b',
    '1. a',
    '&lt;',
  ])('shows the name of a model as it is: %j', (servedModel) => {
    const attempt = attemptWith({ receipt: { ...attemptWith().receipt, servedModel } });
    const { text: written } = shown([decided, text, { type: 'finished', attempt, truncated: true }]);
    const html = new MarkdownIt({ html: true }).render(written);
    const plain = servedModel.replaceAll(/\s+/g, ' ');
    const escaped = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(html).toContain(`<p><em>strong (served by ${escaped}) · $0.0003`);
    expect(html.match(/<[a-z]\w*/g)).toEqual(['<p', '<p', '<em', '<hr', '<p', '<em', '<p', '<em']);
  });

  test('shows what could not be done as it is said', () => {
    const lost: AnswerEvent = { type: 'not-recorded', detail: 'No C:\\a\\_b_ *x*.\n\n```' };
    const { text: written } = shown([decided, text, lost]);
    const html = new MarkdownIt().render(written);
    expect(html).toContain('No C:\\a\\_b_ *x*. ```</em></p>');
  });
});
