import * as l10n from '@vscode/l10n';
import { madeUpModels } from '../../core/replay/made-up-world';
import type { DemoAnswer, DemoStep } from '../../core/replay/demo';
import { sum } from '../../core/stats/facts-sums';
import type { DemoRun } from '../../webview/protocol/demo';
import type { LineChartView } from '../../webview/protocol/stats-board';
import { formatUsd } from '../shown/format';
import { percentText } from '../stats/board/figures';

/** A chart has a value for so many requests, */
export const every = 10;
/** and tells of so many before it where it tells of no sum. */
const recent = 50;

interface Line {
  readonly label: string;
  readonly value: (upTo: number) => number;
}

/** Shares, running costs and quality over the requests of a whole run. */
export function demoCharts(steps: readonly DemoStep[], switchAfter: number): DemoRun['charts'] {
  const last = (upTo: number): readonly DemoStep[] => steps.slice(Math.max(0, upTo - recent), upTo);
  const lines = (value: (of: (step: DemoStep) => DemoAnswer | undefined, upTo: number) => number): Line[] => [
    { label: l10n.t('the router'), value: (upTo) => value(({ chosen }) => chosen, upTo) },
    ...[madeUpModels.length - 1, 0].map((index) => ({
      label: l10n.t('always {0}', madeUpModels[index]?.id ?? ''),
      value: (upTo: number) => value(({ all }) => all[index], upTo),
    })),
  ];
  return {
    share: chartOf(steps.length, switchAfter, 'share', {
      lines: madeUpModels.map(({ id }) => ({
        label: id,
        value: (upTo) => {
          const own = last(upTo);
          return own.filter(({ chosen }) => chosen.model === id).length / own.length;
        },
      })),
      says: l10n.t(
        'Which share of the last {0} requests each model answered. LinUCB begins where the line is.',
        recent,
      ),
      text: percentText,
    }),
    cost: chartOf(steps.length, switchAfter, 'usd', {
      lines: lines((of, upTo) => sum(steps.slice(0, upTo), (step) => of(step)?.usd ?? 0)),
      says: l10n.t('What all requests up to here cost, and what they would have cost with one model alone.'),
      text: formatUsd,
    }),
    quality: chartOf(steps.length, switchAfter, 'quality', {
      lines: lines((of, upTo) => {
        const own = last(upTo);
        return sum(own, (step) => of(step)?.quality01 ?? 0) / own.length;
      }),
      says: l10n.t(
        'How likely the last {0} answers were to be good. In this made-up world that is known; in yours it is told by nobody but you.',
        recent,
      ),
      text: (value) => value.toFixed(2),
    }),
  };
}

function chartOf(
  count: number,
  switchAfter: number,
  unit: LineChartView['unit'],
  {
    lines,
    says,
    text,
  }: { readonly lines: readonly Line[]; readonly says: string; readonly text: (value: number) => string },
): LineChartView {
  const x = Array.from({ length: Math.floor(count / every) }, (_, index) => (index + 1) * every);
  const series = lines.map(({ label, value }) => ({ label, values: x.map(value), baseline: false }));
  return {
    x,
    over: 'requests',
    unit,
    series,
    marks: [{ x: switchAfter, label: 'LinUCB' }],
    says,
    table: {
      columns: [l10n.t('Request'), ...series.map(({ label }) => label)],
      rows: x.map((at, index) => [String(at), ...series.map(({ values }) => text(values[index] ?? 0))]),
    },
  };
}
