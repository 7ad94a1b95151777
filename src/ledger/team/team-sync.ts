import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Forgotten, Ledger, Log } from '../../core/terms/ports';
import type { PlacedEntry, TeamNews } from '../../core/terms/team';
import type { ForgetLater } from './forget-later';
import type { Listening } from './team-connection';
import type { TeamDatabase, TeamState } from './team-database';
import type { TeamDatabaseError } from './team-problem';
import { teamError } from './team-problem';
import type { TeamStatus } from './team-status';

export interface TeamSyncParts {
  readonly host: string;
  /** Connects anew. */
  readonly open: (ledgerId: string) => Promise<TeamDatabase>;
  /** See `TeamParts`. */
  readonly ledgerId: () => Promise<string>;
  /** This machine's ledger. */
  readonly local: Pick<Ledger, 'readAfter'>;
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
/** Entries of one read, of one write, for which others wait, and of one fold: each takes some milliseconds. */
const pageSize = 250;
const batchSize = 250;
const atOnce = 250;
/** Entries that wait to be folded; more are read once those are taken. */
const mostWaiting = 20_000;

/** Keeps a machine's ledger and its team's record together, in the background. */
export interface TeamSync {
  /** See `TeamLearning`; `unplaced` in the team's keys. */
  news(anew: boolean): Promise<TeamNews>;
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

  let epoch = 0;
  /** Of the team's entries, up to here they were read; those after the folded ones wait. */
  let position = 0;
  let waiting: PlacedEntry[] = [];
  /** Up to here this machine's entries have their place among those that were read. */
  let placedOwn = 0;
  /** What the server had when it was first reached since the epoch began: before all of it was read there is no state of the team. */
  let wanted: number | undefined;
  let isAtHand = false;
  /** Something of this epoch was told. */
  let given = false;
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

  function readAnew(): void {
    epoch += 1;
    position = 0;
    waiting = [];
    placedOwn = 0;
    wanted = undefined;
    given = false;
    isAtHand = false;
  }

  async function opened(): Promise<TeamDatabase> {
    const id = await parts.ledgerId();
    if (id !== ledgerId) {
      await disconnect();
      if (ledgerId !== undefined) readAnew();
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
    if (state !== undefined && next.forgotten !== state.forgotten) readAnew();
    state = next;
    wanted ??= next.last;
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
    await read(to);
  }

  async function send(to: TeamDatabase): Promise<void> {
    const { salt, taken } = state ?? { salt: '', taken: 0 };
    const unsent = await local.readAfter(taken);
    // Another one was begun meanwhile, and these are its entries.
    if ((await parts.ledgerId()) !== ledgerId) return wake();
    pending = unsent.length;
    for (let from = 0; from < unsent.length && !closed; from += batchSize) {
      const batch = unsent.slice(from, from + batchSize);
      await add(
        to,
        batch.map((entry) => parts.shared(entry, salt)),
      );
      pending = unsent.length - from - batch.length;
    }
    if (closed) return;
    sent = Math.max(taken, unsent.at(-1)?.sequence ?? 0);
    syncedMs = nowMs();
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

  async function read(from: TeamDatabase): Promise<void> {
    const upTo = state?.last ?? 0;
    while (!closed && waiting.length < mostWaiting) {
      const of = epoch;
      const page = await from.page(position, pageSize);
      // Somebody wanted all anew meanwhile.
      if (of !== epoch) return wake();
      if (page.upTo === position) break;
      position = page.upTo;
      for (const placed of page.entries) {
        waiting.push(placed);
        placedOwn = Math.max(placedOwn, placed.own ?? 0);
      }
    }
    // Of those that were sent, the last ones may have been left out: their decision was forgotten.
    if (position >= upTo) placedOwn = Math.max(placedOwn, sent);
    isAtHand ||= wanted !== undefined && position >= wanted;
    if (waiting.length > 0) parts.onNews();
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
        pending = await local.readAfter(Math.max(sent, known.taken)).then(
          ({ length }) => length,
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
    news: async (anew) => {
      if (anew && given) {
        readAnew();
        wake();
      }
      const [of, placed, salt] = [epoch, waiting.slice(0, atOnce), state?.salt];
      const wasFull = waiting.length >= mostWaiting;
      waiting = waiting.slice(atOnce);
      if (wasFull && waiting.length < mostWaiting) wake();
      const more = waiting.length > 0;
      const complete = !more && isAtHand;
      given ||= placed.length > 0 || complete;
      if (!complete || salt === undefined) {
        // What else the window has to do comes in between.
        await new Promise((resolve) => setImmediate(resolve));
        return { epoch: of, placed, unplaced: [], more, complete: false };
      }
      const unplaced = await local.readAfter(placedOwn);
      const shared = unplaced.map((entry) => parts.shared(entry, salt));
      return { epoch: of, placed, unplaced: shared, more, complete };
    },
    recorded: () => {
      // Who lost the server knocks when it is time.
      if (failures === 0) wake();
    },
    status: () => ({
      kind: 'joined',
      host: parts.host,
      connected: database !== undefined && failure === undefined,
      upTo: position,
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
