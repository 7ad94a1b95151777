import type { DatabaseSync } from 'node:sqlite';
import type { FactsFilter } from '../../core/terms/facts';
import type {
  BelievedGroup,
  DuelCounts,
  LoggedChoice,
  QualityFacts,
  QualityQuestion,
} from '../../core/terms/quality-savings';
import { conditionOf, namesOf, numberOf } from './filter';

/** What comparisons of quality with one model are made of; `fewest`: told answers of it below which no choice is read. */
export function qualityFactsOf(
  database: DatabaseSync,
  filter: FactsFilter,
  { pool, model }: QualityQuestion,
  fewest: number,
): QualityFacts {
  const names = namesOf(database);
  const condition = conditionOf({ ...filter, pool: undefined }, names);
  const codes = [names.code('pool', pool), names.code('model', model)] as const;
  const where = `pool = ? AND model = ? AND ${condition.sql}`;
  const values = [...codes, ...condition.values];
  const believed = database
    .prepare(
      `SELECT chosen, COUNT(*) AS decisions, SUM(chosen_quality01 - quality01) AS difference, SUM(doubt) AS doubt,
         SUM(chosen_doubt) AS chosen_doubt, SUM(learnt) AS learnt, SUM(figures) AS figures, SUM(word) AS word,
         SUM(level) AS level
       FROM rival WHERE ${where} AND doubt IS NOT NULL GROUP BY chosen`,
    )
    .all(...values)
    .map((row): BelievedGroup => ({
      chosen: names.text(row['chosen']),
      decisions: numberOf(row, 'decisions'),
      difference: numberOf(row, 'difference'),
      doubt: numberOf(row, 'doubt'),
      chosenDoubt: numberOf(row, 'chosen_doubt'),
      learnt: numberOf(row, 'learnt'),
      figures: numberOf(row, 'figures'),
      word: numberOf(row, 'word'),
      level: numberOf(row, 'level'),
    }));
  const counts =
    database
      .prepare(
        `SELECT COUNT(*) AS own, SUM(probability > 0) AS supported, SUM(chosen = model) AS drawn,
           SUM(chosen = model AND told01 IS NOT NULL) AS drawn_told, SUM(told01 IS NOT NULL) AS told FROM rival WHERE ${where} AND own = 1`,
      )
      .get(...values) ?? {};
  const drawnAndTold = numberOf(counts, 'drawn_told');
  return {
    believed,
    own: numberOf(counts, 'own'),
    supported: numberOf(counts, 'supported'),
    drawn: numberOf(counts, 'drawn'),
    drawnAndTold,
    told: numberOf(counts, 'told'),
    duels: duelsIn(),
    choices: drawnAndTold < fewest ? [] : choicesOf(),
  };

  /** Each comparison is told of both answers: it is read at the one that isn't this model's. */
  function duelsIn(): DuelCounts {
    const row = database
      .prepare(
        `SELECT SUM(won) AS won, SUM(1 - won) AS lost FROM duel WHERE pool = ? AND model <> ? AND ${condition.sql}
           AND other IN (SELECT decision_id FROM duel AS own WHERE own.model = ? AND own.other = duel.decision_id)`,
      )
      .get(codes[0], codes[1], ...condition.values, codes[1]);
    return { won: numberOf(row ?? {}, 'won'), lost: numberOf(row ?? {}, 'lost') };
  }

  function choicesOf(): readonly LoggedChoice[] {
    const statement = database.prepare(
      `SELECT chosen, origin, task, probability, quality01, chosen_quality01, told01
       FROM rival WHERE ${where} AND own = 1 AND probability > 0 ORDER BY sequence`,
    );
    // Objects would take as long as all the rest.
    statement.setReturnArrays(true);
    const choices: LoggedChoice[] = [];
    for (const row of statement.iterate(...values)) {
      const [chosen, origin, task, probability, predicted01, chosenPredicted01, told01] = Object.values(row);
      choices.push({
        chosen: names.text(chosen),
        origin: names.text(origin),
        task: names.text(task),
        probability: Number(probability),
        predicted01: Number(predicted01),
        chosenPredicted01: Number(chosenPredicted01),
        told01: told01 === null ? undefined : Number(told01),
      });
    }
    return choices;
  }
}
