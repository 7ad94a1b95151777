import * as l10n from '@vscode/l10n';
import { breakerMark } from '../breaker-mark';
import { h, icon, keepingFocus, phrase } from '../dom';
import type { PoolStatsView } from '../protocol/stats';
import { phaseProgress } from './phase-progress';
import { requestsText } from './requests-text';

/** One pool of the stats page; updated in place. */
interface PoolSection {
  readonly element: HTMLElement;
  update(pool: PoolStatsView): void;
}

/** All pools, in the order in which they come; a section stays where it is, with what has the focus in it. */
export function createPoolSections(resetBreaker: (model: string) => void): {
  readonly element: HTMLElement;
  update(pools: readonly PoolStatsView[]): void;
} {
  const element = h('div');
  const sections = new Map<string, PoolSection>();
  return {
    element,
    update: (views) => {
      for (const [name, section] of sections) {
        if (views.some(({ pool }) => pool === name)) continue;
        section.element.remove();
        sections.delete(name);
      }
      views.forEach((view, index) => {
        const section = sections.get(view.pool) ?? createPoolSection(view.pool, resetBreaker);
        sections.set(view.pool, section);
        // Moving an element costs it its focus: only where the order has changed.
        const there = element.children[index];
        if (there !== section.element) element.insertBefore(section.element, there ?? null);
        section.update(view);
      });
    },
  };
}

const columns = [
  l10n.t('Model'),
  l10n.t('Requests'),
  l10n.t('Share'),
  l10n.t('Expected'),
  l10n.t('Quality'),
  l10n.t('Cost'),
  l10n.t('Mean cost'),
  l10n.t('First token'),
  l10n.t('Ratings'),
  l10n.t('Failures'),
];

/** `resetBreaker` closes a model's circuit breaker by hand. */
function createPoolSection(name: string, resetBreaker: (model: string) => void): PoolSection {
  const facts = h('p', { class: 'facts' });
  const badge = h('span', { class: 'badge' }, l10n.t('simulated'));
  const body = h('tbody');
  const element = h(
    'section',
    { 'data-testid': 'stats-pool', 'data-pool': name },
    h('h2', {}, h('span', {}, ...phrase(l10n.t('Pool {0}'), h('bdi', {}, name))), badge),
    facts,
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Models of pool {0}', name) },
      h(
        'table',
        { 'data-testid': 'stats-models' },
        h('caption', { class: 'hidden' }, l10n.t('Models of pool {0}', name)),
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        body,
      ),
    ),
  );

  function update(pool: PoolStatsView): void {
    badge.hidden = !pool.simulated;
    const progress = phaseProgress(pool);
    facts.replaceChildren(
      ...(progress === undefined ? [] : [progress, ' ']),
      h('span', { 'data-testid': 'phase' }, pool.phase),
      ` · ${requestsText(pool.requests)} · ${pool.totalCost}`,
    );
    keepingFocus(body, () =>
      body.replaceChildren(...pool.models.map((model) => modelRow(model, resetBreaker))),
    );
  }

  return { element, update };
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
    h('td', {}, model.expected ?? '–'),
    h('td', {}, qualityText(model), qualityMeter(model)),
    h('td', {}, model.totalCost),
    h('td', {}, model.meanCost),
    h('td', {}, model.timeToFirstToken),
    h(
      'td',
      {},
      icon('thumbsup'),
      thumbs(model.thumbsUp, l10n.t('good')),
      icon('thumbsdown'),
      thumbs(model.thumbsDown, l10n.t('bad')),
    ),
    h('td', {}, String(model.failures)),
  );
}

function thumbs(count: number, name: string): HTMLElement {
  return h('span', { class: 'count' }, String(count), h('span', { class: 'hidden' }, ` ${name} `));
}

function qualityText({ quality01, qualityError }: PoolStatsView['models'][number]): string {
  if (quality01 === undefined) return l10n.t('not rated yet');
  return qualityError === undefined
    ? quality01.toFixed(2)
    : `${quality01.toFixed(2)} ± ${qualityError.toFixed(2)}`;
}

function qualityMeter({ model, quality01 }: PoolStatsView['models'][number]): HTMLElement | undefined {
  if (quality01 === undefined) return undefined;
  return h('meter', { min: 0, max: 1, value: quality01, 'aria-label': l10n.t('Quality of {0}', model) });
}
