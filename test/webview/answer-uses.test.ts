// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import type { FromChat, TurnView } from '../../src/webview/protocol/chat';
import { fromChatSchema, ratingReasonSchema } from '../../src/webview/protocol/chat';
import { ratingReasons } from '../../src/core/terms/observation';
import type { TurnElement } from '../../src/webview/chat/turn-element';
import { createTurnElement } from '../../src/webview/chat/turn-element';

const line = {
  model: 'strong',
  cost: '$0.01',
  time: '1 s',
  phase: 'UCB1, 1 of 100',
  simulated: false,
  explored: false,
};
const code = '```js\nf();\n```';
const done: TurnView = {
  id: 't1',
  prompt: 'Why?',
  answer: code,
  status: 'done',
  notices: [],
  decisionId: 'd1',
  line,
};

let posted: FromChat[];
let turn: TurnElement;

function show(view: TurnView): void {
  posted = [];
  turn = createTurnElement(view, (message) => posted.push(fromChatSchema.parse(message)));
  document.body.replaceChildren(turn.element);
}

beforeEach(() => show(done));

const found = (selector: string): HTMLElement => {
  const element = turn.element.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`There is no ${selector}.`);
  return element;
};
const byId = (id: string): HTMLElement => found(`[data-testid="${id}"]`);
const has = (id: string): boolean => turn.element.querySelector(`[data-testid="${id}"]`) !== null;
const copyIn = (element: HTMLElement): boolean => element.dispatchEvent(new Event('copy', { bubbles: true }));

describe('what is done with an answer carries its decision', () => {
  test.each(['copy', 'insert', 'apply', 'new-file'])('%s', (action) => {
    found(`[data-action="${action}"]`).click();
    expect(posted).toMatchObject([{ type: action, decisionId: 'd1' }]);
  });

  test('code is copied without the newline at its end, with which a terminal would run it, and goes with it elsewhere', () => {
    show({ ...done, answer: '```sh\nrm -r dist\nls\n\n```' });
    for (const action of ['copy', 'insert']) found(`[data-action="${action}"]`).click();
    expect(posted).toMatchObject([{ code: 'rm -r dist\nls\n' }, { code: 'rm -r dist\nls\n\n' }]);
    posted = [];
    show(done);
    found('[data-action="copy"]').click();
    expect(posted).toMatchObject([{ code: 'f();' }]);
  });

  test('copying a part of it tells once; copying the question tells nothing', () => {
    copyIn(found('[data-testid="answer"] code'));
    copyIn(byId('answer'));
    copyIn(turn.element);
    expect(posted).toEqual([{ type: 'copied', decisionId: 'd1' }]);
  });

  test('of the second answer of a duel, and of an earlier one', () => {
    show({
      ...done,
      rival: { ...done, id: 't2', decisionId: 'd2' },
      earlier: [{ answer: code, decisionId: 'd0' }],
    });
    byId('earlier').dispatchEvent(new Event('toggle'));
    for (const answer of turn.element.querySelectorAll<HTMLElement>('[data-testid="answer"]')) {
      copyIn(answer);
      answer.querySelector<HTMLElement>('[data-action="insert"]')?.click();
    }
    expect(posted.map((message) => 'decisionId' in message && message.decisionId)).toEqual([
      'd0',
      'd0',
      'd1',
      'd1',
      'd2',
      'd2',
    ]);
  });
});

describe('after a thumb down', () => {
  const down = { ...done, thumb: 'down' } as const;

  test('the reasons of the ledger are offered, and one goes with the thumb', () => {
    expect(ratingReasonSchema.options).toEqual(ratingReasons);
    turn.update(down);
    for (const reason of ratingReasons) expect(byId(`reason-${reason}`).textContent).not.toBe('');
    byId('reason-too-long').click();
    expect(posted).toEqual([{ type: 'rate', decisionId: 'd1', thumb: 'down', reason: 'too-long' }]);
    expect(has('reason-wrong')).toBe(false);
    expect(document.activeElement).toBe(byId('thumb-down'));
    turn.update({ ...down, reason: 'too-long' });
    expect(byId('reason-given').textContent).toContain('too long');
    expect(has('reason-wrong')).toBe(false);
  });

  test('the offer can be left by its button and by Escape, and goes with the thumb', () => {
    turn.update(down);
    byId('reason-none').click();
    expect(has('reason-wrong')).toBe(false);
    turn.update(done);
    turn.update(down);
    byId('reason-wrong').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(has('reason-wrong')).toBe(false);
    expect(document.activeElement).toBe(byId('thumb-down'));
    turn.update(done);
    turn.update(down);
    turn.update({ ...done, thumb: 'up' });
    expect(has('reason-wrong')).toBe(false);
    expect(posted).toEqual([]);
  });

  test('an old thumb asks for no reason again', () => {
    show(down);
    expect(has('reason-wrong')).toBe(false);
  });
});
