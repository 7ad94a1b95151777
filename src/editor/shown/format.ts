import * as l10n from '@vscode/l10n';
import type { Decision, Phase } from '../../core/terms/decision';
import type { Cost } from '../../core/terms/receipt';

/** "$0.0003", "about $0.0003", "cost unknown", "simulated price $0.0003". */
export function formatCost(cost: Cost): string {
  switch (cost.kind) {
    case 'exact':
      return formatUsd(cost.usd);
    case 'estimated':
      return aboutUsd(cost.usd);
    case 'simulated':
      return l10n.t('simulated price {0}', formatUsd(cost.usd));
    case 'unknown':
      // The price, or the tokens: of an answer that was stopped before anything came, say.
      return l10n.t('cost unknown');
  }
}

/** Less than this would be shown as nothing. */
const leastShownUsd = 0.00005;

/** Four decimals below a dollar, two above; never "$0.0000" for what cost something. */
export function formatUsd(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < leastShownUsd) return l10n.t('under $0.0001');
  return `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

/** "about $0.0003", of an amount that isn't exact. What is given as a limit says so already. */
export function aboutUsd(usd: number): string {
  return usd < leastShownUsd ? formatUsd(usd) : l10n.t('about {0}', formatUsd(usd));
}

/** "at least $0.0003", of amounts to which come some that nobody knows. Of nearly nothing that would say nothing. */
export function atLeastUsd(usd: number): string {
  return usd < leastShownUsd
    ? l10n.t('{0} + unknown', formatUsd(usd))
    : l10n.t('at least {0}', formatUsd(usd));
}

export function formatDuration(ms: number | undefined): string {
  if (ms === undefined) return '–';
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${String(Math.round(ms / 60_000))} min`;
}

type PhaseFacts = Pick<Decision, 'poolSequence' | 'switchAfter'> & { readonly phase: Phase };

/** "UCB1, 37 of 100" or "LinUCB". */
export function formatPhase({ phase, poolSequence, switchAfter }: PhaseFacts): string {
  switch (phase) {
    case 'ucb1':
      return l10n.t('UCB1, {0} of {1}', poolSequence, switchAfter);
    case 'lin-ucb':
      return 'LinUCB';
  }
}
