import { h } from '../dom';
import type { RecentDecision } from '../protocol';

const columns = ['Time', 'Pool', 'Model', 'From', 'Task', 'Phase', 'Cost', 'Rating'];

/** The last decisions, newest first. */
export function recentTable(decisions: readonly RecentDecision[]): HTMLElement {
  return h(
    'section',
    {},
    h('h2', {}, 'Last decisions'),
    h(
      'div',
      { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Last decisions' },
      h(
        'table',
        { 'data-testid': 'stats-recent' },
        h('caption', { class: 'hidden' }, 'The last decisions, newest first'),
        h('thead', {}, h('tr', {}, ...columns.map((column) => h('th', { scope: 'col' }, column)))),
        h('tbody', {}, ...decisions.map(row)),
      ),
    ),
  );
}

function row({ time, pool, model, origin, task, phase, cost, rating }: RecentDecision): HTMLElement {
  return h(
    'tr',
    {},
    ...[time, pool, model, origin, task, phase, cost, rating].map((cell) => h('td', {}, cell)),
  );
}
