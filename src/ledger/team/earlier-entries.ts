import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { PlacedEntry } from '../../core/terms/team';
import { decisionIdOf } from '../entry-schema';
import type { TeamDatabase } from './team-database';

/**
 * So many of the latest decisions are surely not sealed yet: fewer than a learner keeps as they are (2,500), for one that
 * has this machine's own entries early has met some others.
 */
const surelyUnsealed = 2_000;

/** Finds what a late entry needs of its decision, while a record is read in its order. */
export interface EarlierEntries {
  /** The next entries of the record, up to a number: each with those of its decision before it, where that may be sealed. */
  completed(
    entries: readonly PlacedEntry[],
    upTo: number,
    from: Pick<TeamDatabase, 'ofDecisions'>,
  ): Promise<readonly PlacedEntry[]>;
  /** The decision may be sealed: it isn't among the latest. */
  mayBeSealed(id: string): boolean;
  /** The record is read from somewhere else. */
  clear(): void;
}

export function createEarlierEntries(): EarlierEntries {
  const latest = new Set<string>();

  function add(id: string): void {
    latest.add(id);
    if (latest.size <= surelyUnsealed) return;
    const [oldest] = latest;
    if (oldest !== undefined) latest.delete(oldest);
  }

  return {
    completed: async (entries, upTo, from) => {
      const late = new Set<PlacedEntry>();
      for (const placed of entries) {
        const id = decisionIdOf(placed.entry);
        if (placed.entry.kind === 'decision') add(id);
        else if (placed.entry.kind !== 'judgement' && !latest.has(id)) late.add(placed);
      }
      if (late.size === 0) return entries;
      const ids = [...new Set(Array.from(late, ({ entry }) => decisionIdOf(entry)))];
      const known = await from.ofDecisions(ids, upTo);
      return entries.map((placed) => {
        if (!late.has(placed)) return placed;
        return { ...placed, earlier: before(placed.entry, known.get(decisionIdOf(placed.entry))) };
      });
    },
    mayBeSealed: (id) => !latest.has(id),
    clear: () => latest.clear(),
  };
}

/** Those of the same decision's entries that came before this one. */
export function before(
  { sequence }: StoredEntry,
  entries: readonly StoredEntry[] = [],
): readonly StoredEntry[] {
  return entries.filter((each) => each.sequence < sequence);
}
