import { shippedSignals } from '../../src/core/reward/signal-table';
import { isOwnDraw } from '../../src/core/stats/savings/rivals-of';
import { moneySaved } from '../../src/core/stats/savings/money-saved';
import type { Rates } from '../../src/core/stats/savings/rate-card';
import { decisionIdOf } from '../../src/ledger/entry-schema';
import { sqliteFacts } from '../../src/ledger/facts/sqlite-facts';
import { quietLog } from '../../test/core/samples';
import type { Corpus } from '../routing/corpus';
import { mean } from '../routing/statistics';
import type { Walk } from './walk';
import { stepMs } from './walk';

/** What the page says of one model after so many requests, and what is true. */
export interface Look {
  readonly decisions: number;
  readonly model: string;
  /** It is the one that a share of requests went to. */
  readonly measured: boolean;
  readonly moneyShown: boolean;
  readonly believedShown: boolean;
  /** Undefined: no number is shown. */
  readonly said:
    | {
        readonly difference: number;
        readonly low: number;
        readonly high: number;
        readonly least: number;
        readonly most: number;
        readonly effective: number;
      }
    | undefined;
  /** Mean quality of the answers of the requests that the figure is of, less that of this model's own to the same. */
  readonly truth: number;
}

/** Looks at the page's figures of each model after so many requests, by the facts that the page reads. */
export async function looksAt(
  { entries, decisions }: Walk,
  corpus: Corpus,
  { measured, after }: { readonly measured: string | undefined; readonly after: readonly number[] },
): Promise<readonly Look[]> {
  const own = Map.groupBy(entries, decisionIdOf);
  const facts = await sqliteFacts({
    path: ':memory:',
    ledger: {
      readAfter: (sequence, count = entries.length) =>
        Promise.resolve(entries.slice(sequence, sequence + count)),
      readDecision: (id) => Promise.resolve(own.get(id) ?? []),
      timesForgotten: () => Promise.resolve(0),
    },
    ledgerName: 'walk',
    log: quietLog,
  });
  await facts.refresh(shippedSignals);
  const looks: Look[] = [];
  const pool = corpus.name;
  const models = new Map([[pool, corpus.models]]);
  const cards = new Map(corpus.models.map((model, arm) => [model, cardOf(corpus, arm)]));
  for (const count of after) {
    const filter = { toMs: count * stepMs };
    const money = moneySaved(models, { groups: await facts.usage(filter, []), thresholds: [], cards });
    for (const model of corpus.models) {
      const { believed, measured: said } = await facts.quality(filter, { pool, model });
      const saved = money.find(
        ({ comparator }) => comparator.kind === 'always' && comparator.model === model,
      );
      looks.push({
        decisions: count,
        model,
        measured: model === measured,
        moneyShown: (saved?.compared ?? 0) > 0,
        believedShown: believed !== undefined,
        said:
          said.kind === 'too-few'
            ? undefined
            : {
                difference: said.quality.difference,
                low: said.quality.low,
                high: said.quality.high,
                least: said.quality.leastDifference,
                most: said.quality.mostDifference,
                effective: said.quality.effectiveAnswers,
              },
        truth: truthOf(decisions, corpus, model, count),
      });
    }
  }
  await facts.close();
  return looks;
}

function truthOf(decisions: Walk['decisions'], corpus: Corpus, model: string, count: number): number {
  const arm = corpus.models.indexOf(model);
  return mean(
    decisions.flatMap(({ decision, row }) => {
      if (Number(decision.id.slice(1)) >= count || !isOwnDraw(decision)) return [];
      const rival = decision.candidates.find(({ deploymentId }) => deploymentId === model);
      if (rival === undefined || rival.probability <= 0) return [];
      const quality = corpus.rows[row]?.quality01;
      const chosen = corpus.models.indexOf(decision.deploymentId);
      return [(quality?.[chosen] ?? Number.NaN) - (quality?.[arm] ?? Number.NaN)];
    }),
  );
}

/** A price by the output alone, of answers of 400 tokens. */
function cardOf({ rows }: Corpus, arm: number) {
  const usd = mean(rows.map(({ costUsd }) => costUsd[arm] ?? Number.NaN)) / 400;
  const rates: Rates = {
    ...{ plain: 0, cached: 0, written: 0, writtenForAnHour: 0 },
    ...{ spoken: usd, reasoning: usd },
  };
  return { thresholds: [], rates: [rates] };
}
