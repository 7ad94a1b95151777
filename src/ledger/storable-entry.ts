import * as l10n from '@vscode/l10n';
import type { LedgerEntry } from '../core/terms/ledger-entry';
import { parseEntry } from './entry-schema';

/** An entry as a ledger gives it back. Throws for what could not be read back: it must not be lost in silence. */
export function storable(entry: LedgerEntry): LedgerEntry {
  const copy = parseEntry(JSON.parse(JSON.stringify(entry)));
  if (copy === undefined)
    throw new TypeError(
      l10n.t("an entry of kind '{0}' could not be read back, and is not stored", entry.kind),
    );
  return copy;
}
