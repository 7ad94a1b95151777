import * as l10n from '@vscode/l10n';
import { h } from '../dom';
import type { RecentDecision } from '../protocol/stats';

/** The last decisions, newest first; updated in place, so that sideways scroll and focus stay. */
export interface RecentTable {
  readonly element: HTMLElement;
  update(decisions: readonly RecentDecision[]): void;
}

const columns = [
  l10n.t('Time'),
  l10n.t('Pool'),
  l10n.t('Model'),
  l10n.t('From'),
  l10n.t('Task'),
  l10n.t('Phase'),
  l10n.t('Cost'),
  l10n.t('Rating'),
];

export function createRecentTable(): RecentTable {
  const body = h('tbody');
  const element = h(
    'section',
    {},
    h('h2', {}, l10n.t('Last decisions')),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': l10n.t('Last decisions') },
      h(
        'table',
        { 'data-testid': 'stats-recent' },
        h('caption', { class: 'hidden' }, l10n.t('The last decisions, newest first')),
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        body,
      ),
    ),
  );
  return { element, update: (decisions) => body.replaceChildren(...decisions.map(row)) };
}

function row({ time, pool, model, origin, task, phase, cost, rating }: RecentDecision): HTMLElement {
  return h(
    'tr',
    {},
    ...[time, pool, model, origin, task, phase, cost, rating].map((cell) => h('td', {}, h('bdi', {}, cell))),
  );
}
