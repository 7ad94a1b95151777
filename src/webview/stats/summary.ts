import { h } from '../dom';
import type { PoolStatsView } from '../protocol';

/** A pool in the narrow side bar: its phase, and each model's share as a bar. */
export function poolSummary(pool: PoolStatsView): HTMLElement {
  return h(
    'section',
    { class: 'summary', 'data-testid': 'stats-pool' },
    h('h2', {}, pool.pool, pool.simulated && h('span', { class: 'badge' }, 'simulated')),
    h('p', {}, h('span', { 'data-testid': 'phase' }, pool.phase), ` · ${pool.totalCost}`),
    h(
      'ul',
      {},
      ...pool.models.map(({ model, share01, requests }) =>
        h(
          'li',
          {},
          h('span', { class: 'name' }, model),
          h('meter', { min: 0, max: 1, value: share01, 'aria-label': `Share of ${model}` }),
          h('span', {}, `${String(Math.round(share01 * 100))} % (${String(requests)})`),
        ),
      ),
    ),
  );
}
