import * as vscode from 'vscode';
import type { Facts } from '../core/terms/facts';
import { lazy } from '../editor/lazy';
import type { Lazy } from '../editor/lazy';
import type { Window } from './window';

/** The facts of the ledger in a file beside it, opened when a page first asks. They read the ledger on their own. */
export function composeFacts({ context, log }: Window, ledgerPath: string): Lazy<Facts> {
  return lazy(async () => {
    const [{ sqliteLedger }, { sqliteFacts }] = await Promise.all([
      import('../ledger/sqlite-ledger'),
      import('../ledger/facts/sqlite-facts'),
    ]);
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'ledger');
    await vscode.workspace.fs.createDirectory(folder);
    const ledger = await sqliteLedger({ path: ledgerPath, nowMs: Date.now, log });
    const facts = await sqliteFacts({
      path: vscode.Uri.joinPath(folder, 'facts.db').fsPath,
      ledger,
      ledgerName: ledgerPath,
      log,
    });
    return {
      ...facts,
      close: async () => {
        await facts.close();
        await ledger.close();
      },
    };
  });
}
