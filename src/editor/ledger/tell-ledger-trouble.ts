import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LedgerState } from '../../ledger/always-ledger';
import type { LedgerTrouble } from '../../ledger/ledger-trouble';
import { viewCommands } from '../command-table';
import { notify } from '../notify';
import { troubleText, waitingText } from './trouble-text';

export interface TroubleTellerParts {
  /** Where the ledger is. */
  readonly storage: vscode.Uri;
  readonly schedule?: (run: () => void, ms: number) => { dispose(): void };
}

/** Tells the user that the ledger can't be used, once for each reason. */
export interface TroubleTeller extends vscode.Disposable {
  tell(state: LedgerState): void;
}

/** Another window's write, or a worker that starts again, is no trouble of the user's. */
const lastsMs = 10_000;

export function createTroubleTeller({
  storage,
  schedule = usualSchedule,
}: TroubleTellerParts): TroubleTeller {
  const told = new Set<LedgerTrouble>();
  let waiting: { dispose(): void } | undefined;
  let now: LedgerState | undefined;

  function tellNow(): void {
    waiting = undefined;
    if (now?.trouble === undefined || now.trouble.why === 'checking' || told.has(now.trouble.why)) return;
    told.add(now.trouble.why);
    const message = l10n.t(
      'Conduit can’t use its ledger: {0} It answers all the same, from what it knows in this window. {1}',
      troubleText(now.trouble.why),
      waitingText(now),
    );
    notify('warning', message, [
      { label: l10n.t('Show Log'), run: () => vscode.commands.executeCommand(viewCommands['show-log']) },
      { label: l10n.t('Open Folder'), run: () => vscode.commands.executeCommand('revealFileInOS', storage) },
    ]);
  }

  return {
    tell: (state) => {
      now = state;
      if (state.trouble === undefined) {
        waiting?.dispose();
        waiting = undefined;
      } else if (!told.has(state.trouble.why)) {
        if (lasting(state.trouble.why)) tellNow();
        else waiting ??= schedule(tellNow, lastsMs);
      }
    },
    dispose: () => waiting?.dispose(),
  };
}

/** Whether it doesn't go away by itself. */
function lasting(why: LedgerTrouble): boolean {
  switch (why) {
    case 'disk-full':
    case 'read-only':
    case 'newer':
    case 'disk':
    case 'missing':
      return true;
    // What can be salvaged is on its way into a new file.
    case 'damaged':
    case 'checking':
    case 'locked':
    case 'worker':
    case 'other':
      return false;
  }
}

function usualSchedule(run: () => void, ms: number): { dispose(): void } {
  const timer = setTimeout(run, ms).unref();
  return { dispose: () => clearTimeout(timer) };
}
