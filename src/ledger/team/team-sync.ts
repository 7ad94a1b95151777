import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Forgotten, Ledger, Log } from '../../core/terms/ports';
import type { TeamAsked, TeamNews, TeamSnapshot } from '../../core/terms/team';
import type { ForgetLater } from './forget-later';
import type { Listening } from './team-connection';
import type { TeamDatabase, TeamState } from './team-database';
import type { TeamDatabaseError } from './team-problem';
import { teamError } from './team-problem';
import { createTeamReader } from './team-reader';
import type { TeamSnapshots } from './team-snapshots';
import type { TeamStatus } from './team-status';

export interface TeamSyncParts {
  readonly host: string;
  /** Connects anew. */
  readonly open: (ledgerId: string) => Promise<TeamDatabase>;
  /** See `TeamParts`. */
  readonly ledgerId: () => Promise<string>;
  /** This machine's ledger. */
  readonly local: Pick<Ledger, 'readAfter' | 'readDecision' | 'lastSequence'>;
  readonly snapshots: TeamSnapshots;
  /** What may go of an entry. The salt is the team's. */
  readonly shared: (entry: StoredEntry, salt: string) => StoredEntry;
  readonly sharedIds: (which: Forgotten, salt: string) => Forgotten;
  readonly forgetLater: ForgetLater;
  readonly nowMs: () => number;
  /** 0..1: members who lost their server don't come back all at once. */
  readonly random: () => number;
  readonly log: Log;
  /** Something is there to be folded, or the status changed. */
  readonly onNews: () => void;
  readonly times?: Partial<SyncTimes> | undefined;
}

export interface SyncTimes {
  /** Between two looks while the server tells of new entries, in ms. */
  readonly quietMs: number;
  /** While it doesn't. */
  readonly pollMs: number;
  /** After the first failure; doubled with each further one. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

const usualTimes: SyncTimes = { quietMs: 60_000, pollMs: 1_000, retryMs: 1_000, longestRetryMs: 120_000 };
/** Entries of one write, for which others wait some milliseconds. */
const batchSize = 250;

/** Keeps a machine's ledger and its team's record together, in the background. */
export interface TeamSync {
  /** See `TeamReader`. */
  news(asked: TeamAsked): Promise<TeamNews>;
  refuse(all?: boolean): void;
  keep(snapshot: TeamSnapshot, epoch: number): Promise<void>;
  /** This machine recorded something. */
  recorded(): void;
  status(): TeamStatus & { readonly kind: 'joined' };
  /** The team's salt, once it is known. */
  salt(): string | undefined;
  /** Resolves once what runs has ended. What isn't there yet goes the next time. */
  close(): Promise<void>;
}

/**
 * Works through the same turn again and again: deletes there what was forgotten here, sends what the server doesn't have,
 * reads what is new. The server says what it has, so that a turn may be cut off anywhere: nothing that decides what is sent
 * is kept here. What fails is tried again, later each time.
 */
export function createTeamSync(parts: TeamSyncParts): TeamSync {
  const { local, log, nowMs } = parts;
  const times: SyncTimes = { ...usualTimes, ...parts.times };
  let database: TeamDatabase | undefined;
  let listening: Listening | undefined;
  let state: TeamState | undefined;
  /** Of the ledger that `sent` and `placedOwn` are of. */
  let ledgerId: string | undefined;

  /** Up to here they are there, whether or not each was wanted. */
  let sent = 0;

  let failures = 0;
  let failure: TeamDatabaseError | undefined;
  let pending: number | undefined;
  let syncedMs: number | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const reader = createTeamReader({
    local,
    shared: parts.shared,
    snapshots: parts.snapshots,
    onNews: parts.onNews,
    onRoom: wakeIfReached,
  });

  async function opened(): Promise<TeamDatabase> {
    const id = await parts.ledgerId();
    if (id !== ledgerId) {
      await disconnect();
      if (ledgerId !== undefined) reader.anew();
      state = undefined;
      sent = 0;
      ledgerId = id;
    }
    database ??= await parts.open(id);
    return database;
  }

  async function disconnect(): Promise<void> {
    const [before, heard] = [database, listening];
    database = undefined;
    listening = undefined;
    await heard?.close();
    await before?.close();
  }

  async function listen(to: TeamDatabase): Promise<void> {
    if (listening !== undefined) return;
    listening = await to.listen(wake, () => {
      listening = undefined;
      wake();
    });
  }

  function took(next: TeamState): void {
    state = next;
    reader.took(next);
  }

  async function turn(): Promise<void> {
    const to = await opened();
    // Before the first look: what is written after it is told.
    await listen(to);
    const { salt } = await to.state();
    await parts.forgetLater.each((which) => to.forget(parts.sharedIds(which, salt)));
    took(await to.state());
    await send(to);
    took(await to.state());
    await reader.read(to, sent, () => closed);
  }

  async function send(to: TeamDatabase): Promise<void> {
    const { salt, taken } = state ?? { salt: '', taken: 0 };
    for (let after = taken; !closed;) {
      const batch = await local.readAfter(after, batchSize);
      // Another one was begun meanwhile, and these are its entries.
      if ((await parts.ledgerId()) !== ledgerId) return wake();
      // What was recorded after a deletion goes after it, or it would be deleted with the others.
      if (!(await parts.forgetLater.isDone())) return wake();
      pending = batch.length === 0 ? 0 : (await local.lastSequence()) - after;
      if (batch.length > 0)
        await add(
          to,
          batch.map((entry) => parts.shared(entry, salt)),
        );
      after = batch.at(-1)?.sequence ?? after;
      sent = Math.max(sent, after);
      if (batch.length > 0) continue;
      syncedMs = nowMs();
      return;
    }
  }

  /** One that can't be stored there keeps none back that comes after it. */
  async function add(to: TeamDatabase, entries: readonly StoredEntry[]): Promise<void> {
    try {
      await to.add(entries);
    } catch (error) {
      if (teamError(error, parts.host).problem !== 'not-taken') throw error;
      const [first, ...others] = entries;
      if (others.length > 0) {
        for (const entry of entries) await add(to, [entry]);
      } else if (first !== undefined) {
        log.warn(`Entry ${String(first.sequence)} can't be shared with the team, and is left out.`);
      }
    }
  }

  /** Who lost the server knocks when it is time. */
  function wakeIfReached(): void {
    if (failures === 0) wake();
  }

  /** A turn now, or after the one that runs. */
  function wake(): void {
    if (closed) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      if (closed) return;
      if (again) {
        again = false;
        if (failure === undefined) return wake();
      }
      timer = setTimeout(wake, pauseMs());
      timer.unref();
    });
  }

  async function run(): Promise<void> {
    try {
      await turn();
      if (failure !== undefined) log.info(`The team's database at ${parts.host} is reached again.`);
      failures = 0;
      failure = undefined;
    } catch (error) {
      await disconnect();
      if (closed) return;
      const known = state;
      if (known !== undefined)
        pending = await local.lastSequence().then(
          (last) => Math.max(0, last - Math.max(sent, known.taken)),
          () => pending,
        );
      const told = failure?.problem;
      failure = teamError(error, parts.host);
      failures += 1;
      if (failure.problem !== told) log.warn(failure.message);
      parts.onNews();
    }
  }

  function pauseMs(): number {
    if (failures > 0) {
      const longest = Math.min(times.longestRetryMs, times.retryMs * 2 ** (failures - 1));
      return longest * (0.5 + parts.random() / 2);
    }
    return listening === undefined ? times.pollMs : times.quietMs;
  }

  wake();
  return {
    news: reader.news,
    refuse: reader.refuse,
    keep: (snapshot, epoch) => reader.keep(snapshot, epoch, database),
    recorded: wakeIfReached,
    status: () => ({
      kind: 'joined',
      host: parts.host,
      connected: database !== undefined && failure === undefined,
      upTo: reader.upTo(),
      begun: reader.begun(),
      leftOut: parts.snapshots.leftOut(),
      pending,
      syncedMs,
      failure: failure && { problem: failure.problem, text: failure.message },
    }),
    salt: () => state?.salt,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await running;
      await disconnect();
    },
  };
}
