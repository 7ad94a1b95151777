import '@vscode/codicons/dist/codicon.css';
import 'uplot/dist/uPlot.min.css';
import '../page.css';
import './stats.css';
import { h, rootElement, textButton } from '../dom';
import { connect } from '../host';
import type { FromStats, ToStats } from '../protocol';
import { toStatsSchema } from '../protocol';
import type { PoolSection } from './pool-section';
import { createPoolSection } from './pool-section';
import { recentTable } from './recent-table';
import { poolSummary } from './summary';

const summary = document.body.dataset['page'] === 'summary';
const root = rootElement();
const host = connect<ToStats, FromStats>(toStatsSchema, show);
const sections = new Map<string, PoolSection>();
const pools = h('div');
const recent = h('div');
let showing: ToStats['type'] | undefined;

show({ type: 'loading' });
host.post({ type: 'ready' });

function show(message: ToStats): void {
  switch (message.type) {
    case 'loading':
      return showOnly(h('p', { class: 'state', role: 'status' }, 'Reading the ledger…'), 'loading');
    case 'failed':
      return showOnly(failed(message.text), 'failed');
    case 'stats':
      if (message.pools.length === 0) return showOnly(empty(), 'loading');
      return summary
        ? showOnly(h('div', {}, ...message.pools.map(poolSummary), showStats()), 'stats')
        : showPage(message);
  }
}

function showOnly(element: HTMLElement, type: ToStats['type']): void {
  sections.clear();
  root.replaceChildren(element);
  showing = type;
}

/** Updates what is there, so that scroll and focus stay where they are. */
function showPage(message: Extract<ToStats, { type: 'stats' }>): void {
  if (showing !== 'stats') {
    showOnly(h('main', {}, h('h1', {}, 'Routing stats'), pools, recent), 'stats');
    pools.replaceChildren();
  }
  for (const pool of message.pools) {
    const known = sections.get(pool.pool);
    if (known !== undefined) {
      known.update(pool);
      continue;
    }
    const created = createPoolSection(pool);
    sections.set(pool.pool, created);
    pools.append(created.element);
  }
  recent.replaceChildren(recentTable(message.recent));
}

function showStats(): HTMLElement {
  return textButton('Show Routing Stats', () => host.post({ type: 'command', command: 'show-stats' }));
}

function empty(): HTMLElement {
  return h(
    'div',
    { class: 'state', 'data-testid': 'stats-empty' },
    h(
      'p',
      {},
      'No requests yet. Once you have asked something, this shows who answers what, how well, and at what cost.',
    ),
    textButton('Ask Conduit', () => host.post({ type: 'command', command: 'ask' })),
  );
}

function failed(text: string): HTMLElement {
  return h(
    'div',
    { class: 'state', role: 'alert' },
    h('p', {}, text),
    textButton('Show Log', () => host.post({ type: 'command', command: 'show-log' })),
  );
}
