import type { TeamVerdict, TeamVerification } from '../../core/terms/team';
import { createEarlierEntries } from './earlier-entries';
import { stateDifference } from './state-difference';
import type { TeamDatabase } from './team-database';
import type { TeamSnapshots } from './team-snapshots';

const pageSize = 250;

/**
 * Folds a team's record from its beginning up to the server's newest sound snapshot, page by page, and compares what that
 * comes to with what is in it. Takes as long as the record is long.
 */
export async function verifySnapshot(
  database: TeamDatabase,
  snapshots: Pick<TeamSnapshots, 'newestThere'>,
  { by, fold, onShare01, signal }: TeamVerification,
): Promise<TeamVerdict> {
  const state = await database.state();
  const begun = await snapshots.newestThere(database, by, state);
  if (begun === undefined) return { kind: 'none' };
  const { sequence } = begun.to;
  const earlier = createEarlierEntries();
  for (let after = 0; after < sequence;) {
    if (signal.aborted) return { kind: 'stopped' };
    const page = await database.page(after, Math.min(pageSize, sequence - after));
    if (page.upTo === after) break;
    for (const { entry, earlier: of } of await earlier.completed(page.entries, page.upTo, database))
      if (entry.sequence <= sequence) fold.apply(entry, of);
    after = page.upTo;
    onShare01(Math.min(1, after / sequence));
    await new Promise((resolve) => setImmediate(resolve));
  }
  // What was folded meanwhile may have something in it that was deleted since.
  if ((await database.state()).forgotten !== state.forgotten) return { kind: 'none' };
  const place = stateDifference(begun.state, await fold.save());
  return place === undefined ? { kind: 'same', sequence } : { kind: 'different', sequence, place };
}
