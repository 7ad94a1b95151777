import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Ledger } from '../../core/terms/ports';
import { connectTeam } from './team-connection';
import type { DatabasePlace } from '../../core/terms/database-place';
import { openTeamDatabase } from './team-database';

export interface PostgresLedgerOptions {
  readonly place: DatabasePlace;
  /** A random UUID: handles with the same one are the same member. */
  readonly secret: string;
  readonly nowMs: () => number;
}

/** Entries of one read: some megabytes. */
const pageSize = 2_000;

/**
 * A ledger in a PostgreSQL database alone, in the order of its commits. A handle numbers what it appends: the server takes
 * each number once. Rejects with a `TeamDatabaseError`.
 */
export async function postgresLedger({ place, secret, nowMs }: PostgresLedgerOptions): Promise<Ledger> {
  const connection = await connectTeam(place);
  const database = await openTeamDatabase(connection, { secret, ledgerId: randomUUID() });
  let given = 0;
  /** Numbers rise in the order in which they arrive. */
  let appending: Promise<unknown> = Promise.resolve();
  let closed = false;

  const open = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closed) throw new Error(l10n.t('The ledger at {0} is closed.', place.host));
    return work();
  };

  async function readAfter(sequence: number, limit = Infinity): Promise<readonly StoredEntry[]> {
    const entries: StoredEntry[] = [];
    for (let after = sequence; ;) {
      if (entries.length >= limit) return entries;
      const page = await database.page(after, Math.min(pageSize, limit - entries.length));
      if (page.upTo === after) return entries;
      for (const { entry } of page.entries) entries.push(entry);
      after = page.upTo;
    }
  }

  return {
    append: (entries) => {
      const added = appending.then(() =>
        open(async () => {
          const atMs = nowMs();
          const offered = entries.map((entry): StoredEntry => ({ ...entry, sequence: (given += 1), atMs }));
          const placed = new Map((await database.add(offered)).map(({ own, placed: at }) => [own, at]));
          return offered.flatMap((entry) => {
            const sequence = placed.get(entry.sequence);
            return sequence === undefined ? [] : [{ ...entry, sequence }];
          });
        }),
      );
      appending = added.catch(() => undefined);
      return added;
    },
    readAfter: (sequence, limit) => open(() => readAfter(sequence, limit)),
    lastSequence: () => open(async () => (await database.state()).last),
    readDecision: (id) => open(() => database.ofDecision(id)),
    forget: (which) => open(() => database.forget(which)),
    timesForgotten: () => open(async () => (await database.state()).forgotten),
    close: async () => {
      closed = true;
      await database.close();
    },
  };
}
