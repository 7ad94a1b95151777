import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SalvageReport } from '../../ledger/generations/salvage-report';
import { viewCommands } from '../command-table';
import { notify } from '../notify';
import { salvageNotice } from './salvage-text';

/** Tells the user, once, in the window that salvaged the ledger. */
export function tellSalvaged(report: SalvageReport): void {
  notify('warning', salvageNotice(report), [
    { label: l10n.t('Show Log'), run: () => vscode.commands.executeCommand(viewCommands['show-log']) },
  ]);
}
