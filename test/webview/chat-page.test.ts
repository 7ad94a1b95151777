// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createChatPage } from '../../src/webview/chat/chat-page';
import type { FromChat, ToChat, TurnView } from '../../src/webview/protocol/chat';

const turn: TurnView = { id: 'a', prompt: 'Why?', answer: '', status: 'streaming', notices: [] };
const empty: ToChat = { type: 'conversation', pool: 'gpt', simulated: false, turns: [] };

/** All but that typing began, which is counted. */
let posted: FromChat[];
let typings: number;
let drafts: string[];
let receive: (message: ToChat) => void;

function open(draft = ''): void {
  posted = [];
  typings = 0;
  drafts = [];
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createChatPage(root, {
    post: (message) => {
      if (message.type === 'typing') typings += 1;
      else posted.push(message);
    },
    onDraft: (text) => drafts.push(text),
  });
  if (draft !== '') receive({ type: 'draft', text: draft });
}

function byTestId(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  if (found === null) throw new Error(`There is no ${id}.`);
  return found;
}

function composerInput(): HTMLTextAreaElement {
  const input = byTestId('composer');
  if (!(input instanceof HTMLTextAreaElement)) throw new Error('The composer is no textarea.');
  return input;
}

function type(text: string): void {
  const input = composerInput();
  input.value = text;
  input.dispatchEvent(new Event('input'));
}

function press(key: string, options: KeyboardEventInit = {}): void {
  byTestId('composer').dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }),
  );
}

/** The editor gives the focus to the page; a moment later it is seen where in the page it went. */
async function pageFocus(): Promise<void> {
  window.dispatchEvent(new Event('focus'));
  await new Promise((resolve) => setTimeout(resolve, 5));
}

beforeEach(() => open());

describe('the composer', () => {
  test('Enter sends; Shift+Enter, composing and blank text do not', () => {
    receive(empty);
    press('Enter');
    type('Why?');
    press('Enter', { shiftKey: true });
    press('Enter', { isComposing: true });
    expect(posted).toEqual([]);
    press('Enter');
    expect(posted).toEqual([{ type: 'send', text: 'Why?' }]);
    expect(composerInput().value).toBe('');
  });

  test('while an answer is under way Enter sends too, for the host lets it wait, and Stop and Escape stop', () => {
    receive(empty);
    receive({ type: 'turn', turn });
    type('Next');
    press('Enter');
    expect(posted).toEqual([{ type: 'send', text: 'Next' }]);
    expect(composerInput().value).toBe('');
    expect(byTestId('send').hidden).toBe(true);
    byTestId('stop').click();
    press('Escape');
    expect(posted.slice(1)).toEqual([{ type: 'stop' }, { type: 'stop' }]);
  });

  test('the draft is kept, and restored', () => {
    type('half a tho');
    expect(drafts.at(-1)).toBe('half a tho');
    open('half a tho');
    expect(composerInput().value).toBe('half a tho');
    type('something else');
    receive({ type: 'draft', text: 'half a tho' });
    expect(composerInput().value).toBe('something else');
  });

  test('says once for each draft that typing began, also for one that was restored or is an example', () => {
    type(' ');
    expect(typings).toBe(0);
    for (const text of ['W', 'Why', 'Why?']) type(text);
    expect(typings).toBe(1);
    press('Enter');
    expect(typings).toBe(1);
    type('A');
    expect(typings).toBe(2);
    type('');
    type('B');
    expect(typings).toBe(3);

    open('half a tho');
    expect(typings).toBe(0);
    type('half a thou');
    type('half a thought');
    expect(typings).toBe(1);

    open();
    receive(empty);
    byTestId('empty').querySelector('button')?.click();
    expect(typings).toBe(1);
  });

  test('a selection is attached as it is when the user says so, and offered until it is', () => {
    const attached: ToChat = {
      type: 'attachments',
      attachments: [{ key: 'selection', label: 'a.ts:1–2', icon: 'code' }],
    };
    receive(empty);
    expect(byTestId('attach').hidden).toBe(true);
    receive({ type: 'selection', selection: 'a.ts:1–2' });
    byTestId('attach').click();
    expect(posted).toEqual([{ type: 'attach', what: 'selection' }]);
    receive(attached);
    expect(byTestId('attach').hidden).toBe(true);
    receive({ type: 'selection', selection: 'b.ts:7' });
    expect(byTestId('attach').hidden).toBe(false);
    expect(byTestId('attachments').textContent).toBe('a.ts:1–2');
    receive({ type: 'selection' });
    expect(byTestId('attachments').textContent).toBe('a.ts:1–2');
    receive({ type: 'selection', selection: 'a.ts:1–2' });
    receive({ ...attached, attachments: [] });
    expect(byTestId('attach').hidden).toBe(false);
  });

  test('what is attached stands as a chip that a click or Delete leaves out, and keeps the focus in the page', () => {
    const chips = ['a.ts', 'b.ts'].map((label) => ({ key: label, label, icon: 'file' as const }));
    receive({ type: 'attachments', attachments: chips });
    const buttons = [...document.querySelectorAll<HTMLElement>('[data-testid="detach"]')];
    expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual([
      'Leave out a.ts',
      'Leave out b.ts',
    ]);
    buttons[0]?.focus();
    buttons[0]?.click();
    expect(posted).toEqual([{ type: 'detach', key: 'a.ts' }]);
    receive({ type: 'attachments', attachments: chips.slice(1) });
    expect(document.activeElement).toBe(byTestId('detach'));
    byTestId('detach').dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete' }));
    receive({ type: 'attachments', attachments: [] });
    expect(posted.at(-1)).toEqual({ type: 'detach', key: 'b.ts' });
    expect(document.activeElement).toBe(byTestId('composer'));
    expect(byTestId('attachments').hidden).toBe(true);
  });

  test('a question that was not sent after all is back', () => {
    receive(empty);
    type('Why?');
    press('Enter');
    receive({ type: 'unsent', text: 'Why?' });
    expect(composerInput().value).toBe('Why?');
  });

  test('a question that was not sent comes before what was typed since', () => {
    receive(empty);
    type('Why?');
    press('Enter');
    type('And how?');
    receive({ type: 'unsent', text: 'Why?' });
    expect(composerInput().value).toBe('Why?\n\nAnd how?');
    expect(drafts.at(-1)).toBe('Why?\n\nAnd how?');
  });

  test('the draft of a question stays until the host has asked it', () => {
    receive(empty);
    type('Why?');
    press('Enter');
    expect(drafts.at(-1)).toBe('Why?');
  });

  test('shows the questions that wait, and takes one back into the text', () => {
    receive(empty);
    expect(byTestId('waiting-questions').hidden).toBe(true);
    receive({ type: 'waiting', prompts: ['Why?', 'And how?'] });
    type('Then');
    document.querySelectorAll<HTMLElement>('[data-testid="take-back"]')[1]?.click();
    expect(posted).toEqual([{ type: 'take-back', index: 1, prompt: 'And how?' }]);
    expect(composerInput().value).toBe('And how?\n\nThen');
    receive({ type: 'waiting', prompts: ['Why?'] });
    expect(byTestId('waiting-questions').textContent).toBe('Why?');
  });

  test('the focus does not fall out of the page when Stop gives way to Send', () => {
    receive({ type: 'turn', turn });
    byTestId('stop').focus();
    receive({ type: 'turn', turn: { ...turn, status: 'stopped' } });
    expect(document.activeElement).toBe(byTestId('composer'));
  });

  test('takes the focus that the page gets as a whole', async () => {
    receive(empty);
    await pageFocus();
    expect(document.activeElement).toBe(composerInput());
  });

  test('leaves the focus where it came by a key or a click, and a text that is being selected', async () => {
    receive({ ...empty, turns: [{ ...turn, status: 'done', answer: 'Because.' }] });
    byTestId('pool').focus();
    await pageFocus();
    expect(document.activeElement).toBe(byTestId('pool'));
    byTestId('pool').blur();
    byTestId('answer').dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await pageFocus();
    expect(document.activeElement).toBe(document.body);
    byTestId('answer').dispatchEvent(new Event('pointerup', { bubbles: true }));
    document.getSelection()?.selectAllChildren(byTestId('answer'));
    await pageFocus();
    expect(document.activeElement).toBe(document.body);
    document.getSelection()?.removeAllRanges();
    await pageFocus();
    expect(document.activeElement).toBe(composerInput());
  });

  test('names the pool, and begins a new conversation', () => {
    receive(empty);
    expect(byTestId('pool').textContent).toBe('gpt');
    byTestId('new-conversation').click();
    expect(posted).toEqual([{ type: 'new-conversation' }]);
  });
});

describe('the conversation', () => {
  test('an empty one offers examples that fill the composer, and says that models are simulated', () => {
    receive({ ...empty, simulated: true });
    expect(byTestId('simulated').textContent).toContain('simulated');
    const example = byTestId('empty').querySelector('button');
    example?.click();
    expect(composerInput().value).toBe(example?.textContent);
    expect(posted).toEqual([]);
  });

  test('says that it is opened, until the extension has told what it is', () => {
    expect(byTestId('loading').textContent).toContain('Opening');
    receive({ ...empty, turns: [turn] });
    expect(document.querySelector('[data-testid="loading"]')).toBeNull();
    open();
    receive(empty);
    expect(document.querySelector('[data-testid="loading"]')).toBeNull();
  });

  test('says that there is no network as long as there is none', () => {
    receive(empty);
    const online = vi.spyOn(navigator, 'onLine', 'get');
    online.mockReturnValue(false);
    window.dispatchEvent(new Event('offline'));
    expect(byTestId('offline').textContent).toContain('No network');
    online.mockReturnValue(true);
    window.dispatchEvent(new Event('online'));
    expect(document.querySelector('[data-testid="offline"]')).toBeNull();
  });

  test('is a log that the first turn fills and a new conversation empties', () => {
    receive(empty);
    receive({ type: 'turn', turn });
    expect(document.querySelector('[role="log"]')?.contains(byTestId('turn'))).toBe(true);
    expect(document.querySelector('[data-testid="empty"]')).toBeNull();
    receive(empty);
    expect(document.querySelector('[data-testid="turn"]')).toBeNull();
    expect(byTestId('empty')).toBeDefined();
  });

  test('sent again, it keeps the elements that are there', () => {
    receive({ type: 'turn', turn });
    const element = byTestId('turn');
    receive({ ...empty, turns: [{ ...turn, answer: 'Because.', status: 'done' }] });
    expect(byTestId('turn')).toBe(element);
    expect(byTestId('answer').textContent.trim()).toBe('Because.');
  });

  test('announces the end of an answer', () => {
    receive({ type: 'turn', turn });
    expect(byTestId('announcer').textContent).toBe('Answering.');
    receive({ type: 'turn', turn: { ...turn, status: 'stopped' } });
    expect(byTestId('announcer').textContent).toBe('Stopped.');
  });
});
