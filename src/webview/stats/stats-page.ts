import * as l10n from '@vscode/l10n';
import { h, textButton } from '../dom';
import type { FromStats, ToStats } from '../protocol/stats';
import { createLearningSection } from './learning-section';
import type { PoolSection } from './pool-section';
import { createPoolSection } from './pool-section';
import { createRecentTable } from './recent-table';
import { poolSummary } from './summary';

export interface StatsPageParts {
  /** The narrow view of the side bar, without tables and charts. */
  readonly summary: boolean;
  readonly post: (message: FromStats) => void;
}

type Shown = 'loading' | 'failed' | 'empty' | 'stats';

/** The routing stats. Returns what takes the host's messages; what is shown is updated in place. */
export function createStatsPage(
  root: HTMLElement,
  { summary, post }: StatsPageParts,
): (message: ToStats) => void {
  let shown: Shown | undefined;
  const sections = new Map<string, PoolSection>();
  const pools = h('div');
  const learning = createLearningSection(post);
  const recent = createRecentTable();
  const failure = h('p');
  const budget = h('div', { class: 'budget', 'data-testid': 'budget' });
  const judges = h('ul', { class: 'judges', 'data-testid': 'judges' });
  const states: Record<Shown, HTMLElement> = {
    loading: h('p', { class: 'state', role: 'status' }, l10n.t('Reading the ledger…')),
    failed: h(
      'div',
      { class: 'state', role: 'alert', 'data-testid': 'stats-failed' },
      failure,
      h(
        'div',
        { class: 'actions' },
        textButton(l10n.t('Try Again'), () => post({ type: 'ready' })),
        commandButton(l10n.t('Show Log'), 'show-log'),
      ),
    ),
    empty: h(
      'div',
      { class: 'state', 'data-testid': 'stats-empty' },
      h(
        'p',
        {},
        l10n.t(
          'No requests yet. Once you have asked something, this shows who answers what, how well, and at what cost.',
        ),
      ),
      commandButton(l10n.t('Ask Conduit'), 'ask'),
    ),
    stats: summary
      ? h('div', {}, budget, judges, pools, commandButton(l10n.t('Show Routing Stats'), 'show-stats'))
      : h('div', {}, budget, judges, pools, learning.element, recent.element),
  };
  const holder = h('div');
  root.append(h('main', {}, h('h1', { class: summary && 'hidden' }, l10n.t('Routing stats')), holder));
  show('loading');

  function receive(message: ToStats): void {
    switch (message.type) {
      case 'failed':
        failure.textContent = message.text;
        return show('failed');
      case 'stats':
        if (message.pools.length === 0) return show('empty');
        budget.hidden = message.budget === undefined;
        budget.textContent = message.budget ?? '';
        judges.hidden = message.judges === undefined;
        judges.replaceChildren(...(message.judges ?? []).map((line) => h('li', {}, h('bdi', {}, line))));
        // First on the page, then filled: a chart needs to know its width.
        show('stats');
        if (summary) pools.replaceChildren(...message.pools.map(poolSummary));
        else {
          showPools(message.pools);
          learning.update(message.learning);
        }
        return recent.update(message.recent);
    }
  }

  function show(next: Shown): void {
    if (shown !== next) holder.replaceChildren(states[next]);
    shown = next;
  }

  function showPools(views: Extract<ToStats, { type: 'stats' }>['pools']): void {
    const names = new Set(views.map(({ pool }) => pool));
    for (const [name, section] of sections) {
      if (names.has(name)) continue;
      section.dispose();
      sections.delete(name);
    }
    views.forEach((view, index) => {
      const known = sections.get(view.pool);
      const section =
        known ?? createPoolSection(view.pool, (model) => post({ type: 'reset-breaker', model }));
      sections.set(view.pool, section);
      // Moving an element costs it its focus: only where the order has changed.
      const there = pools.children[index];
      if (there !== section.element) pools.insertBefore(section.element, there ?? null);
      section.update(view);
    });
  }

  function commandButton(
    label: string,
    command: Extract<FromStats, { type: 'command' }>['command'],
  ): HTMLElement {
    return textButton(label, () => post({ type: 'command', command }));
  }

  return receive;
}
