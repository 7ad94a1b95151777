import type { Deployment } from '../../core/terms/deployment';
import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { DatabasePlace } from '../../core/terms/database-place';
import type { Forgotten, Ledger, Log } from '../../core/terms/ports';
import type { TeamLearning, TeamVerdict, TeamVerification } from '../../core/terms/team';
import { parseEntry } from '../entry-schema';
import { forgetLater } from './forget-later';
import { sharedEntry } from './shared-entry';
import { connectTeam } from './team-connection';
import type { TeamDatabase } from './team-database';
import { openTeamDatabase } from './team-database';
import type { TeamKeys } from './team-keys';
import { teamKeys } from './team-keys';
import type { TeamStatus } from './team-status';
import type { SyncTimes } from './team-sync';
import { createTeamSync } from './team-sync';
import type { TeamSnapshotsParts } from './team-snapshots';
import { createTeamSnapshots } from './team-snapshots';
import { verifySnapshot } from './verify-snapshot';

export interface TeamParts {
  readonly place: DatabasePlace;
  /** A random UUID: this machine, to this team. */
  readonly secret: string;
  readonly local: Ledger;
  /** A name of this machine's ledger that no other has: another one once it was begun anew. */
  readonly ledgerId: () => Promise<string>;
  /** The models of the configuration in force. */
  readonly deployments: () => readonly Deployment[];
  /** Whether a sentence encoder's numbers go, too. */
  readonly vectors: boolean;
  /** Where it is kept what is to be deleted there, too. */
  readonly forgetFile: string;
  /** Where what the team learnt is kept for the next start, and what begins the names there. */
  readonly kept: Omit<TeamSnapshotsParts, 'log'>;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly log: Log;
  readonly onNews: () => void;
  readonly times?: Partial<SyncTimes> | undefined;
}

/** A machine's part in a team. */
export interface Team {
  /** The machine's ledger, which the team's record follows: nothing of it waits for the team. */
  readonly ledger: Ledger;
  readonly learning: TeamLearning;
  status(): TeamStatus;
  /** Nothing is sent or read any more. The machine's ledger stays open. */
  stop(): Promise<void>;
  /** Nothing of what the team learnt stays here; to be called when it was stopped. */
  leave(): Promise<void>;
}

/** The keys of a configuration's models. */
interface ArmsOf {
  readonly of: readonly Deployment[];
  readonly keys: TeamKeys;
  readonly byId: ReadonlyMap<string, string>;
}

/** Begins to share, and to learn, in the background. It never fails: what can't be done now is tried again. */
export function createTeam(parts: TeamParts): Team {
  const { place, secret, local, vectors } = parts;
  const forgetting = forgetLater(parts.forgetFile);
  const snapshots = createTeamSnapshots({ ...parts.kept, log: parts.log });
  let made: { readonly salt: string; readonly keys: TeamKeys } | undefined;
  let arms: ArmsOf | undefined;

  function keysOf(salt: string): TeamKeys {
    if (made?.salt !== salt) made = { salt, keys: teamKeys(salt, secret) };
    return made.keys;
  }

  function armIn(keys: TeamKeys, id: string): string {
    const of = parts.deployments();
    if (arms?.of !== of || arms.keys !== keys)
      arms = { of, keys, byId: new Map(of.map((deployment) => [deployment.id, keys.arm(deployment)])) };
    return arms.byId.get(id) ?? keys.lostArm(id);
  }

  function shared(entry: StoredEntry, salt: string): StoredEntry {
    const keys = keysOf(salt);
    return sharedEntry(entry, { arm: (id) => armIn(keys, id), pool: keys.pool, id: keys.id }, { vectors });
  }

  const sharedIds = (which: Forgotten, salt: string): Forgotten =>
    which === 'everything' ? which : which.map((id) => keysOf(salt).id(id));

  async function open(ledgerId: string): Promise<TeamDatabase> {
    const connection = await connectTeam(place);
    try {
      return await openTeamDatabase(connection, { secret, ledgerId });
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async function verify(verification: TeamVerification): Promise<TeamVerdict> {
    const database = await open(await parts.ledgerId());
    try {
      const verdict = await verifySnapshot(database, snapshots, verification);
      if (verdict.kind === 'different') {
        parts.log.warn(
          `The team's snapshot up to entry ${String(verdict.sequence)} is not what its record comes to: ${verdict.place} differs.`,
        );
        // Before: what is being kept is of it, too, and goes with the others.
        sync.refuse(true);
        await snapshots.clear();
      }
      return verdict;
    } finally {
      await database.close();
    }
  }

  const sync = createTeamSync({
    host: place.host,
    ledgerId: parts.ledgerId,
    open,
    local,
    snapshots,
    shared,
    sharedIds,
    forgetLater: forgetting,
    nowMs: parts.nowMs,
    random: parts.random,
    log: parts.log,
    onNews: parts.onNews,
    times: parts.times,
  });
  return {
    ledger: {
      ...local,
      append: async (entries) => {
        const stored = await local.append(entries);
        sync.recorded();
        return stored;
      },
      forget: async (which) => {
        // Before, so that it is done there whatever happens now; after, for what was on its way meanwhile.
        await forgetting.add(which);
        const count = await local.forget(which);
        await forgetting.add(which);
        await snapshots.clear();
        sync.recorded();
        return count;
      },
    },
    learning: {
      armOf: (id) => {
        const salt = sync.salt();
        return salt === undefined ? id : armIn(keysOf(salt), id);
      },
      poolOf: (name) => {
        const salt = sync.salt();
        return salt === undefined ? name : keysOf(salt).pool(name);
      },
      parse: parseEntry,
      news: sync.news,
      refuse: () => sync.refuse(),
      verify,
      keep: sync.keep,
    },
    status: () => sync.status(),
    stop: () => sync.close(),
    leave: () => snapshots.clear(),
  };
}
