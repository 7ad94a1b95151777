import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import { h, textButton } from '../dom';
import type { FromStats, ToStats } from '../protocol/stats';
import type { Look } from '../protocol/stats-board';
import { lookSchema } from '../protocol/stats-board';
import { createBoard } from './board';
import { poolSummary } from './summary';

export interface StatsPageParts {
  /** The narrow view of the side bar, without tables and charts. */
  readonly summary: boolean;
  readonly post: (message: FromStats) => void;
  /** What the page kept when it was hidden; undefined: nothing. */
  readonly readState: () => unknown;
  readonly writeState: (state: unknown) => void;
  /** Does something with the next frame: `requestAnimationFrame`. */
  readonly nextFrame: (work: () => void) => void;
}

type Shown = 'loading' | 'failed' | 'empty' | 'stats';

const keptSchema = z.object({
  look: lookSchema.optional(),
  opened: z.array(z.string()),
  scrollTop: z.number(),
});
type Kept = z.infer<typeof keptSchema>;

/** The routing stats. Returns what takes the host's messages; what is shown is updated in place. */
export function createStatsPage(root: HTMLElement, parts: StatsPageParts): (message: ToStats) => void {
  const { summary, post } = parts;
  let shown: Shown | undefined;
  const readKept = keptSchema.safeParse(parts.readState());
  let kept: Kept = readKept.success ? readKept.data : { opened: [], scrollTop: 0 };
  /** What the user looks at; undefined: what the host says first. */
  let look: Look | undefined = kept.look;
  const pools = h('div');
  const failure = h('p');
  const budget = h('div', { class: 'budget', 'data-testid': 'budget' });
  const judges = h('ul', { class: 'judges', 'data-testid': 'judges' });
  const board = createBoard({
    post,
    change: (change) => {
      if (look === undefined) return;
      look = { ...look, ...change };
      keep({ look });
      post({ type: 'look', look });
    },
    nextFrame: parts.nextFrame,
    opened: kept.opened,
    openedChanged: (opened) => keep({ opened: [...opened] }),
  });
  const states: Record<Shown, HTMLElement> = {
    loading: h('p', { class: 'state', role: 'status' }, l10n.t('Reading the ledger…')),
    failed: h(
      'div',
      { class: 'state', role: 'alert', 'data-testid': 'stats-failed' },
      failure,
      h(
        'div',
        { class: 'actions' },
        textButton(l10n.t('Try Again'), ready),
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
      : board.element,
  };
  const holder = h('div');
  root.append(h('main', {}, h('h1', { class: summary && 'hidden' }, l10n.t('Routing stats')), holder));
  show('loading');
  window.addEventListener('scroll', () => keep({ scrollTop: document.documentElement.scrollTop }), {
    passive: true,
  });
  ready();

  function ready(): void {
    post({ type: 'ready', ...(look !== undefined && { look }) });
  }

  function keep(change: Partial<Kept>): void {
    kept = { ...kept, ...change };
    parts.writeState(kept);
  }

  function receive(message: ToStats): void {
    switch (message.type) {
      case 'failed':
        failure.textContent = message.text;
        return show('failed');
      case 'summary':
        if (message.pools.length === 0) return show('empty');
        show('stats');
        budget.hidden = message.budget === undefined;
        budget.textContent = message.budget ?? '';
        judges.hidden = message.judges === undefined;
        judges.replaceChildren(...(message.judges ?? []).map((line) => h('li', {}, h('bdi', {}, line))));
        return pools.replaceChildren(...message.pools.map(poolSummary));
      case 'board': {
        if (message.board.decisions === 0)
          return show(message.board.filling === undefined ? 'empty' : 'loading');
        look ??= message.look;
        // It was on its way while the user chose something else: that is answered, too.
        if (!isSameLook(message.look, look)) return;
        const first = shown !== 'stats';
        // First on the page, then filled: a chart needs to know its width.
        show('stats');
        board.show(message);
        // For measurements of how long this took.
        if (first) performance.mark('conduit-figures');
        if (first) document.documentElement.scrollTop = kept.scrollTop;
        return;
      }
      case 'decisions':
        return board.decisions.update(message.decisions);
      case 'detail':
        return board.decisions.showDetail(message.id, message.detail);
    }
  }

  function show(next: Shown): void {
    if (shown !== next) holder.replaceChildren(states[next]);
    shown = next;
  }

  function commandButton(
    label: string,
    command: Extract<FromStats, { type: 'command' }>['command'],
  ): HTMLElement {
    return textButton(label, () => post({ type: 'command', command }));
  }

  return receive;
}

function isSameLook(one: Look, other: Look): boolean {
  return Object.keys(lookSchema.shape).every((key) => one[key as keyof Look] === other[key as keyof Look]);
}
