import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { LedgerEntry, StoredEntry } from '../../core/terms/ledger-entry';
import type { Forgotten } from '../../core/terms/ports';
import type { PlacedEntry } from '../../core/terms/team';
import type { Steps } from '../../core/terms/steps';
import { inSlices } from '../../core/terms/steps';
import { decisionIdOf, parseEntry } from '../entry-schema';
import { setUpTeam } from './set-up-team';
import type { Listening, TeamConnection } from './team-connection';
import { TeamDatabaseError } from './team-problem';

/** Where the team's record stands, and how far it has this machine's. */
export interface TeamState {
  /** What keys of arms and pools are made with: another one for each team. */
  readonly salt: string;
  /** Number of the last entry; 0: there is none. */
  readonly last: number;
  /** How often somebody had something forgotten. */
  readonly forgotten: number;
  /** Up to here the entries of this machine's ledger were taken. */
  readonly taken: number;
}

/** Where an entry of this machine was placed. */
export interface Placement {
  readonly own: number;
  readonly placed: number;
}

/** A state of a fold that somebody saved, up to the entry `sequence`. */
export interface SavedSnapshot {
  readonly sequence: number;
  readonly state: Uint8Array;
}

/** What the database says of one, which is no proof. */
export interface SavedSnapshotHead {
  readonly sequence: number;
  /** How often something had been forgotten by then. */
  readonly forgotten: number;
  readonly bytes: number;
}

/** What a page of entries read has, beside the entries that somebody understood. */
export interface Page {
  readonly entries: readonly PlacedEntry[];
  /** Number of the last row, understood or not; where none was there, what was asked for. */
  readonly upTo: number;
}

/** The record of a team, to one of its members. Everything rejects with a `TeamDatabaseError`. */
export interface TeamDatabase {
  state(): Promise<TeamState>;
  /**
   * Adds entries of this machine's ledger, with their numbers there, rising: in one transaction, and each once, however often
   * it is offered. What belongs to a decision that isn't there is left out.
   */
  add(entries: readonly StoredEntry[]): Promise<readonly Placement[]>;
  /** Entries above a number, in the team's order, at most `most`. */
  page(after: number, most: number): Promise<Page>;
  ofDecision(id: string): Promise<readonly StoredEntry[]>;
  /** Those of several decisions up to a number, by decision, each in the team's order. */
  ofDecisions(ids: readonly string[], upTo: number): Promise<ReadonlyMap<string, readonly StoredEntry[]>>;
  /** The last of this machine's entries, by its own number, that has its place up to a number; 0: none has. */
  ownUpTo(sequence: number): Promise<number>;
  /** Deletes this member's own; of the others nothing can be. Resolves to how many decisions went. */
  forget(which: Forgotten): Promise<number>;
  /** Of the saved states of a fold, the newest first. */
  snapshotHeads(fold: string): Promise<readonly SavedSnapshotHead[]>;
  /** Undefined where there is none any more. */
  snapshot(fold: string, sequence: number): Promise<SavedSnapshot | undefined>;
  /** Whether the role may save some. */
  maySaveSnapshots(): Promise<boolean>;
  /** False where somebody else is saving one, or something was forgotten since `forgotten`. */
  saveSnapshot(fold: string, snapshot: SavedSnapshot, forgotten: number): Promise<boolean>;
  listen(onNotice: () => void, onLost: () => void): Promise<Listening>;
  close(): Promise<void>;
}

/** Who asks, for which of the member's ledgers. */
export interface TeamIdentity {
  /** A random UUID that proves who the member is. Only its hash is kept. */
  readonly secret: string;
  /** A name of this machine's ledger that no other has. */
  readonly ledgerId: string;
}

const whole = z.coerce.number();
const stateRow = z.object({
  salt: z.string(),
  last: whole,
  forgotten: whole,
  source: z.number().nullable(),
  source_last: whole,
});
const placedRow = z.object({ given: whole, placed: whole, source_id: z.number() });
const entryRow = z.object({ sequence: whole, at_ms: whole, payload: z.string(), own: whole.nullable() });
const ofDecisionRow = entryRow.omit({ own: true }).extend({ decision_id: z.string() });
const ownRow = z.object({ own: whole });
const headRow = z.object({ sequence: whole, forgotten: whole, bytes: whole });
const snapshotRow = z.object({ sequence: whole, state: z.instanceof(Uint8Array) });
const mayRow = z.object({ may: z.boolean() });
const countRow = z.object({ count: whole });

/** What a client asks while it starts and goes on: `EXPLAIN` of each is in docs/team.md. */
export const teamQueries = {
  page: `SELECT sequence, at_ms, payload, CASE WHEN source = $2 THEN source_sequence END AS own
        FROM conduit.entry WHERE sequence > $1 ORDER BY sequence LIMIT $3`,
  ofDecisions: `SELECT sequence, at_ms, payload, decision_id FROM conduit.entry
        WHERE decision_id = ANY ($1) AND sequence <= $2 ORDER BY sequence`,
  // Numbers rise in both orders: it walks back over those that came after.
  ownUpTo: `SELECT source_sequence AS own FROM conduit.entry WHERE source = $1 AND sequence <= $2
        ORDER BY source_sequence DESC LIMIT 1`,
  snapshotHeads: `SELECT sequence, forgotten, octet_length(state) AS bytes FROM conduit.snapshot
        WHERE fold = $1 ORDER BY sequence DESC`,
  snapshot: 'SELECT sequence, state FROM conduit.snapshot WHERE fold = $1 AND sequence = $2',
} as const;

/** The database behind a connection, whose schema is made where it isn't there. */
export async function openTeamDatabase(
  connection: TeamConnection,
  { secret, ledgerId }: TeamIdentity,
): Promise<TeamDatabase> {
  await setUpTeam(connection);
  /** The number of this machine's ledger there; undefined until something of it is. */
  let source: number | undefined;

  return {
    state: async () => {
      const [row] = await connection.rows('SELECT * FROM conduit.state_of($1, $2)', [secret, ledgerId]);
      const state = stateRow.parse(row);
      source = state.source ?? undefined;
      return {
        salt: state.salt,
        last: state.last,
        forgotten: state.forgotten,
        taken: state.source_last,
      };
    },
    add: async (entries) => {
      const columns = [
        entries.map(({ sequence }) => sequence),
        entries.map(({ atMs }) => Math.round(atMs)),
        entries.map(({ kind }) => kind),
        entries.map(decisionIdOf),
        entries.map((entry) => payloadOf(entry, connection.host)),
      ];
      const rows = await connection.rows('SELECT * FROM conduit.append($1, $2, $3, $4, $5, $6, $7)', [
        secret,
        ledgerId,
        ...columns,
      ]);
      return rows.map((row) => {
        const { given, placed, source_id } = placedRow.parse(row);
        source = source_id;
        return { own: given, placed };
      });
    },
    page: async (after, most) => {
      const rows = await connection.rows(teamQueries.page, [after, source ?? -1, most]);
      const entries: PlacedEntry[] = [];
      let upTo = after;
      await readRows(rows, (row) => {
        const { own, ...stored } = entryRow.parse(row);
        upTo = stored.sequence;
        for (const entry of storedOf(stored)) entries.push({ entry, own: own ?? undefined });
      });
      return { entries, upTo };
    },
    ofDecision: async (id) => {
      const rows = await connection.rows(
        'SELECT sequence, at_ms, payload, NULL AS own FROM conduit.entry WHERE decision_id = $1 ORDER BY sequence',
        [id],
      );
      return rows.flatMap((row) => storedOf(entryRow.parse(row)));
    },
    ofDecisions: async (ids, upTo) => {
      const found = new Map<string, StoredEntry[]>();
      if (ids.length === 0) return found;
      const rows = await connection.rows(teamQueries.ofDecisions, [ids, upTo]);
      await readRows(rows, (row) => {
        const { decision_id: id, ...stored } = ofDecisionRow.parse(row);
        found.set(id, [...(found.get(id) ?? []), ...storedOf(stored)]);
      });
      return found;
    },
    ownUpTo: async (sequence) => {
      const [row] = await connection.rows(teamQueries.ownUpTo, [source ?? -1, sequence]);
      return row === undefined ? 0 : ownRow.parse(row).own;
    },
    forget: async (which) => {
      const ids = which === 'everything' ? null : which;
      const [row] = await connection.rows('SELECT conduit.forget($1, $2) AS count', [secret, ids]);
      return countRow.parse(row).count;
    },
    snapshotHeads: async (fold) => {
      const rows = await connection.rows(teamQueries.snapshotHeads, [fold]);
      return rows.map((row) => headRow.parse(row));
    },
    snapshot: async (fold, sequence) => {
      const [row] = await connection.rows(teamQueries.snapshot, [fold, sequence]);
      return row === undefined ? undefined : snapshotRow.parse(row);
    },
    maySaveSnapshots: async () => {
      const [row] = await connection.rows(
        "SELECT has_function_privilege('conduit.save_snapshot(text, bigint, bigint, bytea)', 'EXECUTE') AS may",
      );
      return mayRow.parse(row).may;
    },
    saveSnapshot: async (fold, { sequence, state }, forgotten) => {
      const [row] = await connection.rows('SELECT conduit.save_snapshot($1, $2, $3, $4) AS saved', [
        fold,
        sequence,
        forgotten,
        state,
      ]);
      return row?.['saved'] === true;
    },
    listen: (onNotice, onLost) => connection.listen(onNotice, onLost),
    close: () => connection.close(),
  };
}

/** Others of the process have their turns in between. */
function readRows<Row>(rows: readonly Row[], take: (row: Row) => void): Promise<void> {
  function* each(): Steps<void> {
    for (const row of rows) {
      take(row);
      yield;
    }
  }
  return inSlices(each(), { monotonicMs: () => performance.now(), pause: () => setImmediate() });
}

/** Throws for what could not be read back: it must not be lost in silence. */
function payloadOf({ sequence: _, atMs: __, ...entry }: StoredEntry, host: string): string {
  const payload = JSON.stringify(entry);
  if (parseEntry(JSON.parse(payload)) === undefined) throw new TeamDatabaseError('not-taken', host);
  return payload;
}

/** Empty for what only a newer version understands. */
function storedOf(row: { sequence: number; at_ms: number; payload: string }): readonly StoredEntry[] {
  let written: unknown;
  try {
    written = JSON.parse(row.payload);
  } catch {
    return [];
  }
  const entry: LedgerEntry | undefined = parseEntry(written);
  return entry === undefined ? [] : [{ ...entry, sequence: row.sequence, atMs: row.at_ms }];
}
