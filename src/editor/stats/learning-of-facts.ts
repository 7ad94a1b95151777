import type { ToldFacts } from '../../core/terms/facts';
import type { ToldSignals } from '../../core/stats/told-signals';
import { signalNames } from '../../core/reward/signal-table';
import { sum } from '../../core/stats/facts-sums';

/** What was told of the answers that are looked at, over all models and by each. */
export function toldOfFacts(models: readonly ToldFacts[]): ToldSignals {
  const rowsOf = (all: readonly ToldFacts[]): ToldSignals['rows'] => {
    const rows = all.flatMap((each) => each.rows);
    return new Map(
      signalNames.flatMap((name) => {
        const own = rows.filter((row) => row.name === name);
        if (own.length === 0) return [];
        return [[name, { told: sum(own, ({ told }) => told), counted: sum(own, ({ counted }) => counted) }]];
      }),
    );
  };
  return {
    answers: sum(models, ({ answers }) => answers),
    toldOf: sum(models, ({ toldOf }) => toldOf),
    rows: rowsOf(models),
    models: new Map(
      models
        .filter(({ answers }) => answers > 0)
        .map((each) => [each.model, { answers: each.answers, toldOf: each.toldOf, rows: rowsOf([each]) }]),
    ),
  };
}
