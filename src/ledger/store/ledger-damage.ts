import * as l10n from '@vscode/l10n';

/** What is wrong with a ledger's file. Numbers are sequence numbers; ranges include both ends. */
export type LedgerDamage =
  /** A row that isn't what was written there: changed, moved, or of another ledger. */
  | { readonly kind: 'altered'; readonly sequence: number }
  /** Rows that nobody dropped aren't there. */
  | { readonly kind: 'missing'; readonly from: number; readonly to: number }
  /** Rows at the end that were acknowledged aren't there. */
  | { readonly kind: 'lost-tail'; readonly from: number; readonly to: number }
  /** A row came twice, or before its turn: the table's tree is damaged. */
  | { readonly kind: 'disordered'; readonly sequence: number }
  /** The record of what was dropped isn't what was written. */
  | { readonly kind: 'altered-record'; readonly first: number }
  /** SQLite can't read the file, or it isn't a ledger. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/** Why a ledger that is damaged takes nothing more. */
export class DamagedLedgerError extends Error {
  readonly code = 'damaged';
  readonly damage: LedgerDamage;

  constructor(damage: LedgerDamage) {
    super(l10n.t('it is damaged ({0})', damageText(damage)));
    this.name = 'DamagedLedgerError';
    this.damage = damage;
  }
}

/** For a log, in English. */
export function damageText(damage: LedgerDamage): string {
  switch (damage.kind) {
    case 'altered':
      return `entry ${String(damage.sequence)} was altered`;
    case 'missing':
      return `entries ${String(damage.from)} to ${String(damage.to)} are missing`;
    case 'lost-tail':
      return `the last entries, ${String(damage.from)} to ${String(damage.to)}, are missing`;
    case 'disordered':
      return `entry ${String(damage.sequence)} is out of order`;
    case 'altered-record':
      return `the record of what was dropped from entry ${String(damage.first)} on was altered`;
    case 'unreadable':
      return damage.detail;
  }
}

/** SQLite's own words of a file that is damaged or is no database; undefined: the error says something else. */
export function damageIn(error: unknown): LedgerDamage | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  return code === corrupt || code === notADatabase
    ? { kind: 'unreadable', detail: error.message }
    : undefined;
}

/** SQLITE_CORRUPT and SQLITE_NOTADB: https://sqlite.org/rescode.html */
const corrupt = 11;
const notADatabase = 26;
