import type { DatabaseSync } from 'node:sqlite';
import type { FactRow, FactsPage, FactsPageQuery, FactSort } from '../../core/terms/facts';
import { factOutcomes } from '../../core/terms/facts';
import { failureReasons } from '../../core/terms/failure';
import type { Names, Row } from './filter';
import { conditionOf, maybe, namesOf, numberOf } from './filter';
import { sumKinds, thumbs } from './schema';

const mostRows = 1_000;

/** One page of the table of decisions. What a sort has no value for comes last either way. */
export function pageOf(database: DatabaseSync, query: FactsPageQuery): FactsPage {
  const names = namesOf(database);
  const { sql, values } = conditionOf(query.filter, names);
  const search = searchOf(query, names, database);
  const where = `${sql} AND ${search.sql}`;
  const all = [...values, ...search.values];
  const total = database.prepare(`SELECT COUNT(*) AS count FROM fact WHERE ${where}`).get(...all);
  const rows = database
    .prepare(
      `SELECT * FROM fact ${query.sort === 'time' ? 'NOT INDEXED ' : ''}WHERE ${where} ORDER BY ${orderOf(query)} LIMIT ? OFFSET ?`,
    )
    .all(...all, Math.min(query.limit, mostRows), query.offset);
  return { total: numberOf(total ?? {}, 'count'), rows: rows.map((row) => rowOf(row, names)) };
}

export function decisionOf(database: DatabaseSync, id: string): FactRow | undefined {
  const row = database.prepare('SELECT * FROM fact WHERE decision_id = ?').get(id);
  return row && rowOf(row, namesOf(database));
}

function orderOf({ sort, descending }: FactsPageQuery): string {
  const way = descending ? 'DESC' : 'ASC';
  const column = columnOf(sort);
  return column === 'sequence' ? `sequence ${way}` : `${column} IS NULL, ${column} ${way}, sequence DESC`;
}

function columnOf(sort: FactSort): string {
  switch (sort) {
    case 'time':
      return 'sequence';
    case 'cost':
      return 'CASE WHEN priced > 0 THEN usd END';
    case 'quality':
      return 'quality01';
    case 'first-token':
      return 'first_ms';
    case 'total-time':
      return 'total_ms';
    case 'model':
      return '(SELECT text FROM name WHERE id = COALESCE(model, chosen))';
    case 'task':
      return '(SELECT text FROM name WHERE id = task)';
  }
}

/** Names are few: they are looked through first, and rows by their codes. */
function searchOf(
  { search, searchTasks, searchOrigins }: FactsPageQuery,
  names: Names,
  database: DatabaseSync,
): { readonly sql: string; readonly values: readonly string[] } {
  if (search === '') return { sql: 'TRUE', values: [] };
  const wanted = search.toLowerCase();
  const known = database.prepare('SELECT id, kind, text FROM name').all();
  const having = (kind: string): readonly number[] =>
    known
      .filter((row) => row['kind'] === kind && String(row['text']).toLowerCase().includes(wanted))
      .map((row) => numberOf(row, 'id'));
  const models = having('model').join(', ');
  const tasks = [...having('task'), ...searchTasks.map((task) => names.code('task', task))].join(', ');
  const origins = [...having('origin'), ...searchOrigins.map((each) => names.code('origin', each))].join(
    ', ',
  );
  return {
    sql: `(model IN (${models}) OR chosen IN (${models}) OR pool IN (${having('pool').join(', ')})
      OR task IN (${tasks}) OR origin IN (${origins})
      OR instr(lower(conversation_id), ?) > 0 OR instr(lower(decision_id), ?) > 0
      OR instr(COALESCE(failure, ''), ?) > 0)`,
    values: [wanted, wanted, wanted],
  };
}

function rowOf(row: Row, names: Names): FactRow {
  const text = (column: string): string => String(row[column]);
  const flag = (column: string): boolean => row[column] === 1;
  const name = (column: string): string | undefined =>
    row[column] === null ? undefined : names.text(row[column]);
  const workspace = names.text(row['workspace']);
  return {
    decisionId: text('decision_id'),
    atMs: numberOf(row, 'at_ms'),
    pool: names.text(row['pool']),
    origin: names.text(row['origin']),
    workspace: workspace === '' ? undefined : workspace,
    task: names.text(row['task']),
    domain: text('domain'),
    conversationId: text('conversation_id'),
    phase: row['phase'] === 'ucb1' ? 'ucb1' : 'lin-ucb',
    poolSequence: numberOf(row, 'pool_sequence'),
    switchAfter: numberOf(row, 'switch_after'),
    preset: text('preset'),
    chosen: names.text(row['chosen']),
    answeredBy: name('model'),
    outcome: factOutcomes[numberOf(row, 'outcome')] ?? 'pending',
    failure: failureReasons.find((each) => each === row['failure']),
    explored: flag('explored'),
    chosenByUser: flag('by_user'),
    sticky: flag('sticky'),
    repeated: flag('repeated'),
    stuckWith: name('stuck_with'),
    learning: flag('learning'),
    calls: numberOf(row, 'calls'),
    money: {
      usd: numberOf(row, 'usd'),
      kind: sumKinds[numberOf(row, 'kind')],
      priced: numberOf(row, 'priced'),
      unpriced: numberOf(row, 'unpriced'),
    },
    inputTokens: maybe(row, 'input_tokens'),
    outputTokens: maybe(row, 'output_tokens'),
    cachedTokens: maybe(row, 'cached_tokens'),
    firstTokenMs: maybe(row, 'first_ms'),
    totalMs: maybe(row, 'total_ms'),
    thumb: thumbs[numberOf(row, 'thumb')],
    quality01: maybe(row, 'quality01'),
    qualityWeight: numberOf(row, 'weight'),
    judged01: maybe(row, 'judged01'),
    predicted01: maybe(row, 'predicted01'),
    predictedUsd: maybe(row, 'predicted_usd'),
    propensity: numberOf(row, 'propensity'),
  };
}
