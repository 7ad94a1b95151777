import path from 'node:path';
import type { Facts } from '../../core/terms/facts';
import type { Log } from '../../core/terms/ports';
import { sqliteFacts } from '../facts/sqlite-facts';
import { makeOwnFolderSync } from '../../files/private-files';
import { ledgerFolderOf } from '../store/generation-files';
import type { LedgerAccess } from './served-ledger';

/** The facts of the ledger, in a file beside it, as a worker serves them: opened with the first call. */
export function servedFacts(storage: string, { reading }: Pick<LedgerAccess, 'reading'>, log: Log): Facts {
  let opening: Promise<Facts> | undefined;

  function opened(): Promise<Facts> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function open(): Promise<Facts> {
    const folder = ledgerFolderOf(storage);
    makeOwnFolderSync(folder);
    return sqliteFacts({
      path: path.join(folder, 'facts.db'),
      // Another generation has other numbers, and says that something was forgotten.
      ledger: {
        readAfter: (sequence, limit) => reading((ledger) => ledger.readAfter(sequence, limit)),
        readDecision: (id) => reading((ledger) => ledger.readDecision(id)),
        timesForgotten: () => reading((ledger) => ledger.timesForgotten()),
        retained: (ids) => reading((ledger) => ledger.retained(ids)),
      },
      ledgerName: 'ledger',
      log,
    });
  }

  return {
    refresh: async (...asked) => (await opened()).refresh(...asked),
    extent: async (filter) => (await opened()).extent(filter),
    overview: async (...asked) => (await opened()).overview(...asked),
    models: async (filter) => (await opened()).models(filter),
    quality: async (...asked) => (await opened()).quality(...asked),
    usage: async (...asked) => (await opened()).usage(...asked),
    page: async (query) => (await opened()).page(query),
    decision: async (id) => (await opened()).decision(id),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  };
}
