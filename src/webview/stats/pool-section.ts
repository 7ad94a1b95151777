import { breakerMark } from '../breaker-mark';
import { h, icon, keepingFocus } from '../dom';
import type { PoolStatsView } from '../protocol';
import { phaseProgress } from './phase-progress';
import { createShareChart } from './share-chart';

/** One pool of the stats page; updated in place. */
export interface PoolSection {
  readonly element: HTMLElement;
  update(pool: PoolStatsView): void;
  /** Takes it off the page. */
  dispose(): void;
}

const columns = [
  'Model',
  'Requests',
  'Share',
  'Quality',
  'Cost',
  'Mean cost',
  'First token',
  'Ratings',
  'Failures',
];

/** `resetBreaker` closes a model's circuit breaker by hand. */
export function createPoolSection(name: string, resetBreaker: (model: string) => void): PoolSection {
  const facts = h('p', { class: 'facts' });
  const badge = h('span', { class: 'badge' }, 'simulated');
  const body = h('tbody');
  const chartHolder = h('div', { class: 'chart' });
  const chart = createShareChart(chartHolder);
  const element = h(
    'section',
    { 'data-testid': 'stats-pool', 'data-pool': name },
    h('h2', {}, h('span', {}, 'Pool ', h('bdi', {}, name)), badge),
    facts,
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Models of pool ${name}` },
      h(
        'table',
        { 'data-testid': 'stats-models' },
        h('caption', { class: 'hidden' }, `Models of pool ${name}`),
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        body,
      ),
    ),
    h('h3', {}, 'Share of the last 25 requests'),
    chartHolder,
  );

  function update(pool: PoolStatsView): void {
    badge.hidden = !pool.simulated;
    const progress = phaseProgress(pool);
    facts.replaceChildren(
      ...(progress === undefined ? [] : [progress, ' ']),
      h('span', { 'data-testid': 'phase' }, pool.phase),
      ` · ${String(pool.requests)} ${pool.requests === 1 ? 'request' : 'requests'} · ${pool.totalCost}`,
    );
    keepingFocus(body, () =>
      body.replaceChildren(...pool.models.map((model) => modelRow(model, resetBreaker))),
    );
    chart.show(pool);
  }

  return {
    element,
    update,
    dispose: () => {
      chart.dispose();
      element.remove();
    },
  };
}

function modelRow(
  model: PoolStatsView['models'][number],
  resetBreaker: (model: string) => void,
): HTMLElement {
  return h(
    'tr',
    { 'data-model': model.model },
    h(
      'th',
      { scope: 'row' },
      h('bdi', {}, model.model),
      model.breaker && breakerMark(model.model, model.breaker, () => resetBreaker(model.model)),
    ),
    h('td', {}, String(model.requests)),
    h('td', {}, `${String(Math.round(model.share01 * 100))} %`),
    h('td', {}, qualityText(model), qualityMeter(model)),
    h('td', {}, model.totalCost),
    h('td', {}, model.meanCost),
    h('td', {}, model.timeToFirstToken),
    h(
      'td',
      {},
      icon('thumbsup'),
      thumbs(model.thumbsUp, 'good'),
      icon('thumbsdown'),
      thumbs(model.thumbsDown, 'bad'),
    ),
    h('td', {}, String(model.failures)),
  );
}

function thumbs(count: number, name: string): HTMLElement {
  return h('span', { class: 'count' }, String(count), h('span', { class: 'hidden' }, ` ${name} `));
}

function qualityText({ quality01, qualityError }: PoolStatsView['models'][number]): string {
  if (quality01 === undefined) return 'not rated yet';
  return qualityError === undefined
    ? quality01.toFixed(2)
    : `${quality01.toFixed(2)} ± ${qualityError.toFixed(2)}`;
}

function qualityMeter({ model, quality01 }: PoolStatsView['models'][number]): HTMLElement | undefined {
  if (quality01 === undefined) return undefined;
  return h('meter', { min: 0, max: 1, value: quality01, 'aria-label': `Quality of ${model}` });
}
