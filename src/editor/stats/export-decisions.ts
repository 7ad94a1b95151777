import { open } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FactRow, Facts, FactsPageQuery } from '../../core/terms/facts';
import { notify } from '../notify';
import { countText } from './board/figures';

export type ExportFormat = 'csv' | 'json';

/** Rows that are in memory at a time. */
const chunk = 1_000;

/** Columns of an export, in the ledger's own words: programs read it. */
const columns = {
  time: ({ atMs }) => new Date(atMs).toISOString(),
  decision: ({ decisionId }) => decisionId,
  pool: ({ pool }) => pool,
  origin: ({ origin }) => origin,
  workspace: ({ workspace }) => workspace,
  task: ({ task }) => task,
  domain: ({ domain }) => domain,
  conversation: ({ conversationId }) => conversationId,
  phase: ({ phase }) => phase,
  pool_sequence: ({ poolSequence }) => poolSequence,
  preset: ({ preset }) => preset,
  chosen: ({ chosen }) => chosen,
  answered_by: ({ answeredBy }) => answeredBy,
  outcome: ({ outcome }) => outcome,
  failure: ({ failure }) => failure,
  explored: ({ explored }) => explored,
  chosen_by_user: ({ chosenByUser }) => chosenByUser,
  sticky: ({ sticky }) => sticky,
  repeated: ({ repeated }) => repeated,
  stuck_with: ({ stuckWith }) => stuckWith,
  learning: ({ learning }) => learning,
  calls: ({ calls }) => calls,
  cost_usd: ({ money }) => (money.priced === 0 ? undefined : money.usd),
  cost_kind: ({ money }) => money.kind ?? 'unknown',
  calls_of_unknown_cost: ({ money }) => money.unpriced,
  input_tokens: ({ inputTokens }) => inputTokens,
  output_tokens: ({ outputTokens }) => outputTokens,
  cached_tokens: ({ cachedTokens }) => cachedTokens,
  first_token_ms: ({ firstTokenMs }) => firstTokenMs,
  total_ms: ({ totalMs }) => totalMs,
  thumb: ({ thumb }) => thumb,
  quality: ({ quality01 }) => quality01,
  quality_weight: ({ qualityWeight }) => qualityWeight,
  judged: ({ judged01 }) => judged01,
  predicted_quality: ({ predicted01 }) => predicted01,
  predicted_usd: ({ predictedUsd }) => predictedUsd,
  propensity: ({ propensity }) => propensity,
} as const satisfies Readonly<Record<string, (row: FactRow) => string | number | boolean | undefined>>;

/** Asks where to, and writes all decisions that the query leaves in, whatever page it is of. */
export async function exportDecisions(
  facts: Facts,
  query: FactsPageQuery,
  format: ExportFormat,
): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Export Decisions'),
    saveLabel: l10n.t('Export'),
    filters: format === 'csv' ? { CSV: ['csv'] } : { JSON: ['json'] },
    defaultUri: defaultTarget(`conduit-decisions.${format}`),
  });
  if (target === undefined) return;
  const count = await writeRows(facts, query, format, await writerTo(target));
  notify('info', l10n.t('{0} decisions are in {1}.', countText(count), target.path));
}

/** Where a save dialogue begins: the workspace's first folder, where there is one. */
export function defaultTarget(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  return folder === undefined ? vscode.Uri.file(name) : vscode.Uri.joinPath(folder.uri, name);
}

interface Writer {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

async function writeRows(
  facts: Facts,
  query: FactsPageQuery,
  format: ExportFormat,
  writer: Writer,
): Promise<number> {
  let count = 0;
  try {
    await writer.write(headOf(format));
    for (;;) {
      const { rows } = await facts.page({ ...query, offset: count, limit: chunk });
      if (rows.length === 0) break;
      await writer.write(textOf(rows, format, count === 0));
      count += rows.length;
    }
    await writer.write(format === 'csv' ? '' : '\n]\n');
  } finally {
    await writer.close();
  }
  return count;
}

function headOf(format: ExportFormat): string {
  return format === 'csv' ? csvLine(Object.keys(columns)) : '[';
}

/** Some rows of an export; `first` where nothing came before them. */
function textOf(rows: readonly FactRow[], format: ExportFormat, first: boolean): string {
  const values = rows.map((row) => Object.values(columns).map((of) => of(row)));
  if (format === 'csv')
    return values
      .map((row) => csvLine(row.map((value) => (value === undefined ? '' : String(value)))))
      .join('');
  const names = Object.keys(columns);
  const objects = values.map((row) =>
    JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index]]))),
  );
  return `${first ? '\n' : ',\n'}${objects.join(',\n')}`;
}

/** A line by RFC 4180. What a spreadsheet would take for a formula gets an apostrophe: names are anybody's. */
function csvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

/** A file of this machine is written bit by bit; elsewhere all of it at once. */
async function writerTo(target: vscode.Uri): Promise<Writer> {
  if (target.scheme === 'file') {
    const file = await open(target.fsPath, 'w', 0o600);
    return {
      write: async (text) => {
        await file.write(text);
      },
      close: () => file.close(),
    };
  }
  const parts: string[] = [];
  return {
    write: (text) => {
      parts.push(text);
      return Promise.resolve();
    },
    close: async () => vscode.workspace.fs.writeFile(target, new TextEncoder().encode(parts.join(''))),
  };
}
