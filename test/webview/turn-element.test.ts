// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest';
import { showWhatIf } from '../../src/webview/explanation-element';
import { createTurnElement } from '../../src/webview/chat/turn-element';
import type { FromChat, TurnView } from '../../src/webview/protocol/chat';
import { turnSchema } from '../../src/webview/protocol/chat';

const done: TurnView = {
  id: 't1',
  prompt: 'Why <b>?</b>',
  answer: 'Because [of this](https://example.com).\n\n```js\nf();\n```',
  status: 'done',
  notices: ['a failed (server error); b was asked instead.'],
  decisionId: 'd1',
  line: {
    model: 'b',
    cost: '$0.0003',
    time: '1.4 s',
    phase: 'UCB1, 3 of 100',
    simulated: false,
    explored: true,
  },
  explanation: {
    sentence: 'b: expected to be as good as a, for less.',
    reasons: ['b scored best.'],
    candidates: [
      {
        model: 'b',
        chosen: true,
        expected: '0.71 (figures)',
        quality01: 0.8,
        bonus: 0.1,
        cost: 'about $0.0003',
        latency: '1.4 s',
        utility: 0.5,
        probability: 0.9975,
      },
      {
        model: 'a',
        chosen: false,
        quality01: 0.6,
        bonus: 10,
        cost: 'unknown',
        latency: 'not tried',
        utility: 7,
        probability: 0.0025,
      },
    ],
    excluded: [{ model: 'c', reason: 'no API key' }],
  },
};

function page(turn: TurnView): {
  element: HTMLElement;
  posted: FromChat[];
  update: (turn: TurnView) => void;
} {
  const posted: FromChat[] = [];
  const created = createTurnElement(turnSchema.parse(turn), (message) => posted.push(message));
  document.body.replaceChildren(created.element);
  return { element: created.element, posted, update: created.update };
}

function byTestId(element: HTMLElement, id: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(`[data-testid="${id}"]`);
  if (found === null) throw new Error(`There is no ${id}.`);
  return found;
}

describe('a finished turn', () => {
  test('shows prompt as text, notice, line, reasons and candidates', () => {
    const { element } = page(done);
    expect(element.querySelector('.prompt')?.textContent).toBe('Why <b>?</b>');
    expect(byTestId(element, 'notice').textContent).toContain('b was asked instead');
    expect(byTestId(element, 'answer-line').textContent).toBe('b · $0.0003 · 1.4 s · UCB1, 3 of 100');
    expect(byTestId(element, 'why').textContent).toContain('c was left out: no API key.');
    expect(
      [...byTestId(element, 'candidates').querySelectorAll('tbody th')].map((cell) => cell.textContent),
    ).toEqual(['b (chosen)', 'a']);
    const rows = [...byTestId(element, 'candidates').querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent),
    );
    expect(rows[0]?.slice(0, 3)).toEqual(['0.71 (figures)', '0.80', '+0.10']);
    // An answer of before anything was kept of what was expected.
    expect(rows[1]?.slice(0, 3)).toEqual(['–', '0.60', 'untried']);
  });

  test('has a column for the risk of no answer only where some model has one', () => {
    const heads = (turn: TurnView) =>
      [...byTestId(page(turn).element, 'candidates').querySelectorAll('thead th')].map(
        (cell) => cell.textContent,
      );
    expect(heads(done)).not.toContain('May fail');
    const { explanation } = done;
    const [first, second] = explanation?.candidates ?? [];
    const risky = { ...explanation!, candidates: [first!, { ...second!, risk: '38 %' }] };
    const column = heads({ ...done, explanation: risky }).indexOf('May fail');
    expect(column).toBeGreaterThan(0);
    const cells = [...document.querySelectorAll('[data-testid="candidates"] tbody tr')].map(
      (row) => row.children[column]?.textContent,
    );
    expect(cells).toEqual(['–', '38 %']);
  });

  test('thumbs rate, change, and take back', () => {
    const { element, posted, update } = page(done);
    byTestId(element, 'thumb-up').click();
    update({ ...done, thumb: 'up' });
    expect(byTestId(element, 'thumb-up').getAttribute('aria-pressed')).toBe('true');
    byTestId(element, 'thumb-down').click();
    byTestId(element, 'thumb-up').click();
    expect(posted).toEqual([
      { type: 'rate', decisionId: 'd1', thumb: 'up' },
      { type: 'rate', decisionId: 'd1', thumb: 'down' },
      { type: 'rate', decisionId: 'd1' },
    ]);
  });

  test('asks for a rating beside the thumbs, without taking the focus, until it is rated', () => {
    const { element, posted, update } = page(done);
    byTestId(element, 'regenerate').focus();
    update({ ...done, offer: { kind: 'rating' } });
    expect(byTestId(element, 'asks-to-rate').textContent).toBe(
      'Was this good? Your rating would help most here.',
    );
    expect(element.querySelector('.thumbs.asked')).not.toBeNull();
    expect(document.activeElement).toBe(byTestId(element, 'regenerate'));
    byTestId(element, 'thumb-up').click();
    expect(posted).toEqual([{ type: 'rate', decisionId: 'd1', thumb: 'up' }]);
    update({ ...done, thumb: 'up' });
    expect(element.querySelector('[data-testid="asks-to-rate"], .asked')).toBeNull();
  });

  test('suggests a duel with a model by its name, and starts none by itself', () => {
    const { element, posted, update } = page({ ...done, offer: { kind: 'duel', model: 'a' } });
    expect(element.querySelector('.asked')).toBeNull();
    expect(posted).toEqual([]);
    expect(byTestId(element, 'asks-to-compare').textContent).toBe('Compare with a?');
    byTestId(element, 'asks-to-compare').click();
    expect(posted).toEqual([{ type: 'duel', turnId: 't1', offered: true }]);
    update({ ...done, rival: { ...done, id: 'r1', status: 'waiting' } });
    expect(element.querySelector('[data-testid="asks-to-compare"]')).toBeNull();
  });

  test.each([
    ['what came of it can be rated', 'Beca', 1],
    ['nothing is there to be rated where nothing came', '', 0],
  ])('that was cut off by the end of its window can be asked again; %s', (_what, answer, thumbs) => {
    const { line: _line, ...cutOff } = done;
    const { element } = page({ ...cutOff, answer, status: 'stopped' });
    expect(element.querySelectorAll('[data-testid="ask-again"]')).toHaveLength(1);
    expect(element.querySelectorAll('[data-testid="thumb-up"]')).toHaveLength(thumbs);
  });

  test('says why in one sentence; unfolded, it asks what would change that, and can be copied', () => {
    const { element, posted } = page(done);
    expect(byTestId(element, 'why-toggle').textContent).toBe(
      'Why this model? b: expected to be as good as a, for less.',
    );
    (byTestId(element, 'why') as HTMLDetailsElement).open = true;
    byTestId(element, 'why').dispatchEvent(new Event('toggle'));
    expect(posted).toEqual([{ type: 'reconsider', decisionId: 'd1' }]);
    showWhatIf(document, 'another', ['nothing to see']);
    expect(byTestId(element, 'what-if').textContent).toContain('Choosing again…');
    showWhatIf(document, 'd1', ['a would be chosen with the preset “quality”.']);
    expect(byTestId(element, 'what-if').querySelector('ul')?.textContent).toBe(
      'a would be chosen with the preset “quality”.',
    );
    byTestId(element, 'copy-why').click();
    expect(posted.at(-1)).toEqual({ type: 'copy-why', decisionId: 'd1' });
  });

  test('keeps focus and the open explanation when it is updated', () => {
    const { element, update } = page(done);
    (byTestId(element, 'why') as HTMLDetailsElement).open = true;
    byTestId(element, 'why').dispatchEvent(new Event('toggle'));
    byTestId(element, 'thumb-up').focus();
    update({ ...done, thumb: 'up' });
    expect(document.activeElement?.getAttribute('data-testid')).toBe('thumb-up');
    expect((byTestId(element, 'why') as HTMLDetailsElement).open).toBe(true);
  });

  test('code is copied, inserted, applied and opened as a file of its language, and links go through the host', () => {
    const { element, posted } = page(done);
    element.querySelector<HTMLElement>('[data-action="copy"]')?.click();
    element.querySelector<HTMLElement>('[data-action="insert"]')?.click();
    element.querySelector<HTMLElement>('[data-action="apply"]')?.click();
    element.querySelector<HTMLElement>('[data-action="new-file"]')?.click();
    element.querySelector('a')?.click();
    expect(posted).toEqual([
      { type: 'copy', code: 'f();', decisionId: 'd1' },
      { type: 'insert', code: 'f();\n', decisionId: 'd1' },
      { type: 'apply', code: 'f();\n', decisionId: 'd1' },
      { type: 'new-file', code: 'f();\n', language: 'js', decisionId: 'd1' },
      { type: 'open-link', href: 'https://example.com' },
    ]);
  });
});

test('a failed turn offers its actions', () => {
  const { line: _line, ...rest } = done;
  const { element, posted } = page({
    ...rest,
    status: 'failed',
    error: { text: 'b refused the key.', actions: ['set-key', 'retry'] },
  });
  const buttons = [...byTestId(element, 'error').querySelectorAll('button')];
  expect(buttons.map((button) => button.textContent)).toEqual(['Set API Key', 'Retry']);
  buttons.forEach((button) => button.click());
  expect(posted).toEqual([
    { type: 'command', command: 'set-key' },
    { type: 'retry', turnId: 't1' },
  ]);
});

test('an answer that grows shows that it does, also when nothing comes; a screen reader is not told', () => {
  const { line: _line, ...rest } = done;
  const { element, update } = page({ ...rest, answer: '', status: 'waiting' });
  update({ ...rest, status: 'streaming' });
  const growing = byTestId(element, 'growing');
  expect(growing.getAttribute('aria-hidden')).toBe('true');
  expect(growing.textContent).toBe('');
  update({ ...rest, answer: `${rest.answer}More.`, status: 'streaming' });
  expect(byTestId(element, 'growing')).toBe(growing);
  for (const status of ['waiting', 'done', 'stopped', 'failed'] as const) {
    update({ ...rest, status });
    expect(element.querySelector('[data-testid="growing"]')).toBeNull();
  }
});

test('a growing answer is rendered once a frame, not once a token', () => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame'] });
  try {
    const { line: _line, ...rest } = done;
    const turn: TurnView = { ...rest, answer: '', status: 'streaming' };
    const created = createTurnElement(turn, () => undefined);
    for (let length = 1; length <= 100; length += 1) created.update({ ...turn, answer: 'x'.repeat(length) });
    const answer = byTestId(created.element, 'answer');
    expect(answer.textContent).toBe('');
    vi.advanceTimersToNextFrame();
    expect(answer.textContent.trim()).toBe('x'.repeat(100));
  } finally {
    vi.useRealTimers();
  }
});

test('blocks that stay the same keep their nodes while the answer grows', () => {
  const { line: _line, ...rest } = done;
  const { element, update } = page({ ...rest, answer: 'One.\n\nTwo' });
  const first = element.querySelector('.answer p');
  update({ ...rest, answer: 'One.\n\nTwo, three.\n\nFour.' });
  expect(element.querySelector('.answer p')).toBe(first);
  expect([...element.querySelectorAll('.answer p')].map(({ textContent }) => textContent)).toEqual([
    'One.',
    'Two, three.',
    'Four.',
  ]);
});

test('a link is not left to the editor, which would open it a second time', () => {
  const { element, posted } = page(done);
  let reached = false;
  const listen = (): boolean => (reached = true);
  window.addEventListener('click', listen);
  element.querySelector('a')?.click();
  window.removeEventListener('click', listen);
  expect(reached).toBe(false);
  expect(posted).toHaveLength(1);
});

describe('what the model thought', () => {
  const thinking: TurnView = { ...done, answer: '', status: 'waiting', thoughts: 'I look' };

  test('is folded, grows while it is open, and stays apart from the answer', () => {
    const { element, update } = page(thinking);
    const details = element.querySelector<HTMLDetailsElement>('[data-testid="thoughts"]');
    const text = element.querySelector('[data-testid="thoughts-text"]');
    expect(details?.open).toBe(false);
    expect(details?.querySelector('summary')?.textContent).toBe('Thinking…');
    if (details !== null) details.open = true;
    details?.dispatchEvent(new Event('toggle'));
    expect(text?.textContent).toBe('I look');
    update({ ...thinking, thoughts: 'I look <b>closely</b>' });
    expect(text?.textContent).toBe('I look <b>closely</b>');
    update({ ...done, thoughts: 'I look <b>closely</b>' });
    expect(details?.querySelector('summary')?.textContent).toBe('What the model thought');
    expect(element.querySelector('[data-testid="answer"]')?.textContent).not.toContain('closely');
  });

  test('is not there where nothing was told', () => {
    expect(page(done).element.querySelector<HTMLElement>('[data-testid="thoughts"]')?.hidden).toBe(true);
  });
});
