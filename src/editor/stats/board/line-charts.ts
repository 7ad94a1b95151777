import * as l10n from '@vscode/l10n';
import { meanUsdOf, sum } from '../../../core/stats/facts-sums';
import type { FactsOverview, SliceFacts } from '../../../core/terms/facts';
import type { LineChartView } from '../../../webview/protocol/stats-board';
import { formatUsd } from '../../shown/format';
import type { Slices } from '../periods';
import { countText, dayText, percentText, timeText } from './figures';

type Series = LineChartView['series'][number];

/** Lines beyond these would not be told apart: the rest is one. */
const mostModels = 8;

/** Which share of the answers each model gave, over time. */
export function shareChart(overview: FactsOverview, slices: Slices): LineChartView {
  const models = modelsByAnswers(overview);
  const answered = perSlice(slices, overview.slices, (own) => sum(own, (slice) => slice.answered));
  const series = models.map((model): Series => ({
    label: model,
    values: perSlice(slices, overview.slices, (own) => {
      const all = sum(own, (slice) => slice.answered);
      const ofModel = sum(
        own.filter((slice) => slice.model === model),
        (slice) => slice.answered,
      );
      return all === 0 ? null : ofModel / all;
    }),
    baseline: false,
  }));
  const totals = models.map((model) => {
    const own = sum(
      overview.slices.filter((slice) => slice.model === model),
      (slice) => slice.answered,
    );
    return `${model} ${percentText(
      own /
        Math.max(
          1,
          sum(overview.slices, (slice) => slice.answered),
        ),
    )}`;
  });
  return chart(slices, 'share', series, {
    marks: overview.switches.map(({ pool, atMs }) => ({
      x: atMs / 1_000,
      label: l10n.t('{0}: LinUCB', pool),
    })),
    says: l10n.t('Share of each model over time. In all: {0}.', totals.join(', ')),
    extra: { title: l10n.t('Answers'), values: answered.map(countText) },
    format: percentText,
  });
}

/**
 * Simulated prices are no money: where any other is paid they are left out. Slices don't say it, but a model that has one
 * has it in all of its pool.
 */
function paidSlices({ slices, models }: FactsOverview): { facts: readonly SliceFacts[]; simulated: boolean } {
  const real = new Set(models.filter(({ kind }) => kind !== 'simulated').map(({ model }) => model));
  const facts = slices.filter(({ model }) => real.has(model));
  return facts.length === 0 ? { facts: slices, simulated: slices.length > 0 } : { facts, simulated: false };
}

/** What was spent, over time. */
export function spendChart(overview: FactsOverview, slices: Slices): LineChartView {
  const { facts, simulated } = paidSlices(overview);
  // Of answers at unknown costs alone nothing is known: that isn't $0.
  const values = perSlice(slices, facts, (own) =>
    own.length > 0 && sum(own, ({ priced }) => priced) === 0 ? null : sum(own, ({ usd }) => usd),
  );
  const total = formatUsd(sum(facts, ({ usd }) => usd));
  return chart(slices, 'usd', [{ label: l10n.t('Cost'), values, baseline: false }], {
    marks: [],
    says: simulated
      ? l10n.t('Simulated prices over time, in all {0}: nobody was billed.', total)
      : l10n.t('Cost over time, in all {0}. The last span may not be over yet.', total),
    format: formatUsd,
  });
}

/** Quality as it was predicted when models were chosen, and as it was told afterwards. */
export function learningChart({ slices: facts }: FactsOverview, slices: Slices): LineChartView {
  const series: Series[] = [
    {
      label: l10n.t('predicted'),
      values: perSlice(slices, facts, (own) =>
        ratio(
          sum(own, ({ predicted }) => predicted),
          sum(own, ({ predictedCount }) => predictedCount),
        ),
      ),
      baseline: true,
    },
    {
      label: l10n.t('told'),
      values: perSlice(slices, facts, (own) =>
        ratio(
          sum(own, ({ quality }) => quality),
          sum(own, ({ weight }) => weight),
        ),
      ),
      baseline: false,
    },
  ];
  const told = sum(facts, ({ answers }) => answers);
  return chart(slices, 'quality', series, {
    marks: [],
    says: l10n.t(
      'Mean quality over time: as predicted when a model was chosen, and as told of {0} answers. Who tells is no random part of the answers.',
      countText(told),
    ),
    format: (value) => value.toFixed(2),
  });
}

/** What a request cost, against what it was expected to cost elsewhere. */
export function costChart(overview: FactsOverview, slices: Slices): LineChartView {
  const { facts } = paidSlices(overview);
  const expected = (label: string, of: (slice: SliceFacts) => number): Series => ({
    label,
    values: perSlice(slices, facts, (own) =>
      ratio(
        sum(own, of),
        sum(own, ({ expectedCount }) => expectedCount),
      ),
    ),
    baseline: true,
  });
  const paid: Series = {
    label: l10n.t('paid'),
    values: perSlice(slices, facts, (own) => meanUsdOf(own) ?? null),
    baseline: false,
  };
  const series = [
    paid,
    expected(l10n.t('always the dearest'), ({ dearestUsd }) => dearestUsd),
    expected(l10n.t('one at random'), ({ meanUsd }) => meanUsd),
    expected(l10n.t('always the cheapest'), ({ cheapestUsd }) => cheapestUsd),
  ];
  return chart(slices, 'usd', series, {
    marks: [],
    says: l10n.t(
      'Mean cost of a request over time, against what its candidates were expected to cost when it was decided: the dearest, one at random, the cheapest. Those are estimates, and say nothing of quality.',
    ),
    format: formatUsd,
  });
}

function modelsByAnswers({ slices }: FactsOverview): readonly string[] {
  return [...Map.groupBy(slices, ({ model }) => model)]
    .map(([model, own]) => ({ model, answered: sum(own, (slice) => slice.answered) }))
    .toSorted((a, b) => b.answered - a.answered || (a.model < b.model ? -1 : 1))
    .slice(0, mostModels)
    .map(({ model }) => model);
}

function perSlice<Value>(
  { edges }: Slices,
  facts: readonly SliceFacts[],
  of: (own: readonly SliceFacts[]) => Value,
): Value[] {
  const bySlice = Map.groupBy(facts, ({ slice }) => slice);
  return edges.slice(0, -1).map((_, index) => of(bySlice.get(index) ?? []));
}

function ratio(total: number, count: number): number | null {
  return count === 0 ? null : total / count;
}

interface ChartWords {
  readonly marks: LineChartView['marks'];
  readonly says: string;
  readonly format: (value: number) => string;
  /** A column of the table that isn't drawn. */
  readonly extra?: { readonly title: string; readonly values: readonly string[] };
}

function chart(
  { edges, unit }: Slices,
  valueUnit: LineChartView['unit'],
  series: Series[],
  { marks, says, format, extra }: ChartWords,
): LineChartView {
  const starts = edges.slice(0, -1);
  const nameOf = unit === 'hour' ? timeText : dayText;
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : format(value);
  return {
    x: starts.map((ms) => ms / 1_000),
    unit: valueUnit,
    series,
    marks,
    says,
    table: {
      columns: [
        l10n.t('From'),
        ...(extra === undefined ? [] : [extra.title]),
        ...series.map(({ label }) => label),
      ],
      rows: starts.map((ms, index) => [
        nameOf(ms),
        ...(extra === undefined ? [] : [extra.values[index] ?? '–']),
        ...series.map(({ values }) => text(values[index])),
      ]),
    },
  };
}
