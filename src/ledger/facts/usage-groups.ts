import type { DatabaseSync } from 'node:sqlite';
import type { FactsFilter } from '../../core/terms/facts';
import type { Offer, UsageGroup } from '../../core/terms/savings';
import { usageStandings } from '../../core/terms/savings';
import { conditionOf, namesOf, numberOf } from './filter';

/** As the `model` column has that nobody answered. */
export const noModel = 0;

/** As names of the kind `offer` have it. */
export function offerText({ candidates, dearest }: Offer): string {
  return JSON.stringify([dearest ?? null, ...candidates]);
}

function offerOf(text: string): Offer {
  const [dearest, ...candidates] = JSON.parse(text) as readonly [string | null, ...string[]];
  return { candidates, dearest: dearest ?? undefined };
}

/** What is above this has an index of its own, for there are few such calls. */
const longInput = 32_768;

/**
 * Calls in groups that a price is linear in. Those of the lowest band are summed in the order of the table's key, the others
 * found by their length.
 */
export function usageGroupsOf(
  database: DatabaseSync,
  filter: FactsFilter,
  thresholds: readonly number[],
): readonly UsageGroup[] {
  const names = namesOf(database);
  const { sql, values } = conditionOf(filter, names);
  const offers = new Map<number, Offer>();
  const offer = (code: number): Offer => {
    const known = offers.get(code) ?? offerOf(names.text(code));
    offers.set(code, known);
    return known;
  };
  return [undefined, ...thresholds].flatMap((above, band) => {
    const below = thresholds[band];
    const range = [
      ...(above === undefined ? [] : [`input > ${String(above)}`]),
      ...(above === undefined || above < longInput ? [] : [`input > ${String(longInput)}`]),
      ...(below === undefined ? [] : [`input <= ${String(below)}`]),
    ];
    const rows = database
      .prepare(
        `SELECT pool, task, offer, model, standing, SUM(calls) AS calls, SUM(input) AS input, SUM(cached) AS cached,
           SUM(written) AS written, SUM(hour) AS hour, SUM(output) AS output, SUM(reasoning) AS reasoning,
           SUM(output * output) AS squares, SUM(receipt_usd) AS receipt, SUM(decisions) AS decisions,
           SUM(paid_usd) AS paid, SUM(judging_usd) AS judging, SUM(judging_unpriced) AS unpriced
         FROM used WHERE ${[sql, ...range].join(' AND ')} GROUP BY pool, task, offer, model, standing`,
      )
      .all(...values);
    return rows.map((row): UsageGroup => ({
      pool: names.text(row['pool']),
      task: names.text(row['task']),
      offer: offer(numberOf(row, 'offer')),
      model: row['model'] === noModel ? undefined : names.text(row['model']),
      standing: usageStandings[numberOf(row, 'standing')] ?? 'pending',
      band,
      calls: numberOf(row, 'calls'),
      input: numberOf(row, 'input'),
      cached: numberOf(row, 'cached'),
      written: numberOf(row, 'written'),
      writtenForAnHour: numberOf(row, 'hour'),
      output: numberOf(row, 'output'),
      reasoning: numberOf(row, 'reasoning'),
      outputSquares: numberOf(row, 'squares'),
      receiptUsd: numberOf(row, 'receipt'),
      decisions: numberOf(row, 'decisions'),
      paidUsd: numberOf(row, 'paid'),
      judgingUsd: numberOf(row, 'judging'),
      judgingUnpriced: numberOf(row, 'unpriced'),
    }));
  });
}
