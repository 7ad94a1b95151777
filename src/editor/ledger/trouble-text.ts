import * as l10n from '@vscode/l10n';
import type { LedgerState } from '../../ledger/always-ledger';
import type { LedgerTrouble } from '../../ledger/ledger-trouble';

/** Why the ledger can't be used, and what helps, as the second half of a sentence. */
export function troubleText(why: LedgerTrouble): string {
  switch (why) {
    case 'locked':
      return l10n.t('another program holds a lock on it.');
    case 'disk-full':
      return l10n.t('the disk is full. Make room on it.');
    case 'read-only':
      return l10n.t('its folder can’t be written. Check the folder’s permissions.');
    case 'missing':
      return l10n.t('its file or its folder is gone, or something else is in its place.');
    case 'damaged':
      return l10n.t('its file is damaged.');
    case 'checking':
      return l10n.t('it is still being looked through for damage.');
    case 'newer':
      return l10n.t('a newer Conduit wrote it. Update Conduit.');
    case 'disk':
      return l10n.t('the disk reports errors.');
    case 'worker':
      return l10n.t('the thread that holds it gives no answer.');
    case 'other':
      return l10n.t('the log says why.');
  }
}

/** What became of what could not be written. */
export function waitingText({ inMemory }: LedgerState): string {
  return inMemory > 0
    ? l10n.t(
        'What it records can’t be kept on the disk either: it is lost when the window closes before that.',
      )
    : l10n.t('What it records is kept in a queue, and written into the ledger as soon as that is possible.');
}
