import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromStats, ToStats } from '../protocol/stats';
import type { DecisionsTable, TableChange } from './decisions-table';
import { createDecisionsTable } from './decisions-table';
import { createDataTable } from './data-table';
import type { FilterChange } from './filter-bar';
import { createFilterBar } from './filter-bar';
import { createHeatMap } from './heat-map';
import { createLatencyChart } from './latency-chart';
import { createLearningSection } from './learning-section';
import { createLineChart } from './line-chart';
import { createPoolSections } from './pool-section';
import type { SavingsChange } from './savings-section';
import { createSavingsSection } from './savings-section';
import { createScatter } from './scatter';
import { createTileRow } from './tile-row';

type BoardMessage = Extract<ToStats, { type: 'board' }>;

/** The wide page, below its heading. */
export interface Board {
  readonly element: HTMLElement;
  readonly decisions: DecisionsTable;
  show(message: BoardMessage): void;
}

export interface BoardParts {
  readonly post: (message: FromStats) => void;
  readonly change: (change: FilterChange | TableChange | SavingsChange) => void;
  /** Does something with the next frame. */
  readonly nextFrame: (work: () => void) => void;
  readonly opened: readonly string[];
  readonly openedChanged: (ids: readonly string[]) => void;
}

export function createBoard(parts: BoardParts): Board {
  const { post } = parts;
  const drawing = createFrames(parts.nextFrame);
  const jumps = h('nav', { class: 'jumps', 'aria-label': l10n.t('On this page') });
  const filters = createFilterBar((change) => parts.change({ ...change, offset: 0 }), jumps);
  const filling = h('p', { class: 'facts', role: 'status', 'data-testid': 'filling' });
  const budget = h('div', { class: 'budget', 'data-testid': 'budget' });
  const judges = h('ul', { class: 'judges', 'data-testid': 'judges' });
  const tiles = createTileRow();
  const savings = createSavingsSection((against) => parts.change(against), post);
  const change = createDataTable(l10n.t('What made the difference'), 'table-change');
  const changeSays = h('p', {});
  const changeSection = h(
    'section',
    { 'data-testid': 'stats-change' },
    h('h2', {}, l10n.t('Against the time before')),
    changeSays,
    change.element,
  );
  const noCost = l10n.t('This needs answers whose cost is known.');
  const charts = {
    share: createLineChart('share', l10n.t('Share of each model'), l10n.t('No answer came yet.'), post),
    spend: createLineChart('spend', l10n.t('Cost over time'), noCost, post),
    learning: createLineChart(
      'learning',
      l10n.t('Predicted and told quality'),
      l10n.t('This needs answers that were rated or used.'),
      post,
    ),
    cost: createLineChart('cost', l10n.t('Cost of a request'), noCost, post),
  };
  const heat = createHeatMap(post);
  const scatter = createScatter(post);
  const latency = createLatencyChart(post);
  const pools = createPoolSections((model) => post({ type: 'reset-breaker', model }));
  const failures = createDataTable(l10n.t('Failures'), 'table-failures');
  const noFailures = h('p', { class: 'says' }, l10n.t('No call failed.'));
  const budgets = h('ul', { class: 'budgets', 'data-testid': 'budgets' });
  const noBudgets = h(
    'p',
    { class: 'says' },
    l10n.t('There is no cap: daily_budget_usd and max_cost_per_request_usd in conduit.yaml set them.'),
  );
  const judgeSection = h('section', {}, h('h2', {}, l10n.t('Judge')), judges);
  const learning = createLearningSection(post);
  const conversations = createDataTable(l10n.t('Latest conversations'), 'table-conversations');
  const sessions = createDataTable(l10n.t('Latest sessions'), 'table-sessions');
  const decisions = createDecisionsTable({ ...parts, change: (table) => parts.change(table) });
  const none = h(
    'div',
    { class: 'state', 'data-testid': 'stats-none' },
    h(
      'p',
      {},
      l10n.t(
        'No request was like this. Of all that were asked, none has this period, pool, task, origin and workspace.',
      ),
    ),
    textButton(l10n.t('Show All'), () =>
      parts.change({ pool: '', origin: '', workspace: '', task: '', period: 'all', search: '', offset: 0 }),
    ),
  );
  const body = h(
    'div',
    {},
    tiles.element,
    savings.element,
    changeSection,
    h('div', { class: 'charts' }, charts.share.element, charts.spend.element),
    h('div', { class: 'charts' }, heat.element, scatter.element),
    h('div', { class: 'charts' }, charts.learning.element, charts.cost.element),
    pools.element,
    h(
      'div',
      { class: 'charts' },
      latency.element,
      h('section', {}, h('h2', {}, l10n.t('Failures')), noFailures, failures.element),
      h('section', {}, h('h2', {}, l10n.t('Budgets')), noBudgets, budgets, budget),
      judgeSection,
    ),
    learning.element,
    h(
      'div',
      { class: 'charts' },
      h('section', {}, h('h2', {}, l10n.t('Latest conversations')), conversations.element),
      h(
        'section',
        {},
        h('h2', {}, l10n.t('Latest sessions')),
        sessions.element,
        h('p', { class: 'says' }, l10n.t('A pause of half an hour ends a session.')),
      ),
    ),
    decisions.element,
  );
  const places: readonly (readonly [string, HTMLElement])[] = [
    [l10n.t('Models'), pools.element],
    [l10n.t('Signals'), learning.element],
    [l10n.t('Decisions'), decisions.element],
  ];
  jumps.append(
    ...places.map(([label, place]) =>
      textButton(label, () => jumpTo(place), { class: 'text-button small', 'data-testid': 'jump' }),
    ),
  );
  return {
    element: h('div', {}, filters.element, filling, none, body),
    decisions,
    show: ({ board, look, ...head }) => {
      filters.update(board.choices, look);
      decisions.follow(look);
      filling.hidden = board.filling === undefined;
      filling.textContent = board.filling ?? '';
      budget.hidden = head.budget === undefined;
      budget.textContent = head.budget ?? '';
      judgeSection.hidden = head.judges === undefined;
      judges.replaceChildren(...(head.judges ?? []).map((line) => h('li', {}, h('bdi', {}, line))));
      none.hidden = board.filtered > 0;
      body.hidden = board.filtered === 0;
      if (board.filtered === 0) return;
      tiles.update(board.tiles, board.decided);
      savings.update(board.savings);
      changeSection.hidden = board.change === undefined;
      if (board.change !== undefined) {
        changeSays.textContent = board.change.says;
        change.element.hidden = board.change.table.rows.length === 0;
        change.update(board.change.table);
      }
      noFailures.hidden = board.failures.rows.length > 0;
      failures.element.hidden = board.failures.rows.length === 0;
      noBudgets.hidden = board.budgets.length > 0;
      budgets.replaceChildren(...board.budgets.map(budgetItem));
      drawing.begin([
        () => charts.share.show(board.share),
        () => charts.spend.show(board.spend),
        () => heat.show(board.heat),
        () => scatter.show(board.scatter),
        () => charts.learning.show(board.learning),
        () => charts.cost.show(board.cost),
        () => pools.update(head.pools),
        () => latency.show(board.latency),
        () => failures.update(board.failures),
        () => learning.update(head.learning),
        () => conversations.update(board.conversations),
        () => sessions.update(board.sessions),
      ]);
    },
  };
}

/** Does one work after the other, a frame each, so that scrolling goes on meanwhile. What is newer replaces what waits. */
function createFrames(nextFrame: BoardParts['nextFrame']): { begin(works: readonly (() => void)[]): void } {
  let waiting: (() => void)[] = [];
  let running = false;

  function step(): void {
    const work = waiting.shift();
    running = work !== undefined;
    if (work === undefined) return;
    try {
      work();
    } finally {
      // A part that can't be drawn takes no other along.
      nextFrame(step);
    }
  }

  return {
    begin: (works) => {
      waiting = [...works];
      if (!running) step();
    },
  };
}

/** The focus goes along, so that the next Tab goes on from there. */
function jumpTo(place: HTMLElement): void {
  place.scrollIntoView();
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function budgetItem({ label, text, share01 }: BoardMessage['board']['budgets'][number]): HTMLElement {
  return h(
    'li',
    {},
    `${label}: ${text}`,
    share01 !== undefined &&
      h('meter', { min: 0, max: 1, value: share01, 'aria-label': `${label}: ${text}` }),
  );
}
