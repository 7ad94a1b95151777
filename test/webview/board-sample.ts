import type { BoardView, LineChartView } from '../../src/webview/protocol/stats-board';
import type { LearningView, PoolStatsView, SignalRow } from '../../src/webview/protocol/stats';
import type { DecisionsView } from '../../src/webview/protocol/stats-decisions';

const lines: LineChartView = {
  x: [1_700_000_000, 1_700_086_400],
  unit: 'share',
  series: [
    { label: 'mini', values: [0.5, 0.75], baseline: false },
    { label: 'claude', values: [0.5, 0.25], baseline: false },
  ],
  marks: [],
  says: 'Share of each model over time.',
  table: {
    columns: ['From', 'mini', 'claude'],
    rows: [
      ['14 Nov', '50 %', '50 %'],
      ['15 Nov', '75 %', '25 %'],
    ],
  },
};

/** A small page of figures, to be overridden where a test cares. */
export function boardWith(change: Partial<BoardView> = {}): BoardView {
  return {
    decisions: 40,
    filtered: 40,
    choices: {
      pools: [{ value: 'gpt', label: 'gpt' }],
      origins: [{ value: 'chat', label: 'chat' }],
      workspaces: [{ value: '-', label: 'no workspace' }],
      tasks: [{ value: 'fix-code', label: 'fix code' }],
    },
    tiles: [
      { name: 'requests', label: 'Requests', value: '40', notes: ['2 without an answer'] },
      { name: 'spend', label: 'Spent', value: '$0.0400', notes: [] },
    ],
    decided: 'Of these: 3 to explore.',
    share: lines,
    spend: { ...lines, unit: 'usd' },
    learning: { ...lines, unit: 'quality' },
    cost: { ...lines, unit: 'usd' },
    heat: {
      models: ['mini'],
      tasks: ['fix code'],
      cells: [
        [{ quality01: 0.8, text: '0.80 ± 0.03', count: '14 of 20', says: 'mini, fix code: quality 0.80.' }],
      ],
      table: { columns: ['Task', 'mini'], rows: [['fix code', '0.80 ± 0.03 (14 of 20)']] },
    },
    scatter: {
      points: [
        {
          label: 'mini',
          usd: 0.001,
          quality01: 0.8,
          low01: 0.7,
          high01: 0.9,
          kind: 'front',
          says: 'mini: 0.80',
        },
        {
          label: 'claude',
          usd: 0.09,
          quality01: 0.7,
          low01: 0.6,
          high01: 0.8,
          kind: 'behind',
          says: 'claude: 0.70',
        },
      ],
      notes: ['claude is not worth it here.'],
      table: { columns: ['Model', 'Mean cost'], rows: [['mini', '$0.0010']] },
    },
    latency: {
      steps: [{ ms: 100, label: '100 ms' }],
      rows: [{ model: 'mini', share01: [1], p50Step: 0, p95Step: 0, says: 'mini: half within 120 ms.' }],
      table: { columns: ['Model', 'Half within'], rows: [['mini', '120 ms']] },
    },
    failures: { columns: ['Model', 'Reason'], rows: [] },
    budgets: [{ label: 'Today', text: '$0.0123 of $2.00', share01: 0.01 }],
    conversations: { columns: ['Conversation'], rows: [['15 Nov, 10:00']] },
    sessions: { columns: ['Session'], rows: [['15 Nov, 10:00']] },
    ...change,
  };
}

export const decisionsSample: DecisionsView = {
  offset: 0,
  total: 120,
  range: '1 to 2 of 120',
  columns: [{ title: 'Time', sort: 'time' }, { title: 'Model', sort: 'model' }, { title: 'Pool' }],
  rows: [
    { id: 'd1', cells: ['10:00', 'mini', 'gpt'] },
    { id: 'd2', cells: ['10:05', 'claude', 'gpt'] },
  ],
};

/** Figures of a model, to be named. */
export const model = {
  requests: 30,
  share01: 0.75,
  totalCost: '$0.0300',
  meanCost: '$0.0010',
  timeToFirstToken: '0.4 s',
  thumbsUp: 4,
  thumbsDown: 1,
  failures: 2,
};

/** A pool of two models. */
export function pool(name: string, changes: Partial<PoolStatsView> = {}): PoolStatsView {
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
    ...changes,
  };
}

export const learning: LearningView = {
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
