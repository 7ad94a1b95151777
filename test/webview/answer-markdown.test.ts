// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createAnswerElement } from '../../src/webview/chat/answer-element';
import { createAnswerPart } from '../../src/webview/chat/answer-part';
import { loadMathematics } from '../../src/webview/chat/mathematics';
import type { AnswerView, FromChat } from '../../src/webview/protocol/chat';

let posted: FromChat[];

beforeEach(() => {
  posted = [];
  document.body.replaceChildren();
});

function shown(text: string): HTMLElement {
  const answer = createAnswerElement(
    (message) => posted.push(message),
    () => undefined,
    () => 'd1',
  );
  document.body.append(answer.element);
  answer.show(text, false);
  return answer.element;
}

/** What comes into the clipboard when this much is selected; undefined: what the browser makes of it. */
function copied(element: Element, range: Range): Record<string, string> | undefined {
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  const data: Record<string, string> = {};
  const event = new Event('copy', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { setData: (type: string, value: string) => (data[type] = value) } });
  element.dispatchEvent(event);
  return event.defaultPrevented ? data : undefined;
}

function rangeOf(element: Node): Range {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range;
}

describe('Markdown that models write and its rules don’t know', () => {
  test('an answer with formulas shows them as soon as they can be drawn', async () => {
    const element = shown('It is \\(x^2\\).');
    await vi.waitFor(() => expect(element.querySelector('math')).not.toBeNull());
  });

  test('formulas are copied as their source, whole also where a part is selected, and told of', async () => {
    await loadMathematics();
    const element = shown('It is \\(x_1\\), or\n\n\\[\na \\\\ b\n\\]\n\nDone.');
    const all = copied(element, rangeOf(element));
    expect(all?.['text/plain']).toBe('It is \\(x_1\\), or\n\\[\na \\\\ b\n\\]\nDone.\n');
    expect(all?.['text/html']).not.toContain('<math');
    const sub = element.querySelector('msub');
    expect(copied(element, rangeOf(sub ?? element))?.['text/plain']).toBe('\\(x_1\\)');
    expect(posted).toEqual([{ type: 'copied', decisionId: 'd1' }]);
  });

  test('without a formula the browser copies', () => {
    const element = shown('It is **x**.');
    expect(copied(element, rangeOf(element))).toBeUndefined();
  });

  test('a file’s link asks the extension, by a click within it, and by Enter', () => {
    const element = shown('[`foo`](src/foo.ts:12)');
    element.querySelector<HTMLElement>('.file-link code')?.click();
    const link = element.querySelector<HTMLElement>('.file-link');
    link?.focus();
    expect(document.activeElement).toBe(link);
    for (const key of ['Enter', 'a'])
      link?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    expect(posted).toEqual([
      { type: 'open-file', href: 'src/foo.ts:12' },
      { type: 'open-file', href: 'src/foo.ts:12' },
    ]);
  });

  test('what the reader unfolded stays so while the answer grows', () => {
    const answer = createAnswerElement(
      () => undefined,
      () => undefined,
      () => undefined,
    );
    const text = '<details>\n<summary>a</summary>\n\nb\n\n</details>\n\n';
    answer.show(text, false);
    answer.element.querySelector('details')?.toggleAttribute('open', true);
    answer.show(`${text}more`, false);
    expect(answer.element.querySelector('details')?.open).toBe(true);
    expect(answer.element.textContent).toContain('more');
  });
});

describe('what Conduit writes behind an answer', () => {
  const line = {
    model: 'b',
    cost: '$0.0003',
    time: '1.4 s',
    phase: 'UCB1, 3 of 100',
    simulated: false,
    explored: false,
  };

  test.each([
    ['code', 'See:\n```ts\nlet a'],
    ['code of a list item', '- a\n\n  ~~~\n  b'],
    ['HTML', '<div><pre>\n\n<!-- a'],
    ['folded text', '<details>\n<summary>a</summary>\n\nb'],
    ['a formula', '$$\n\\frac{a'],
    ['tags', 'a <b><sub>b'],
    ['a table', '| a |\n|---|\n| <sub>b'],
  ])('is beside the answer in the chat view, whatever is open in it: %s', (_, answer) => {
    const part = createAnswerPart(
      () => undefined,
      () => undefined,
    );
    const view: AnswerView = {
      id: 't',
      prompt: 'Why?',
      answer,
      status: 'done',
      notices: [],
      decisionId: 'd',
      line,
    };
    part.update(view, { turnId: 't', duel: 'none' });
    const foot = part.element.querySelector('.foot');
    expect(foot?.parentElement).toBe(part.element);
    expect(foot?.textContent).toContain('$0.0003');
    expect(foot?.closest('.answer, pre, details, code')).toBeNull();
  });
});
