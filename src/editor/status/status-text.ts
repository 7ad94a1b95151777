import * as l10n from '@vscode/l10n';
import type { PresetName } from '../../core/terms/preset';
import type { Spent } from '../../core/stats/spending';
import { formatUsd } from '../shown/format';
import { spentText } from '../stats/stats-view';

/** What the status bar and its menu know. */
export interface StatusFacts {
  readonly pool: string;
  readonly simulated: boolean;
  readonly preset: PresetName;
  /** The model that answered last in this window. */
  readonly model: string | undefined;
  /** The space of the sentence encoder that describes prompts. */
  readonly encoder: string | undefined;
  /** Today; undefined: not known yet, or nothing was ever asked. */
  readonly spent: Spent | undefined;
  readonly dailyBudgetUsd: number | undefined;
  readonly learning: boolean;
}

export interface StatusText {
  /** Short: names are cut, and only a paused learning is marked. */
  readonly text: string;
  readonly tooltip: string;
  /** For a screen reader. */
  readonly label: string;
}

export function statusText(facts: StatusFacts): StatusText {
  const { pool, model, spent } = facts;
  const names = [pool, ...(model === undefined ? [] : [model])].map(short);
  const parts = [...names, ...(spent === undefined ? [] : [shortSpent(spent)])];
  const last = model === undefined ? l10n.t('nothing asked yet') : l10n.t('last answered by {0}', model);
  return {
    text: `$(type-hierarchy) ${parts.join(' · ')}${facts.learning ? '' : ' $(debug-pause)'}`,
    tooltip: [...details(facts, last), l10n.t('Click for Conduit’s menu.')].join('\n'),
    label: [l10n.t('Conduit, pool {0}, {1}', pool, last), ...spentToday(facts)].join(', '),
  };
}

function details(facts: StatusFacts, last: string): readonly string[] {
  const { pool, preset, simulated, encoder, learning } = facts;
  return [
    l10n.t('Conduit: pool {0}, preset {1}, {2}.', pool, preset, last),
    ...spentToday(facts).map((text) => l10n.t('Spent: {0}.', text)),
    ...judging(facts),
    ...(learning ? [] : [l10n.t('Learning is paused.')]),
    ...(simulated ? [l10n.t('Models are simulated: set an API key to use real ones.')] : []),
    ...(encoder === undefined ? [] : [l10n.t('Prompts are described by the encoder {0}.', encoder)]),
  ];
}

/** A line of its own; none where nothing was judged. */
function judging({ spent }: StatusFacts): readonly string[] {
  const usd = spent?.judgingUsd;
  return usd === undefined ? [] : [l10n.t('Of it for judging answers: {0}.', formatUsd(usd))];
}

/** "today $0.0123 of $2.00"; empty where it isn't known. */
export function spentToday({ spent, dailyBudgetUsd }: StatusFacts): readonly [string] | readonly [] {
  if (spent === undefined) return [];
  if (dailyBudgetUsd === undefined) return [l10n.t('today {0}', spentText(spent))];
  return [l10n.t('today {0} of {1}', spentText(spent), formatUsd(dailyBudgetUsd))];
}

/** In cents: the tooltip has the rest. */
function shortSpent({ usd, unknownAttempts }: Spent): string {
  const little = usd < 0.005;
  const cents = usd === 0 ? '$0' : little ? '< $0.01' : `$${usd.toFixed(2)}`;
  if (unknownAttempts === 0) return cents;
  return little ? l10n.t('{0} + unknown', cents) : `≥ ${cents}`;
}

const longestName = 24;

function short(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
