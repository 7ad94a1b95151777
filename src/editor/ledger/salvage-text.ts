import * as l10n from '@vscode/l10n';
import type { SalvageReport } from '../../ledger/generations/salvage-report';

/** How many entries were salvaged, of how many. */
export function salvagedText({ saved, of, fromCopies }: SalvageReport): string {
  const copied = fromCopies === 0 ? '' : ` ${l10n.t('{0} of them are from a daily copy.', fromCopies)}`;
  if (of === undefined)
    return l10n.t('{0} entries were salvaged; how many there were can’t be told.', saved) + copied;
  return saved >= of
    ? l10n.t('All of its {0} entries were salvaged.', of) + copied
    : l10n.t('{0} of its {1} entries were salvaged.', saved, of) + copied;
}

/** What happened, what Conduit did, and that nothing has to be done. */
export function salvageNotice(report: SalvageReport): string {
  return l10n.t(
    'Conduit’s ledger was damaged, and a new file goes on in its place. {0} The old file is kept beside it.',
    salvagedText(report),
  );
}
