// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { createChatPage } from '../../src/webview/chat/chat-page';
import { noOffers, offersFor, triggerBefore } from '../../src/webview/chat/completion-words';
import type { FromChat, ToChat } from '../../src/webview/protocol/chat';

describe('a list is asked for', () => {
  test.each([
    ['/', '/'],
    ['  /fi', '/fi'],
    ['/fast /te', '/te'],
    ['#', '#'],
    ['look at #sel', '#sel'],
    ['/fix #', '#'],
  ])('by %j', (text, word) => {
    expect(triggerBefore(text)).toEqual({ start: text.length - word.length, word });
  });

  test.each(['', 'a/b', 'see /etc', 'C#', 'a#b', '/fix it', '# heading', `#${'x'.repeat(50)}`])(
    'not by %j',
    (text) => {
      expect(triggerBefore(text)).toBeUndefined();
    },
  );

  test('and is over when the word is complete', () => {
    const offers = { ...noOffers, slashWords: ['fix', 'fast', 'faster'].map((name) => ({ name, text: '' })) };
    const words = (word: string): string[] =>
      offersFor({ start: 0, word }, offers).map((offer) => offer.word);
    expect(words('/f')).toEqual(['/fix', '/fast', '/faster']);
    expect(words('/FA')).toEqual(['/fast', '/faster']);
    expect(words('/fast')).toEqual(['/fast', '/faster']);
    expect(words('/fix')).toEqual([]);
    expect(words('/none')).toEqual([]);
    expect(words('#file')).toEqual(['#file']);
  });
});

describe('the list', () => {
  let posted: FromChat[];
  let receive: (message: ToChat) => void;
  let input: HTMLTextAreaElement;

  beforeEach(() => {
    posted = [];
    const root = document.createElement('div');
    document.body.replaceChildren(root);
    receive = createChatPage(root, { post: (message) => posted.push(message), onDraft: () => undefined });
    receive({
      type: 'conversation',
      pool: 'gpt',
      simulated: false,
      slashWords: [
        { name: 'explain', text: 'Explain code' },
        { name: 'fix', text: 'Correct it' },
      ],
      selection: 'a.ts:1–2',
      openFile: 'a.ts',
      problems: 2,
      turns: [],
    });
    const found = document.querySelector<HTMLTextAreaElement>('[data-testid="composer"]');
    if (found === null) throw new Error('There is no composer.');
    input = found;
    posted = [];
  });

  function type(text: string): void {
    input.value = text;
    input.selectionStart = input.selectionEnd = text.length;
    input.dispatchEvent(new Event('input'));
  }

  function press(key: string, options: KeyboardEventInit = {}): KeyboardEvent {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
    input.dispatchEvent(event);
    return event;
  }

  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role="option"]')];
  const sent = (): FromChat[] => posted.filter(({ type: kind }) => kind !== 'typing');

  test('is tied to the text field while it is open', () => {
    type('/');
    const list = document.getElementById(input.getAttribute('aria-controls') ?? '');
    expect(list?.getAttribute('role')).toBe('listbox');
    const active = (): string | null | undefined =>
      document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent;
    expect(active()).toContain('/explain');
    press('ArrowDown');
    expect(active()).toContain('/fix');
    press('ArrowDown');
    expect(active()).toContain('/explain');
    press('ArrowUp');
    expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual(['false', 'true']);
    press('Escape');
    expect(input.hasAttribute('aria-controls')).toBe(false);
    expect(input.hasAttribute('aria-activedescendant')).toBe(false);
  });

  test.each(['Enter', 'Tab'])('%s takes the active one, and sends nothing', (key) => {
    type('/fi');
    expect(press(key).defaultPrevented).toBe(true);
    expect(input.value).toBe('/fix ');
    expect(rows()).toEqual([]);
    expect(sent()).toEqual([]);
  });

  test('what is composed by an input method, and Shift+Tab, are left alone', () => {
    type('/fi');
    press('Enter', { isComposing: true });
    expect(press('Tab', { shiftKey: true }).defaultPrevented).toBe(false);
    expect(input.value).toBe('/fi');
  });

  test('Escape closes it and does not stop the answer that is under way', () => {
    receive({
      type: 'turn',
      turn: { id: 'a', prompt: 'Why?', answer: '', status: 'streaming', notices: [] },
    });
    type('/');
    press('Escape');
    expect(sent()).toEqual([]);
    press('Escape');
    expect(sent()).toEqual([{ type: 'stop' }]);
  });

  test('what is attached leaves the text', () => {
    type('look at #op');
    press('Enter');
    expect(input.value).toBe('look at ');
    type('and #prob');
    rows()[0]?.click();
    expect(input.value).toBe('and ');
    type('why? #sel');
    press('Enter');
    expect(input.value).toBe('why? ');
    type('#fi');
    press('Tab');
    expect(sent()).toEqual([
      { type: 'attach', what: 'open-file' },
      { type: 'attach', what: 'problems' },
      { type: 'attach', what: 'selection' },
      { type: 'attach', what: 'files' },
    ]);
  });

  test('follows what there is while it is open, and what was active stays so', () => {
    const words = (): (string | undefined)[] => rows().map(({ firstChild }) => firstChild?.textContent ?? '');
    receive({ type: 'selection' });
    document.querySelector<HTMLElement>('[data-testid="attach-menu"]')?.click();
    expect(words()).toEqual(['#file']);
    receive({ type: 'selection', openFile: 'b.ts', problems: 1 });
    expect(words()).toEqual(['#file', '#open-file', '#problems']);
    press('ArrowDown');
    receive({ type: 'selection', selection: 'b.ts:1', openFile: 'b.ts' });
    expect(words()).toEqual(['#file', '#selection', '#open-file']);
    expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual(['false', 'false', 'true']);
    press('Escape');
    receive({ type: 'selection', openFile: 'c.ts' });
    expect(words()).toEqual([]);
    type('#o');
    receive({ type: 'selection' });
    expect(words()).toEqual([]);
  });

  test('the attach button offers what there is, and no more', () => {
    const button = document.querySelector<HTMLElement>('[data-testid="attach-menu"]');
    button?.click();
    expect(rows().map((row) => row.firstChild?.textContent)).toEqual([
      '#file',
      '#selection',
      '#open-file',
      '#problems',
    ]);
    button?.click();
    expect(rows()).toEqual([]);
    receive({ type: 'selection' });
    button?.click();
    expect(rows().map((row) => row.firstChild?.textContent)).toEqual(['#file']);
    press('Enter');
    expect(sent()).toEqual([{ type: 'attach', what: 'files' }]);
  });
});
