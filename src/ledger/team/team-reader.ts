import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { Ledger } from '../../core/terms/ports';
import type { FoldedBy } from '../../core/terms/snapshots';
import { isSameFold } from '../../core/terms/snapshots';
import type {
  PlacedEntry,
  TeamAsked,
  TeamBeginning,
  TeamNews,
  TeamSnapshot,
  ToldEntry,
} from '../../core/terms/team';
import { decisionIdOf } from '../entry-schema';
import { before, createEarlierEntries } from './earlier-entries';
import type { TeamDatabase, TeamState } from './team-database';
import type { TeamSnapshots } from './team-snapshots';

export interface TeamReaderParts {
  /** This machine's ledger. */
  readonly local: Pick<Ledger, 'readAfter' | 'readDecision'>;
  /** See `TeamSyncParts`. */
  readonly shared: (entry: StoredEntry, salt: string) => StoredEntry;
  readonly snapshots: TeamSnapshots;
  /** Something is there to be folded. */
  readonly onNews: () => void;
  /** There is room for more to be read. */
  readonly onRoom: () => void;
}

/** Entries of one read, and of one fold: each takes some milliseconds. */
const pageSize = 250;
const atOnce = 250;
/** Entries that wait to be folded, of some kilobytes each; more are read once half of them are taken. */
const mostWaiting = 2_000;

/** Reads a team's record for who folds it, by pages, from a snapshot where there is one. */
export interface TeamReader {
  /** See `TeamLearning`; `unplaced` in the team's keys. */
  news(asked: TeamAsked): Promise<TeamNews>;
  /** `all`: and none of the server's is gone on from. */
  refuse(all?: boolean): void;
  keep(snapshot: TeamSnapshot, epoch: number, database: TeamDatabase | undefined): Promise<void>;
  /** The record stands so now. What was read is void where something was forgotten since, or it is another record. */
  took(state: TeamState): void;
  /** What is new, as far as there is room. `sent`: up to there this machine's entries were offered. */
  read(from: TeamDatabase, sent: number, isClosed: () => boolean): Promise<void>;
  /** This machine's ledger is another one. */
  anew(): void;
  /** Up to here the team's entries were read. */
  upTo(): number;
  begun(): { readonly at: number; readonly from: 'machine' | 'server' } | undefined;
}

export function createTeamReader(parts: TeamReaderParts): TeamReader {
  const { local, snapshots } = parts;
  let by: FoldedBy | undefined;
  let state: TeamState | undefined;
  let epoch = 0;
  /** Of the team's entries, up to here they were read; undefined: where to begin is to be found. */
  let position: number | undefined;
  let begun: ReturnType<TeamReader['begun']>;
  let toTell: TeamBeginning | undefined;
  let waiting: readonly PlacedEntry[] = [];
  const earlier = createEarlierEntries();
  /** Up to here this machine's entries have their place among those that were read, */
  let placedOwn = 0;
  /** and up to here they were told. */
  let toldOwn = 0;
  /** What the server had when it was first reached since the epoch began: before all of it was read there is no state of the team. */
  let wanted: number | undefined;
  let isAtHand = false;
  /** Something of this epoch was told. */
  let given = false;
  /** So often what was folded turned out to be wrong or of what is deleted: what is kept of it then goes. */
  let timesVoid = 0;
  /** Who asked last was told that there is no more. */
  let isHungry = true;

  function anew(): void {
    epoch += 1;
    position = undefined;
    begun = undefined;
    toTell = undefined;
    waiting = [];
    earlier.clear();
    placedOwn = 0;
    toldOwn = 0;
    wanted = undefined;
    isAtHand = false;
    given = false;
  }

  /** False where all is wanted anew meanwhile. */
  async function begin(from: TeamDatabase, as: FoldedBy, at: TeamState): Promise<boolean> {
    const of = epoch;
    const found = await snapshots.newest(from, as, at);
    if (of !== epoch) return false;
    position = found?.to.sequence ?? 0;
    placedOwn = found?.ownUpTo ?? 0;
    toldOwn = placedOwn;
    toTell = found;
    begun = found && { at: position, from: found.from };
    return true;
  }

  async function read(from: TeamDatabase, sent: number, isClosed: () => boolean): Promise<void> {
    // Nobody wants to know yet.
    if (by === undefined || state === undefined) return;
    if (position === undefined && !(await begin(from, by, state))) return parts.onRoom();
    const of = epoch;
    const { last } = state;
    while (position !== undefined && waiting.length < mostWaiting && !isClosed()) {
      const page = await from.page(position, pageSize);
      // Somebody wanted all anew meanwhile.
      if (of !== epoch) return parts.onRoom();
      const entries = await earlier.completed(page.entries, page.upTo, from);
      if (of !== epoch) return parts.onRoom();
      if (page.upTo === position) {
        // The last numbers may have been of entries that were deleted: up to there, none is left to be read.
        position = Math.max(position, last);
        break;
      }
      position = page.upTo;
      waiting = [...waiting, ...entries];
      for (const { own } of entries) placedOwn = Math.max(placedOwn, own ?? 0);
      if (isHungry) parts.onNews();
    }
    const at = position ?? 0;
    // Of those that were sent, the last ones may have been left out: their decision was forgotten.
    if (at >= last) placedOwn = Math.max(placedOwn, sent);
    const wasAtHand = isAtHand;
    isAtHand ||= wanted !== undefined && at >= wanted;
    if (waiting.length > 0 || toTell !== undefined || isAtHand !== wasAtHand) parts.onNews();
  }

  async function unplaced(salt: string): Promise<readonly ToldEntry[]> {
    const unplacedYet = await local.readAfter(Math.max(toldOwn, placedOwn), atOnce);
    const told: ToldEntry[] = [];
    for (const entry of unplacedYet) {
      const inTeam = parts.shared(entry, salt);
      const isLate = entry.kind === 'attempt' || entry.kind === 'observation';
      const own =
        isLate && earlier.mayBeSealed(decisionIdOf(inTeam))
          ? before(entry, await local.readDecision(decisionIdOf(entry))).map((each) =>
              parts.shared(each, salt),
            )
          : undefined;
      told.push({ entry: inTeam, earlier: own });
    }
    return told;
  }

  return {
    news: async ({ by: wantedBy, anew: isAnew }) => {
      const isOther = by !== undefined && !isSameFold(by, wantedBy);
      if ((isAnew && given) || isOther) anew();
      by = wantedBy;
      const of = epoch;
      const [beginning, placed, salt] = [toTell, waiting.slice(0, atOnce), state?.salt];
      toTell = undefined;
      const waited = waiting.length;
      waiting = waiting.slice(atOnce);
      if (position === undefined || (waited > mostWaiting / 2 && waiting.length <= mostWaiting / 2))
        parts.onRoom();
      for (const { own } of placed) toldOwn = Math.max(toldOwn, own ?? 0);
      given ||= beginning !== undefined || placed.length > 0;
      // What else the window has to do comes in between.
      await new Promise((resolve) => setImmediate(resolve));
      // From here to the read of what is unplaced nothing is waited for: what has its place was told.
      const isAll = of === epoch && waiting.length === 0 && isAtHand && salt !== undefined;
      given ||= isAll;
      const own = isAll ? await unplaced(salt) : [];
      if (of === epoch) toldOwn = Math.max(toldOwn, own.at(-1)?.entry.sequence ?? 0);
      const more = waiting.length > 0 || own.length > 0;
      isHungry = !more;
      return {
        epoch: of,
        begun: beginning,
        placed,
        unplaced: own,
        lacking: toldOwn > placedOwn,
        more,
        complete: isAll,
      };
    },
    refuse: (all = false) => {
      snapshots.refuse(all);
      timesVoid += 1;
      anew();
      parts.onRoom();
    },
    keep: async (snapshot, of, database) => {
      const [at, times] = [state, timesVoid];
      if (of !== epoch || at === undefined) return;
      const isVoid = (): boolean => timesVoid !== times;
      await snapshots.keep({ ...snapshot, timesForgotten: at.forgotten }, at, { database, isVoid });
    },
    took: (next) => {
      const isOther = state !== undefined && !isSameRecord(state, next);
      state = next;
      if (isOther) {
        timesVoid += 1;
        anew();
        void snapshots.clear();
      }
      wanted ??= next.last;
    },
    read,
    anew: () => {
      anew();
      state = undefined;
    },
    upTo: () => position ?? 0,
    begun: () => begun,
  };
}

/** False, too, for a database that was made anew or brought back from a copy while somebody was connected to it. */
function isSameRecord(before: TeamState, now: TeamState): boolean {
  return now.salt === before.salt && now.forgotten === before.forgotten && now.last >= before.last;
}
