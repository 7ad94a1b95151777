// @vitest-environment jsdom
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TurnList } from '../../src/webview/chat/turn-list';
import { createTurnList } from '../../src/webview/chat/turn-list';
import { atEnd, grown, mostShown, newer, older } from '../../src/webview/chat/turn-window';
import type { FromChat, TurnView } from '../../src/webview/protocol/chat';

function turnsOf(count: number, name = 'q'): TurnView[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${name}${String(index)}`,
    prompt: `${name}${String(index)}`,
    answer: 'A.',
    status: 'done',
    notices: [],
  }));
}

test('any way up and down, few turns are shown, within the conversation, and both ends can be reached', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.array(fc.boolean(), { maxLength: 80 }), (count, ups) => {
      let range = atEnd(count);
      expect(range.end).toBe(count);
      for (const up of ups) {
        range = up ? older(range) : newer(range, count);
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeLessThanOrEqual(count);
        expect(range.end - range.first).toBeLessThanOrEqual(mostShown);
      }
      let top = range;
      for (let i = 0; i < 60; i++) top = older(top);
      expect(top.first).toBe(0);
      let bottom = top;
      for (let i = 0; i < 60; i++) bottom = newer(bottom, count);
      expect(bottom.end).toBe(count);
      const next = grown(range, count + 1);
      expect(next.end).toBe(count + 1);
      expect(next.end - next.first).toBeLessThanOrEqual(mostShown);
    }),
  );
});

describe('a long conversation', () => {
  let scroller: HTMLElement;
  let list: TurnList;
  let posted: FromChat[];

  beforeEach(() => {
    posted = [];
    scroller = document.createElement('section');
    document.body.replaceChildren(scroller);
    list = createTurnList(scroller, (message) => posted.push(message));
  });

  const prompts = (): string[] =>
    [...scroller.querySelectorAll('.prompt')].map((prompt) => prompt.textContent);
  const click = (id: string): void => scroller.querySelector<HTMLElement>(`[data-testid="${id}"]`)?.click();

  test('shows its last turns, and older ones on the way up, in order', () => {
    list.show(turnsOf(500));
    expect(prompts().at(-1)).toBe('q499');
    expect(prompts().length).toBeLessThan(30);
    for (let i = 0; i < 40; i++) click('older');
    expect(prompts()).toEqual(Array.from({ length: mostShown }, (_, index) => `q${String(index)}`));
    expect(scroller.querySelector('[data-testid="older"]')).toBeNull();
    for (let i = 0; i < 40; i++) click('newer');
    expect(prompts()).toEqual(
      Array.from({ length: mostShown }, (_, index) => `q${String(500 - mostShown + index)}`),
    );
    expect(scroller.lastElementChild?.textContent).toContain('q499');
  });

  test('a new question is shown, wherever the reader was', () => {
    list.show(turnsOf(500));
    for (let i = 0; i < 40; i++) click('older');
    list.show(turnsOf(501));
    expect(prompts().at(-1)).toBe('q500');
  });

  test('an answer that grows out of sight is whole when it comes into sight', () => {
    const turns = turnsOf(500);
    list.show(turns);
    for (let i = 0; i < 40; i++) click('older');
    list.show(turns.map((turn) => (turn.id === 'q499' ? { ...turn, answer: 'Grown.' } : turn)));
    for (let i = 0; i < 40; i++) click('newer');
    expect(scroller.lastElementChild?.querySelector('.answer')?.textContent.trim()).toBe('Grown.');
  });

  test('a question that is being edited is not taken away', () => {
    list.show(turnsOf(500));
    const last = scroller.querySelector('.turn:last-child');
    last?.querySelector<HTMLElement>('[data-testid="edit"]')?.click();
    for (let i = 0; i < 40; i++) click('older');
    expect(last?.isConnected).toBe(true);
  });

  test('asks once for turns that it does not have, and shows them above', () => {
    const all = turnsOf(60);
    list.show(all.slice(50), 50);
    click('older');
    click('older');
    expect(posted).toEqual([{ type: 'earlier', before: 'q50' }]);
    list.show(all.slice(20), 20);
    expect(prompts().at(-1)).toBe('q59');
    expect(prompts()[0]).toBe('q35');
    expect(scroller.querySelector('[data-testid="older"]')?.textContent).toContain('35');
    click('older');
    click('older');
    expect(posted.at(-1)).toEqual({ type: 'earlier', before: 'q20' });
  });

  test('another conversation replaces it', () => {
    list.show(turnsOf(500));
    list.show(turnsOf(2, 'other'));
    expect(prompts()).toEqual(['other0', 'other1']);
    list.show([]);
    expect(scroller.childElementCount).toBe(0);
  });
});
