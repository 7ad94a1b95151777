// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromStats, LearningView, PoolStatsView, ToStats } from '../../src/webview/protocol/stats';
import { toStatsSchema } from '../../src/webview/protocol/stats';
import type { BoardView, Look } from '../../src/webview/protocol/stats-board';
import { wholeLook } from '../../src/webview/protocol/stats-board';
import { createStatsPage } from '../../src/webview/stats/stats-page';
import { boardWith, decisionsSample, learning, model, pool } from './board-sample';

const plots = vi.hoisted(() => ({ open: 0, followed: 0 }));
vi.mock('uplot', () => ({
  default: class {
    constructor() {
      plots.open += 1;
    }
    destroy(): void {
      plots.open -= 1;
    }
    setData(): void {
      // Nothing is drawn here: jsdom has no canvas.
    }
  },
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {
      plots.followed += 1;
    }
    disconnect(): void {
      plots.followed -= 1;
    }
  },
);
HTMLCanvasElement.prototype.getContext = () => null;

/** The charts that uPlot draws; two more are drawn by hand. All of them follow the page. */
function expectOnePlotEach(): void {
  expect(plots).toEqual({ open: 4, followed: 6 });
}

function stats(...pools: readonly PoolStatsView[]): ToStats {
  return toStatsSchema.parse({ type: 'board', pools, learning, board: boardWith(), look: wholeLook });
}

function boardOf(change: Partial<BoardView>, look: Partial<Look> = {}): ToStats {
  return toStatsSchema.parse({
    ...stats(pool('gpt')),
    board: boardWith(change),
    look: { ...wholeLook, ...look },
  });
}

function summaryOf(...pools: readonly PoolStatsView[]): ToStats {
  return toStatsSchema.parse({ type: 'summary', pools });
}

function statsWith(change: Partial<LearningView>): ToStats {
  return toStatsSchema.parse({ ...stats(pool('gpt')), learning: { ...learning, ...change } });
}

let posted: FromStats[];
let receive: (message: ToStats) => void;

/** What the page keeps while it is hidden. */
let kept: unknown;

function open(summary: boolean): void {
  posted = [];
  Object.assign(plots, { open: 0, followed: 0 });
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createStatsPage(root, {
    summary,
    post: (message) => posted.push(message),
    readState: () => kept,
    writeState: (state) => (kept = state),
    nextFrame: (work) => work(),
  });
  posted.splice(0, 1);
}

function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

function texts(selector: string): (string | null)[] {
  return [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
}

beforeEach(() => {
  kept = undefined;
  open(false);
});

describe('the stats page', () => {
  test('says that it loads, that it failed, and that there is nothing yet', () => {
    expect(one('[role="status"]').textContent).toContain('Reading');
    receive({ type: 'failed', text: 'The ledger is locked.' });
    expect(one('[role="alert"]').textContent).toContain('The ledger is locked.');
    for (const button of document.querySelectorAll('button')) button.click();
    receive(boardOf({ decisions: 0, filtered: 0 }));
    expect(one('[data-testid="stats-empty"]').textContent).toContain('No requests yet');
    one('button').click();
    expect(posted).toEqual([
      { type: 'ready' },
      { type: 'command', command: 'show-log' },
      { type: 'command', command: 'ask' },
    ]);
  });

  test('shows each model’s numbers, quality with its uncertainty, and the decisions', () => {
    receive(stats(pool('gpt')));
    expect(texts('[data-model="mini"] td')).toEqual([
      '30',
      '75 %',
      '0.71 (figures)',
      '0.80 ± 0.03',
      '$0.0300',
      '$0.0010',
      '0.4 s',
      '4 good 1 bad ',
      '2',
    ]);
    expect(texts('[data-model="claude"] td').slice(2, 4)).toEqual(['–', 'not rated yet']);
    expect(one('[data-testid="phase"]').textContent).toBe('UCB1, 40 of 100');
    expect(one('[data-testid="stats-models"] caption').textContent).toBe('Models of pool gpt');
  });

  test('shows how far the first phase is, for as long as it lasts', () => {
    receive(stats(pool('gpt')));
    expect(one('progress').getAttribute('value')).toBe('0.4');
    const { phaseProgress01: _over, ...over } = pool('gpt', { phase: 'LinUCB since request 101' });
    receive(stats(over));
    expect(document.querySelector('progress')).toBeNull();
    expect(one('[data-testid="phase"]').textContent).toBe('LinUCB since request 101');
  });

  test('marks a circuit breaker that isn’t closed, and resets it; an update leaves the focus there', () => {
    const resting = pool('gpt', { models: [{ ...model, model: 'mini', breaker: 'open' }] });
    receive(stats(resting, pool('other')));
    expect(texts('[data-breaker="open"]')).toEqual(['restingReset']);
    const reset = 'button[aria-label="Reset the circuit breaker of mini"]';
    one(reset).focus();
    receive(stats(resting, pool('other')));
    expect(document.activeElement).toBe(one(reset));
    one(reset).click();
    expect(posted).toEqual([{ type: 'reset-breaker', model: 'mini' }]);
  });

  test('says what was spent of the day’s budget, where there is one', () => {
    receive(toStatsSchema.parse({ ...stats(pool('gpt')), budget: 'today $0.0123 of $2.00' }));
    expect(one('[data-testid="budget"]').textContent).toBe('today $0.0123 of $2.00');
    receive(stats(pool('gpt')));
    expect(one('[data-testid="budget"]').hidden).toBe(true);
  });

  test('is updated in place: elements, focus and scroll stay', () => {
    receive(stats(pool('gpt'), pool('other')));
    const regions = [...document.querySelectorAll<HTMLElement>('[role="region"]')];
    regions.at(-1)?.focus();
    receive(stats(pool('gpt', { requests: 41 }), pool('other')));
    expect([...document.querySelectorAll('[role="region"]')]).toEqual(regions);
    expect(document.activeElement).toBe(regions.at(-1));
    expectOnePlotEach();
    expect(one('[data-testid="stats-pool"] .facts').textContent).toContain('41 requests');
  });

  test('a pool that is gone goes; the order is the host’s', () => {
    receive(stats(pool('a'), pool('b'), pool('c')));
    receive(stats(pool('c'), pool('a')));
    expect(texts('[data-testid="stats-pool"] h2')).toEqual(['Pool csimulated', 'Pool asimulated']);
    expectOnePlotEach();
  });
});

describe('what was learnt from', () => {
  const signal = (name: string): string => `[data-signal="${name}"]`;

  test('is counted by signal; those that never occurred are folded away', () => {
    receive(stats(pool('gpt')));
    expect(one('[data-testid="told-of"]').textContent).toBe('12 of 40 answers were told of.');
    expect(texts(`${signal('copied')} :is(th, td)`)).toEqual([
      'what copied is',
      'good (0.60)',
      '0.04',
      '10',
      '8',
      'Turn Off',
    ]);
    expect(one(`${signal('copied')} .bar span`).style.width).toBe('25%');
    const rest = one('[data-testid="stats-signals-rest"]');
    expect(rest.hasAttribute('open')).toBe(false);
    expect(texts('[data-testid="stats-signals-rest"] tbody th')).toEqual([
      'what judged is',
      'what failed is',
    ]);
    // Of what never occurred there is nothing to count.
    expect(texts(`${signal('judged')} :is(th, td)`)).toEqual([
      'what judged is',
      'good (0.60)',
      '0.04',
      'Turn Off',
    ]);
    expect(rest.querySelector('summary')?.textContent).toBe('Signals that did not occur yet (2)');
    expect(texts('[data-testid="stats-told-models"] li')).toEqual([
      'mini: 8 of 30 answers were told of',
      'claude: 4 of 10 answers were told of',
    ]);
  });

  test('each row is turned off or on; one that says nothing by itself has no switch', () => {
    receive(stats(pool('gpt')));
    one(`${signal('copied')} button`).click();
    one(`${signal('regenerated')} button`).click();
    expect(posted).toEqual([
      { type: 'turn-signal', signal: 'copied', on: false },
      { type: 'turn-signal', signal: 'regenerated', on: true },
    ]);
    expect(one(`${signal('regenerated')} button`).getAttribute('aria-label')).toBe(
      'Turn On: what regenerated is',
    );
    expect(document.querySelector(`${signal('failed')} button`)).toBeNull();
  });

  test('the focus stays on a switch while it changes, and what was unfolded stays so', () => {
    receive(stats(pool('gpt')));
    const rest = one('[data-testid="stats-signals-rest"]');
    rest.toggleAttribute('open', true);
    one(`${signal('copied')} button`).focus();
    const [up, copied, ...others] = learning.signals;
    receive(
      statsWith({ signals: [up!, { ...copied!, weight: 'off', state: 'off', counted: 0 }, ...others] }),
    );
    expect(document.activeElement?.textContent).toBe('Turn On');
    expect(document.activeElement).toBe(one(`${signal('copied')} button`));
    expect(rest.hasAttribute('open')).toBe(true);
  });

  test('says that nothing was told yet, and hides a table with no rows', () => {
    const signals = learning.signals.map((each) => ({ ...each, told: 0, counted: 0, share01: 0 }));
    receive(statsWith({ toldOf: 0, signals }));
    expect(one('[data-testid="told-of"]').textContent).toContain('Of 40 answers none was told of yet');
    expect(one('[data-testid="stats-learning"] .scroll').hidden).toBe(true);
    receive(statsWith({ answers: 0, toldOf: 0, signals }));
    expect(one('[data-testid="told-of"]').textContent).toBe('No answer came yet.');
  });
});

describe('what is looked at', () => {
  const look = (change: Partial<Look>): FromStats => ({ type: 'look', look: { ...wholeLook, ...change } });

  test('each filter asks for other figures, from the first page of decisions on', () => {
    receive(boardOf({}, { offset: 50 }));
    choose('filter-period', 'yesterday');
    choose('filter-task', 'fix-code');
    expect(posted).toEqual([look({ period: 'yesterday' }), look({ period: 'yesterday', task: 'fix-code' })]);
  });

  test('figures that were on their way while something else was chosen take nothing of that back', () => {
    receive(stats(pool('gpt')));
    choose('filter-period', 'yesterday');
    receive(boardOf({ filtered: 7 }));
    expect(one('[data-testid="filter-period"]')).toHaveProperty('value', 'yesterday');
    choose('filter-task', 'fix-code');
    expect(posted.at(-1)).toEqual(look({ period: 'yesterday', task: 'fix-code' }));
    receive(boardOf({ filtered: 0 }, { period: 'yesterday' }));
    expect(one('[data-testid="stats-none"]').hidden).toBe(true);
    receive(boardOf({ filtered: 0 }, { period: 'yesterday', task: 'fix-code' }));
    expect(one('[data-testid="stats-none"]').hidden).toBe(false);
  });

  test('savings are held against what is chosen, which is kept; there is no section of nothing', () => {
    const table = { columns: ['Against', 'Saved'], rows: [['always opus', 'about $3.00']] };
    const choices = ['dearest', 'always:opus'].map((value) => ({ value, label: value }));
    const quality = [{ name: 'measured' as const, label: 'Measured', value: '–', notes: ['too few'] }];
    receive(boardOf({ savings: { choices, against: 'dearest', says: 'Saved.', notes: [], table, quality } }));
    expect(one('[data-testid="stats-savings"]').hidden).toBe(false);
    expect(one('[data-testid="quality-measured"]').textContent).toBe('Measured–too few');
    choose('savings-against', 'always:opus');
    expect(posted).toEqual([look({ against: 'always:opus' })]);
    receive(boardOf({}, { against: 'always:opus' }));
    expect(one('[data-testid="stats-savings"]').hidden).toBe(true);
  });

  test('a filter that leaves nothing in says so, and is lifted by one button', () => {
    receive(boardOf({ filtered: 0 }, { period: 'today', task: 'fix-code' }));
    const none = one('[data-testid="stats-none"]');
    expect(none.hidden).toBe(false);
    none.querySelector('button')?.click();
    expect(posted).toEqual([look({})]);
  });

  test('a page that is shown again looks at the same, with the same decisions unfolded', () => {
    receive(boardOf({}));
    receive({ type: 'decisions', decisions: decisionsSample });
    choose('filter-pool', 'gpt');
    one('[data-decision="d2"] button').click();
    posted = [];
    const root = document.createElement('div');
    document.body.replaceChildren(root);
    receive = createStatsPage(root, {
      ...{ summary: false, post: (message) => posted.push(message) },
      ...{ readState: () => kept, writeState: () => undefined, nextFrame: (work) => work() },
    });
    expect(posted).toEqual([{ type: 'ready', look: { ...wholeLook, pool: 'gpt' } }]);
    receive(boardOf({}, { pool: 'gpt' }));
    receive({ type: 'decisions', decisions: decisionsSample });
    expect(posted).toContainEqual({ type: 'detail', id: 'd2' });
  });

  test('figures come with their notes, and a saving that isn’t known is not shown as one', () => {
    receive(boardOf({}));
    expect(texts('[data-testid="tile-requests"] dd')).toEqual(['40', '2 without an answer']);
    expect(one('[data-testid="decided"]').textContent).toBe('Of these: 3 to explore.');
  });
});

describe('a chart', () => {
  test('has its table, and is copied as CSV in which no name is a formula', () => {
    receive(
      boardOf({
        share: { ...boardWith().share, table: { columns: ['From', '=cmd'], rows: [['a, b', '-5 %']] } },
      }),
    );
    const table = one('[data-testid="table-share"]').closest<HTMLElement>('.scroll')!;
    expect(table.hidden).toBe(true);
    one('[data-testid="as-table-share"]').click();
    expect(table.hidden).toBe(false);
    expect(one('[data-testid="as-table-share"]').getAttribute('aria-pressed')).toBe('true');
    one('[data-testid="copy-csv-share"]').click();
    expect(posted).toEqual([{ type: 'copy', text: 'From,\'=cmd\r\n"a, b",-5 %\r\n' }]);
  });

  test('says what it needs where there is nothing to draw', () => {
    const none = boardWith().learning.series.map((each) => ({ ...each, values: [null, null] }));
    receive(boardOf({ learning: { ...boardWith().learning, series: none } }));
    expect(one('[data-testid="empty-learning"]').textContent).toContain('rated or used');
    expect(plots.open).toBe(3);
  });

  test('by cost and quality names who is not worth it; by task and model it says all of a cell', () => {
    receive(boardOf({}));
    expect(texts('[data-testid="chart-scatter"] li')).toEqual(['claude is not worth it here.']);
    expect(one('[data-testid="chart-scatter"] svg').getAttribute('aria-label')).toBe(
      'mini: 0.80 claude: 0.70',
    );
    expect(texts('.heat td .hidden')).toEqual(['mini, fix code: quality 0.80.']);
  });
});

describe('the table of decisions', () => {
  beforeEach(() => {
    receive(boardOf({}));
    receive({ type: 'decisions', decisions: decisionsSample });
    posted = [];
  });

  test('is sorted by its headings and turned by pages; the ends have no way on', () => {
    one('[data-testid="sort-model"]').click();
    expect(posted).toEqual([{ type: 'look', look: { ...wholeLook, sort: 'model', descending: false } }]);
    expect(one('[aria-label="Page before"]').getAttribute('aria-disabled')).toBe('true');
    one('[aria-label="Page before"]').click();
    expect(posted).toHaveLength(1);
    one('[aria-label="Next page"]').click();
    expect(posted.at(-1)).toMatchObject({ look: { offset: 50 } });
    one('[aria-label="Last page"]').click();
    expect(posted.at(-1)).toMatchObject({ look: { offset: 100 } });
  });

  test('unfolds a decision with all that is known, and leaves it so when others come', () => {
    one('[data-decision="d1"] button').click();
    expect(posted).toEqual([{ type: 'detail', id: 'd1' }]);
    receive({
      type: 'detail',
      id: 'd1',
      detail: {
        facts: [{ label: 'Tokens', value: '12 in' }],
        explanation: {
          sentence: 'It scored best.',
          reasons: ['It was the best.'],
          candidates: [],
          excluded: [],
        },
        whatIf: ['sonnet would be chosen with the preset “quality”.'],
        json: '{}',
      },
    });
    expect(one('[data-detail="d1"]').textContent).toContain('It was the best.');
    expect(one('[data-detail="d1"]').textContent).toContain('sonnet would be chosen');
    one('[data-testid="copy-why"]').click();
    expect(posted.at(-1)).toEqual({ type: 'copy', text: '{}' });
    one('[data-decision="d1"] button').focus();
    const more = { id: 'd0', cells: ['10:10', 'mini', 'gpt'] };
    receive({ type: 'decisions', decisions: { ...decisionsSample, rows: [more, ...decisionsSample.rows] } });
    expect(one('[data-detail="d1"]').textContent).toContain('12 in');
    expect(document.activeElement).toBe(one('[data-decision="d1"] button'));
  });

  test('what isn’t there any longer says so', () => {
    one('[data-decision="d1"] button').click();
    receive({ type: 'detail', id: 'd1' });
    expect(one('[data-detail="d1"]').textContent).toBe('This decision is no longer in the ledger.');
  });

  test('is exported as it is looked at', () => {
    one('[data-testid="export-csv"]').click();
    one('[data-testid="export-json"]').click();
    expect(posted).toEqual([
      { type: 'export', format: 'csv' },
      { type: 'export', format: 'json' },
    ]);
  });
});

function choose(testId: string, value: string): void {
  const select = document.querySelector<HTMLSelectElement>(`[data-testid="${testId}"]`);
  if (select === null) throw new Error(`There is no ${testId}.`);
  select.value = value;
  select.dispatchEvent(new Event('change'));
}

describe('the summary of the side bar', () => {
  beforeEach(() => open(true));

  test('names phase, requests, cost and the models, most used first', () => {
    const { models } = pool('gpt');
    receive(summaryOf(pool('gpt', { models: models.toReversed() })));
    expect(one('p').textContent).toBe('UCB1, 40 of 100 · 40 requests · $0.0400');
    expect(texts('.name')).toEqual(['mini', 'claude']);
    expect(document.querySelector('table')).toBeNull();
  });

  test('its button opens the page, and keeps the focus through updates', () => {
    receive(summaryOf(pool('gpt')));
    one('button').focus();
    receive(summaryOf(pool('gpt', { requests: 41 })));
    expect(document.activeElement).toBe(one('button'));
    one('button').click();
    expect(posted).toEqual([{ type: 'command', command: 'show-stats' }]);
  });
});
