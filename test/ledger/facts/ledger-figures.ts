import { DatabaseSync } from 'node:sqlite';
import { causeOf, shippedSignals, signalNames } from '../../../src/core/reward/signal-table';
import type { FactsFilter } from '../../../src/core/terms/facts';
import type { StoredEntry } from '../../../src/core/terms/ledger-entry';
import { decisionIdOf } from '../../../src/ledger/entry-schema';

/**
 * The figures of the page, by SQL over the ledger's rows alone: written from what the figures are said to be, not from the
 * code that makes them.
 */
export interface LedgerFigures {
  /** Rows of a query over the tables below, with the filter's decisions in `decision`. */
  rows(sql: string, ...values: readonly (string | number)[]): readonly Record<string, unknown>[];
  close(): void;
}

const json = (path: string): string => `json_extract(payload, '$.${path}')`;

const signalRow = `CASE ${json('observation.signal.kind')}
  WHEN 'rating' THEN 'rating-' || ${json('observation.signal.thumb')}
  WHEN 'compared' THEN CASE ${json('observation.signal.won')} WHEN 1 THEN 'compared-won' ELSE 'compared-lost' END
  WHEN 'edit' THEN 'edit-' || ${json('observation.signal.outcome')}
  WHEN 'edit-survival' THEN 'survived-' || ${json('observation.signal.moment')}
  WHEN 'edit-diagnostics' THEN CASE
    WHEN ${json('observation.signal.after')} > ${json('observation.signal.before')} THEN 'more-problems'
    WHEN ${json('observation.signal.after')} < ${json('observation.signal.before')} THEN 'fewer-problems' END
  WHEN 'next-turn' THEN 'turn-' || ${json('observation.signal.turn')}
  WHEN 'loop' THEN 'loop-' || ${json('observation.signal.sign')}
  WHEN 'taken' THEN 'taken-' || ${json('observation.signal.moment')}
  WHEN 'stopped' THEN NULL
  ELSE ${json('observation.signal.kind')} END`;

function conditionOf(filter: FactsFilter): string {
  const is = (field: string, value: string | undefined): string =>
    value === undefined ? 'TRUE' : `COALESCE(${json(`decision.${field}`)}, '') = '${value}'`;
  return [
    is('pool', filter.pool),
    is('origin', filter.origin),
    is('workspace', filter.workspace),
    is('task', filter.task),
    `at_ms >= ${String(filter.fromMs ?? 0)}`,
    `at_ms < ${String(filter.toMs ?? 1e15)}`,
  ].join(' AND ');
}

/** `entries` of the ledger as it gives them: its file has them in short. */
export function ledgerFigures(entries: readonly StoredEntry[], filter: FactsFilter): LedgerFigures {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE entry (sequence INTEGER PRIMARY KEY, at_ms, decision_id, payload)');
  const insert = database.prepare('INSERT INTO entry VALUES (?, ?, ?, ?)');
  for (const { sequence, atMs, ...entry } of entries)
    insert.run(sequence, atMs, decisionIdOf(entry), JSON.stringify(entry));
  database.exec(`
    CREATE TEMP TABLE decision AS SELECT sequence, at_ms, decision_id AS id, payload,
        ${json('decision.pool')} AS pool, ${json('decision.task')} AS task, ${json('decision.deploymentId')} AS chosen,
        ${json('decision.conversationId')} AS conversation
      FROM entry WHERE ${json('kind')} = 'decision' AND ${conditionOf(filter)};
    CREATE TEMP TABLE attempt AS SELECT entry.sequence, entry.at_ms, id, entry.payload AS payload,
        json_extract(entry.payload, '$.attempt.deploymentId') AS model,
        json_extract(entry.payload, '$.attempt.outcome') AS outcome,
        json_extract(entry.payload, '$.attempt.receipt.cost.kind') AS kind,
        json_extract(entry.payload, '$.attempt.receipt.cost.usd') AS usd,
        json_extract(entry.payload, '$.attempt.receipt.timeToFirstTokenMs') AS first_ms,
        json_extract(entry.payload, '$.attempt.failure.reason') AS reason,
        json_extract(entry.payload, '$.attempt.failure.local') AS local,
        json_extract(entry.payload, '$.attempt.retried') AS retried
      FROM entry JOIN decision ON entry.decision_id = decision.id
      WHERE json_extract(entry.payload, '$.kind') = 'attempt';
    CREATE TEMP TABLE signal AS SELECT sequence, decision_id AS id,
        ${json('observation.deploymentId')} AS model, ${json('observation.signal.kind')} AS kind,
        ${json('observation.signal.outcome')} AS outcome, ${signalRow} AS row,
        COALESCE(${json('observation.signal.share01')}, ${json('observation.signal.quality01')}, 1) AS share
      FROM entry WHERE ${json('kind')} = 'observation' AND decision_id IN (SELECT id FROM decision);
    CREATE TEMP TABLE rule (row TEXT, place INTEGER, cause TEXT, all01 REAL, none01 REAL, weight REAL);
    -- Who answered is whoever answered last.
    CREATE TEMP TABLE answer AS SELECT id, model FROM (
      SELECT id, model, ROW_NUMBER() OVER (PARTITION BY id ORDER BY sequence DESC) AS back
      FROM attempt WHERE outcome <> 'failed') WHERE back = 1;
  `);
  const rule = database.prepare('INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?)');
  signalNames.forEach((name, place) => {
    const { quality01, none01 = quality01, weight } = shippedSignals[name];
    rule.run(name, place, causeOf[name], quality01, none01, weight);
  });
  database.exec(`
    CREATE TEMP TABLE said AS SELECT signal.*, place, cause, weight, none01 + (all01 - none01) * share AS quality
      FROM signal JOIN rule ON signal.row = rule.row;
    -- The user's last word goes before all else: a rating that stands, then a comparison, then a grade.
    CREATE TEMP TABLE word AS
      WITH last AS (
        SELECT signal.id, signal.model, signal.sequence, signal.kind, signal.row,
          ROW_NUMBER() OVER (PARTITION BY id, model, kind ORDER BY sequence DESC) AS back
        FROM signal WHERE kind IN ('rating', 'compared', 'scored'))
      SELECT id, model, sequence FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY id, model
          ORDER BY CASE kind WHEN 'rating' THEN 0 WHEN 'compared' THEN 1 ELSE 2 END) AS place
        FROM last WHERE back = 1 AND row IS NOT NULL) WHERE place = 1;
    CREATE TEMP TABLE edit AS SELECT id, model, outcome FROM (
      SELECT *, ROW_NUMBER() OVER (PARTITION BY id, model ORDER BY sequence DESC) AS back
      FROM signal WHERE kind = 'edit') WHERE back = 1;
    CREATE TEMP TABLE sign AS
      SELECT said.id, said.model, said.row, quality, weight FROM said
        JOIN word ON said.id = word.id AND said.model = word.model AND said.sequence = word.sequence
      UNION ALL
      SELECT id, model, row, quality, weight FROM (
        SELECT *, MAX(cause <> 'outcome') OVER (PARTITION BY id, model) AS told FROM (
          SELECT said.*, ROW_NUMBER() OVER (PARTITION BY said.id, said.model, cause
              ORDER BY weight DESC, place DESC, quality) AS strength
            FROM said LEFT JOIN edit ON said.id = edit.id AND said.model = edit.model
            WHERE kind NOT IN ('rating', 'compared', 'scored')
              AND (said.id, said.model) NOT IN (SELECT id, model FROM word)
              AND (kind NOT IN ('edit', 'edit-survival', 'edit-diagnostics')
                OR edit.outcome IN ('accepted', 'changed') OR (kind = 'edit' AND said.outcome = edit.outcome)))
        WHERE strength = 1 AND weight > 0)
      WHERE cause <> 'outcome' OR told = 0;
    CREATE TEMP TABLE evidence AS SELECT id, model, SUM(quality * weight) / SUM(weight) AS quality,
      MIN(1, SUM(weight)) AS weight FROM sign GROUP BY id, model;
    CREATE TEMP TABLE met AS SELECT id, chosen AS model FROM decision
      UNION SELECT id, model FROM attempt UNION SELECT id, model FROM signal;
    CREATE INDEX temp.evidence_of ON evidence (id, model);
    CREATE INDEX temp.attempt_of ON attempt (id, model);
    CREATE INDEX temp.signal_of ON signal (id, model);
    CREATE INDEX temp.decision_of ON decision (id);
    CREATE INDEX temp.answer_of ON answer (id);
  `);
  return {
    rows: (sql, ...values) => database.prepare(sql).all(...values),
    close: () => database.close(),
  };
}
