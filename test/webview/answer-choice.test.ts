// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { createChatPage } from '../../src/webview/chat/chat-page';
import type { AnswerView, FromChat, ToChat, TurnView } from '../../src/webview/protocol/chat';

const line = { model: 'strong', cost: '$0.01', time: '1 s', phase: 'p', simulated: false, explored: false };
const done: TurnView = {
  id: 'a',
  prompt: 'Why?',
  answer: 'So.',
  status: 'done',
  notices: [],
  line,
  decisionId: 'd1',
};
const rival: AnswerView = {
  ...done,
  id: 'r',
  answer: 'Thus.',
  decisionId: 'd2',
  line: { ...line, model: 'weak' },
};

let posted: FromChat[];
let receive: (message: ToChat) => void;

function show(turn: TurnView, lockedTo?: string): void {
  receive({
    type: 'conversation',
    pool: 'gpt',
    simulated: false,
    turns: [turn],
    ...(lockedTo && { lockedTo }),
  });
}

function all(id: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
}

function click(id: string, index = 0): void {
  const found = all(id)[index];
  if (found === undefined) throw new Error(`There is no ${id}.`);
  found.click();
}

beforeEach(() => {
  posted = [];
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createChatPage(root, {
    post: (message) => posted.push(message),
    onDraft: () => undefined,
  });
});

describe('an answer', () => {
  test.each(['regenerate', 'retry-with', 'duel'] as const)('can be asked for again: %s', (action) => {
    show(done);
    click(action);
    expect(posted).toEqual([{ type: action, turnId: 'a' }]);
  });

  test('that is under way has no such buttons', () => {
    const { line: _line, ...streaming } = done;
    show({ ...streaming, status: 'streaming' });
    expect(all('regenerate')).toEqual([]);
  });

  test('that took the place of others shows them on request', () => {
    show({ ...done, earlier: [{ answer: '**Before**', line }] });
    const [earlier] = all('earlier');
    expect(earlier?.textContent).toBe('Earlier answer 1 by strong');
    earlier?.dispatchEvent(new Event('toggle'));
    expect(earlier?.querySelector('strong')?.textContent).toBe('Before');
  });
});

describe('a duel', () => {
  test('streams beside the first answer, and is decided by a button on each when both are whole', () => {
    const { line: _line, ...streaming } = rival;
    show({ ...done, rival: { ...streaming, status: 'streaming', answer: '' } });
    receive({ type: 'delta', turnId: 'r', text: 'Thus' });
    expect(all('prefer')).toEqual([]);
    expect(all('stop')[0]?.hidden).toBe(false);
    receive({ type: 'turn', turn: { ...done, rival } });
    expect(all('answer').map((answer) => answer.textContent.trim())).toEqual(['So.', 'Thus.']);
    expect(all('duel')).toEqual([]);
    click('prefer', 1);
    expect(posted).toEqual([{ type: 'prefer', turnId: 'a', decisionId: 'd2' }]);
    receive({ type: 'turn', turn: { ...done, answer: 'Thus.', earlier: [{ answer: 'So.' }] } });
    expect(all('answer').map((answer) => answer.textContent.trim())).toEqual(['Thus.']);
  });

  test('says when the rival begins and ends too, and keeps the focus when it is gone', () => {
    const said = (): string | undefined => all('announcer')[0]?.textContent;
    show(done);
    receive({ type: 'turn', turn: { ...done, rival: { ...rival, status: 'streaming' } } });
    expect(said()).toBe('Answering.');
    receive({ type: 'turn', turn: { ...done, rival } });
    expect(said()).toBe('Answer finished by weak, $0.01.');
    all('prefer')[1]?.focus();
    expect(document.activeElement).toBe(all('prefer')[1]);
    receive({ type: 'turn', turn: done });
    expect(document.activeElement).toBe(all('thumb-up')[0]);
  });

  test('has a rival that can be rated and asked again by its own id', () => {
    show({ ...done, rival: { ...rival, status: 'stopped' } });
    click('thumb-up', 1);
    click('ask-again');
    expect(posted).toEqual([
      { type: 'rate', decisionId: 'd2', thumb: 'up' },
      { type: 'retry', turnId: 'r' },
    ]);
  });

  test('whose rival a closed window cut off is over: both can be asked again', () => {
    const { line: _line, ...cutOff } = rival;
    show({ ...done, rival: { ...cutOff, status: 'stopped' } });
    expect(all('regenerate')).toHaveLength(1);
    click('ask-again');
    click('regenerate');
    expect(posted).toEqual([
      { type: 'retry', turnId: 'r' },
      { type: 'regenerate', turnId: 'a' },
    ]);
  });
});

describe('a question', () => {
  function editor(): HTMLTextAreaElement {
    const input = all('prompt-editor')[0]?.querySelector('textarea');
    if (!input) throw new Error('There is no editor.');
    return input;
  }
  const press = (key: string): boolean =>
    editor().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  test('is asked in other words with Enter; Escape and blank text ask nothing', () => {
    show(done);
    expect(all('prompt-editor')[0]?.hidden).toBe(true);
    click('edit');
    expect(editor().value).toBe('Why?');
    press('Escape');
    expect(all('prompt-editor')[0]?.hidden).toBe(true);
    expect(document.activeElement).toBe(all('edit')[0]);
    click('edit');
    editor().value = '  ';
    press('Enter');
    expect(posted).toEqual([]);
    editor().value = 'Why not?';
    press('Enter');
    expect(posted).toEqual([{ type: 'edit', turnId: 'a', text: 'Why not?' }]);
  });
});

test('the model that a conversation is locked to is said, and the button changes it', () => {
  show(done, 'strong');
  expect(all('pool')[0]?.textContent).toBe('strong');
  expect(all('pool')[0]?.getAttribute('aria-label')).toContain('strong only');
  click('pool');
  expect(posted).toEqual([{ type: 'choose-model' }]);
  show(done);
  expect(all('pool')[0]?.textContent).toBe('gpt');
});
