import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { ImportPreview, PortableLedger } from '../../core/terms/portable';
import { choose, notify } from '../notify';
import { dateText } from '../../text/local-format';

export interface MoveLedgerParts {
  readonly ledger: () => Promise<PortableLedger>;
  readonly conduit: () => Promise<Pick<Conduit, 'refresh'>>;
}

const fileEnding = 'conduit-ledger';

/** `Conduit: Export Ledger…`: all that was learnt, in one file. */
export async function exportLedger({ ledger }: MoveLedgerParts): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Conduit: Export Ledger'),
    filters: filters(),
    saveLabel: l10n.t('Export'),
  });
  if (target === undefined) return;
  const count = await (await ledger()).exportTo(target.fsPath);
  notify(
    'info',
    l10n.t(
      'Exported: {0} decisions, with attempts, costs and ratings. No keys, conversations or settings are in the file; prompts only where you chose to keep them.',
      count,
    ),
  );
}

/** `Conduit: Import Ledger…`: shows what a file would add, and adds it where the user says so. */
export async function importLedger({ ledger, conduit }: MoveLedgerParts): Promise<void> {
  const [source] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Conduit: Import Ledger'),
      filters: filters(),
      openLabel: l10n.t('Import'),
    })) ?? [];
  if (source === undefined) return;
  const portable = await ledger();
  const preview = await portable.previewImport(source.fsPath);
  const [no, yes] = [l10n.t('Don’t Import'), l10n.t('Import')];
  const chosen = await choose(titleOf(preview), detailOf(preview), [no, yes]);
  if (chosen !== yes) return;
  const { decisions, entries } = await portable.importFrom(source.fsPath);
  await (await conduit()).refresh();
  notify('info', l10n.t('Imported: {0} decisions, {1} entries in all.', decisions, entries));
}

function filters(): Record<string, string[]> {
  return { [l10n.t('Conduit’s ledger')]: [fileEnding, 'db'] };
}

function titleOf({ decisions, alreadyHere }: ImportPreview): string {
  return l10n.t('Import {0} decisions?', decisions - alreadyHere);
}

function detailOf({ pools, decisions, alreadyHere }: ImportPreview): string {
  return [
    ...pools.map((each) =>
      l10n.t(
        '{0}: {1} decisions, from {2} to {3}',
        each.pool,
        each.decisions,
        dateText(each.fromMs),
        dateText(each.toMs),
      ),
    ),
    l10n.t('The file has {0} decisions; {1} of them are here already.', decisions, alreadyHere),
    l10n.t('What is here stays. All windows learn from what is added.'),
  ].join('\n');
}
