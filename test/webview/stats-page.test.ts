// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type {
  FromStats,
  LearningView,
  PoolStatsView,
  SignalRow,
  ToStats,
} from '../../src/webview/protocol/stats';
import { toStatsSchema } from '../../src/webview/protocol/stats';
import { createStatsPage } from '../../src/webview/stats/stats-page';

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

/** One plot for each place of a chart, which follows the page: none is left over, none was drawn twice. */
function expectOnePlotEach(pools: number): void {
  expect(document.querySelectorAll('[data-testid="stats-pool"]')).toHaveLength(pools);
  const charts = document.querySelectorAll('.chart').length;
  expect(charts).toBeGreaterThanOrEqual(pools);
  expect(plots).toEqual({ open: charts, followed: charts });
}

const model = {
  requests: 30,
  share01: 0.75,
  totalCost: '$0.0300',
  meanCost: '$0.0010',
  timeToFirstToken: '0.4 s',
  thumbsUp: 4,
  thumbsDown: 1,
  failures: 2,
};

function pool(name: string, changes: Partial<PoolStatsView> = {}): PoolStatsView {
  return {
    pool: name,
    simulated: false,
    phase: 'UCB1, 40 of 100',
    phaseProgress01: 0.4,
    requests: 40,
    totalCost: '$0.0400',
    models: [
      { ...model, model: 'mini', expected: '0.71 (figures)', quality01: 0.8, qualityError: 0.03 },
      { ...model, model: 'claude', requests: 10, share01: 0.25 },
    ],
    shares: {
      requests: [1, 2],
      share01: [
        [1, 0.5],
        [0, 0.5],
      ],
    },
    ...changes,
  };
}

const decision = {
  time: '10:00',
  pool: 'gpt',
  model: 'mini',
  origin: 'chat',
  task: 'code',
  phase: 'UCB1, 40 of 100',
  cost: '$0.0010',
  rating: 'good',
};

const learning: LearningView = {
  answers: 40,
  toldOf: 12,
  signals: [
    row('rating-up', { told: 4, counted: 4, share01: 0.1, says: 'good (1.00)', weight: '1' }),
    row('copied', { told: 10, counted: 8, share01: 0.25 }),
    row('regenerated', { told: 3, share01: 0.075, weight: 'off', state: 'off' }),
    row('judged'),
    row('failed', { weight: 'off', state: 'silent' }),
  ],
  models: [
    { model: 'mini', answers: 30, toldOf: 8 },
    { model: 'claude', answers: 10, toldOf: 4 },
  ],
};

function row(name: string, change: Partial<SignalRow> = {}): SignalRow {
  const usual = {
    says: 'good (0.60)',
    weight: '0.04',
    told: 0,
    counted: 0,
    share01: 0,
    state: 'on',
  } as const;
  return { name, label: `what ${name} is`, ...usual, ...change };
}

function stats(...pools: readonly PoolStatsView[]): ToStats {
  return toStatsSchema.parse({ type: 'stats', pools, learning, recent: [decision] });
}

function statsWith(change: Partial<LearningView>): ToStats {
  return toStatsSchema.parse({ ...stats(pool('gpt')), learning: { ...learning, ...change } });
}

let posted: FromStats[];
let receive: (message: ToStats) => void;

function open(summary: boolean): void {
  posted = [];
  Object.assign(plots, { open: 0, followed: 0 });
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createStatsPage(root, { summary, post: (message) => posted.push(message) });
}

function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

function texts(selector: string): (string | null)[] {
  return [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
}

beforeEach(() => open(false));

describe('the stats page', () => {
  test('says that it loads, that it failed, and that there is nothing yet', () => {
    expect(one('[role="status"]').textContent).toContain('Reading');
    receive({ type: 'failed', text: 'The ledger is locked.' });
    expect(one('[role="alert"]').textContent).toContain('The ledger is locked.');
    for (const button of document.querySelectorAll('button')) button.click();
    receive({ type: 'stats', pools: [], learning, recent: [] });
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
    expect(texts('[data-testid="stats-recent"] tbody td')).toEqual(Object.values(decision));
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
    expectOnePlotEach(2);
    expect(texts('.facts')[0]).toContain('41 requests');
  });

  test('a pool that is gone goes, with its chart; the order is the host’s', () => {
    receive(stats(pool('a'), pool('b'), pool('c')));
    receive(stats(pool('c'), pool('a')));
    expect(texts('h2')).toEqual([
      'Pool csimulated',
      'Pool asimulated',
      'What was learnt from',
      'Last decisions',
    ]);
    expectOnePlotEach(2);
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

describe('the summary of the side bar', () => {
  beforeEach(() => open(true));

  test('names phase, requests, cost and the models, most used first', () => {
    const { models } = pool('gpt');
    receive(stats(pool('gpt', { models: models.toReversed() })));
    expect(one('p').textContent).toBe('UCB1, 40 of 100 · 40 requests · $0.0400');
    expect(texts('.name')).toEqual(['mini', 'claude']);
    expect(document.querySelector('table')).toBeNull();
  });

  test('its button opens the page, and keeps the focus through updates', () => {
    receive(stats(pool('gpt')));
    one('button').focus();
    receive(stats(pool('gpt', { requests: 41 })));
    expect(document.activeElement).toBe(one('button'));
    one('button').click();
    expect(posted).toEqual([{ type: 'command', command: 'show-stats' }]);
  });
});
