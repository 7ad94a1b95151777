import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { PoolStatsView } from '../protocol/stats';
import { phaseProgress } from './phase-progress';
import { requestsText } from './requests-text';

/** A pool in the narrow side bar: its phase, and each model's share as a bar. */
export function poolSummary(pool: PoolStatsView): HTMLElement {
  const { requests, totalCost } = pool;
  return h(
    'section',
    { class: 'summary', 'data-testid': 'stats-pool', 'data-pool': pool.pool },
    h(
      'h2',
      {},
      h('bdi', {}, pool.pool),
      pool.simulated && h('span', { class: 'badge' }, l10n.t('simulated')),
    ),
    h(
      'p',
      {},
      h('span', { 'data-testid': 'phase' }, pool.phase),
      ` · ${requestsText(requests)} · ${totalCost}`,
    ),
    phaseProgress(pool),
    h('ul', {}, ...pool.models.toSorted((a, b) => b.requests - a.requests).map(modelItem)),
  );
}

function modelItem({ model, share01, requests }: PoolStatsView['models'][number]): HTMLElement {
  return h(
    'li',
    { 'data-model': model },
    h('bdi', { class: 'name', title: model }, model),
    h('span', {}, `${String(Math.round(share01 * 100))} % (${String(requests)})`),
    h('meter', { min: 0, max: 1, value: share01, 'aria-label': l10n.t('Share of {0}', model) }),
  );
}
