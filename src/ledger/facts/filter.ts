import type { DatabaseSync } from 'node:sqlite';
import type { FactsFilter } from '../../core/terms/facts';

type Value = string | number;

/** A condition in SQL with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** The names of a file's codes, both ways. */
export interface Names {
  /** −1 where there is none: nothing has it. */
  code(kind: string, text: string): number;
  text(code: unknown): string;
}

/** As of now: names are few, and only added. */
export function namesOf(database: DatabaseSync): Names {
  const codes = new Map<string, number>();
  const texts = new Map<number, string>();
  for (const { id, kind, text } of database.prepare('SELECT id, kind, text FROM name').iterate()) {
    codes.set(`${String(kind)} ${String(text)}`, Number(id));
    texts.set(Number(id), String(text));
  }
  return {
    code: (kind, text) => codes.get(`${kind} ${text}`) ?? -1,
    text: (code) => texts.get(Number(code)) ?? '',
  };
}

/** What of a table with the filter's columns is left in. */
export function conditionOf(filter: FactsFilter, names: Names, timeColumn = 'at_ms'): Condition {
  const parts: string[] = [];
  const values: Value[] = [];
  for (const kind of ['pool', 'origin', 'workspace', 'task'] as const) {
    const text = filter[kind];
    if (text === undefined) continue;
    parts.push(`${kind} = ?`);
    values.push(names.code(kind, text));
  }
  if (filter.fromMs !== undefined) {
    parts.push(`${timeColumn} >= ?`);
    values.push(filter.fromMs);
  }
  if (filter.toMs !== undefined) {
    parts.push(`${timeColumn} < ?`);
    values.push(filter.toMs);
  }
  return { sql: parts.length === 0 ? 'TRUE' : parts.join(' AND '), values };
}

export type Row = Readonly<Record<string, unknown>>;

export const numberOf = (row: Row, column: string): number => Number(row[column] ?? 0);

export function maybe(row: Row, column: string): number | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : Number(value);
}
