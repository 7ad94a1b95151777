import * as l10n from '@vscode/l10n';
import { meanQuality, moneyOf, sum } from '../../../core/stats/facts-sums';
import type { FactsOverview } from '../../../core/terms/facts';
import type { TileView } from '../../../webview/protocol/stats-board';
import { formatDuration, formatUsd } from '../../shown/format';
import { countText, moneyText, qualityText } from './figures';

/** What was saved, as the tile says it. */
export interface SavedFigure {
  readonly value: string;
  readonly notes: readonly string[];
}

/** The first answers of the page: how much, how dear, how good, how fast. */
export function tiles(overview: FactsOverview, saved: SavedFigure): TileView[] {
  return [
    requestsTile(overview),
    spendTile(overview),
    {
      name: 'saved',
      label: l10n.t('Saved'),
      value: saved.value,
      notes: [...saved.notes],
    },
    qualityTile(overview),
    signalsTile(overview),
    firstTokenTile(overview),
  ];
}

function requestsTile({ pools }: FactsOverview): TileView {
  const unanswered = sum(pools, (pool) => pool.unanswered);
  const pending = sum(pools, (pool) => pool.pending);
  return {
    name: 'requests',
    label: l10n.t('Requests'),
    value: countText(sum(pools, ({ decisions }) => decisions)),
    notes: [
      ...(unanswered > 0 ? [l10n.t('{0} without an answer', countText(unanswered))] : []),
      ...(pending > 0 ? [l10n.t('{0} under way, or cut off', countText(pending))] : []),
    ],
  };
}

/** Simulated prices are not money: they have a line of their own. */
function spendTile({ models, pools }: FactsOverview): TileView {
  const real = moneyOf(models.filter(({ kind }) => kind !== 'simulated'));
  const simulated = moneyOf(models.filter(({ kind }) => kind === 'simulated'));
  const tokens = (of: (pool: FactsOverview['pools'][number]) => number): string => countText(sum(pools, of));
  return {
    name: 'spend',
    label: l10n.t('Spent'),
    value: moneyText(real),
    notes: [
      ...(real.unpriced > 0 ? [unpricedText(real.unpriced)] : []),
      ...(simulated.priced > 0 ? [l10n.t('simulated prices: {0}', formatUsd(simulated.usd))] : []),
      l10n.t(
        '{0} tokens in ({1} from caches), {2} out',
        tokens(({ inputTokens }) => inputTokens),
        tokens(({ cachedTokens }) => cachedTokens),
        tokens(({ outputTokens }) => outputTokens),
      ),
    ],
  };
}

function unpricedText(calls: number): string {
  return calls === 1
    ? l10n.t('1 call at an unknown cost')
    : l10n.t('{0} calls at an unknown cost', countText(calls));
}

function qualityTile({ models }: FactsOverview): TileView {
  const mean = meanQuality(models);
  return {
    name: 'quality',
    label: l10n.t('Mean quality'),
    value: qualityText(mean),
    notes: [
      mean.quality01 === undefined
        ? l10n.t('rate an answer, or use one')
        : mean.answers === 1
          ? l10n.t('by 1 answer of which enough was told')
          : l10n.t('by {0} answers of which enough was told', countText(mean.answers)),
    ],
  };
}

function signalsTile({ models, told }: FactsOverview): TileView {
  const up = sum(models, ({ thumbsUp }) => thumbsUp);
  const down = sum(models, ({ thumbsDown }) => thumbsDown);
  return {
    name: 'signals',
    label: l10n.t('Ratings'),
    value: l10n.t('{0} good, {1} bad', countText(up), countText(down)),
    notes: [
      l10n.t(
        '{0} of {1} answers were told of, in whatever way',
        countText(sum(told, ({ toldOf }) => toldOf)),
        countText(sum(told, ({ answers }) => answers)),
      ),
    ],
  };
}

function firstTokenTile({ latency }: FactsOverview): TileView {
  const all = latency.find(({ model }) => model === undefined);
  return {
    name: 'first-token',
    label: l10n.t('Time to first token'),
    value: formatDuration(all?.p50Ms),
    notes: all === undefined ? [] : [l10n.t('95 of 100 within {0}', formatDuration(all.p95Ms))],
  };
}
