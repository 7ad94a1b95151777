import * as l10n from '@vscode/l10n';
import { sharesOf } from '../../../core/stats/facts-sums';
import type { LatencyFacts } from '../../../core/terms/facts';
import type { LatencyView } from '../../../webview/protocol/stats-board';
import { formatDuration } from '../../shown/format';
import { countText } from './figures';

/** Where a step of the facts begins, in ms. */
const startOf = (step: number): number => 10 ** (step / 10);

/** Only round times have a name: 1, 2 and 5 of each power of ten. */
function labelOf(step: number): string {
  const round = new Map([
    [0, 1],
    [3, 2],
    [7, 5],
  ]).get(step % 10);
  return round === undefined ? '' : formatDuration(round * 10 ** Math.floor(step / 10));
}

/** How long each model takes to begin, in steps that grow by a quarter. */
export function latencyView(latency: readonly LatencyFacts[]): LatencyView {
  const models = latency
    .flatMap(({ model, ...own }) => (model === undefined ? [] : [{ ...own, model }]))
    .toSorted((a, b) => a.p50Ms - b.p50Ms);
  const met = latency.flatMap(({ steps }) => steps.map(({ step }) => step));
  const first = Math.min(...met);
  const steps =
    met.length === 0 ? [] : Array.from({ length: Math.max(...met) - first + 1 }, (_, i) => first + i);
  const stepOf = (ms: number): number => Math.floor(10 * Math.log10(Math.max(1, ms))) - first;
  return {
    steps: steps.map((step) => ({ ms: startOf(step), label: labelOf(step) })),
    rows: models.map((own) => ({
      model: own.model,
      share01: [...sharesOf(own, steps)],
      p50Step: stepOf(own.p50Ms),
      p95Step: stepOf(own.p95Ms),
      says: l10n.t(
        '{0}: half within {1}, 95 of 100 within {2}; {3} answers.',
        own.model,
        formatDuration(own.p50Ms),
        formatDuration(own.p95Ms),
        countText(own.count),
      ),
    })),
    table: {
      columns: [l10n.t('Model'), l10n.t('Answers'), l10n.t('Half within'), l10n.t('95 of 100 within')],
      rows: models.map((own) => [
        own.model,
        countText(own.count),
        formatDuration(own.p50Ms),
        formatDuration(own.p95Ms),
      ]),
    },
  };
}
