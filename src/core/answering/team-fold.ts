import { aliasedPool } from '../learning/aliased-pool';
import type { Learner, PoolState, Saved } from '../learning/learner';
import type { Clock, Log } from '../terms/ports';
import type { FoldedBy } from '../terms/snapshots';
import type { Steps } from '../terms/steps';
import { atOnce, inSlices } from '../terms/steps';
import type { TeamBeginning, TeamLearning, TeamNews, ToldEntry } from '../terms/team';
import { longestWaitMs, sliceMs } from './catch-up';

/**
 * What a team learnt together, as a fold over its entries in the team's order and, as long as there are any, over this
 * machine's own that have no place in it yet.
 */
export interface TeamFold {
  /**
   * Takes in what came. Resolves to true where there was anything new. Where there is a lot, after a moment all the same,
   * and goes on in the background.
   */
  refresh(): Promise<boolean>;
  /** The pool as the team knows it, by the names of this machine; undefined while the team's record isn't at hand. */
  pool(name: string): PoolState | undefined;
  /** Has `pool` ready at once, and holds nobody up for long. Resolves to whether there is one. */
  settled(name: string): Promise<boolean>;
  /** Nothing more is taken in: something else has taken its place. */
  stop(): void;
}

export interface TeamFoldParts {
  /** What it is folded by. */
  readonly by: FoldedBy;
  learner(saved?: Saved): Steps<Learner>;
  readonly clock: Clock;
  readonly log: Log;
  /** So many entries are between two snapshots; absent: as shipped. */
  readonly entriesBetween?: number | undefined;
}

/** So many are folded in about the time that a snapshot takes to be read. */
const usuallyBetween = 5_000;

/**
 * Two folds of the same entries. One is in the team's order, and is all there is to say once each of this machine's own
 * has its place there: every member comes to the same state. The other takes its own entries when they are made, and the
 * team's when they are heard of: it knows what the user said a moment ago, away from the network too, and speaks only as
 * long as the first one lacks something. It begins as a copy of the first when there is something to say. Nothing has to
 * be taken back when an entry gets its place.
 */
export function createTeamFold(
  source: TeamLearning,
  { by, learner: learnerBy, clock, log, entriesBetween = usuallyBetween }: TeamFoldParts,
): TeamFold {
  let placed = atOnce(learnerBy());
  let early: Learner | undefined;
  let to: TeamBeginning['to'] = { sequence: 0, atMs: 0 };
  let keptTo = 0;
  /** Up to this number of this machine's ledger `early` has its entries. */
  let ownUpTo = 0;
  let lacking = false;
  let complete = false;
  let asked = false;
  let epoch: number | undefined;

  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  /** There was something new since somebody was told. */
  let isNew = false;
  let sliceFromMs = 0;
  let impatient: { readonly sinceMs: number; readonly go: () => void }[] = [];

  function begin(news: TeamNews): void {
    placed = atOnce(learnerBy());
    early = undefined;
    to = { sequence: 0, atMs: 0 };
    keptTo = 0;
    ownUpTo = 0;
    lacking = false;
    complete = false;
    epoch = news.epoch;
  }

  /** False where it isn't what it should be. */
  async function goOnFrom(begun: TeamBeginning): Promise<boolean> {
    try {
      placed = await inSlices(learnerBy({ state: begun.state, parse: source.parse }), clock);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      log.warn(`The team's snapshot can't be gone on from, and its record is folded without it: ${detail}`);
      return false;
    }
    to = begun.to;
    keptTo = begun.to.sequence;
    ownUpTo = begun.ownUpTo;
    return true;
  }

  async function pauseIfLong(): Promise<void> {
    if (clock.monotonicMs() - sliceFromMs < sliceMs) return;
    await pause();
  }

  async function pause(): Promise<void> {
    const nowMs = clock.monotonicMs();
    for (const { sinceMs, go } of impatient) if (nowMs - sinceMs >= longestWaitMs) go();
    await clock.pause?.();
    sliceFromMs = clock.monotonicMs();
  }

  async function take(news: TeamNews): Promise<void> {
    if (news.epoch !== epoch) begin(news);
    if (news.begun !== undefined) {
      if (!(await goOnFrom(news.begun))) return source.refuse();
      await pause();
    }
    for (const { entry, earlier, own } of news.placed) {
      placed.apply(entry, earlier);
      if (own === undefined || own > ownUpTo) early?.apply(entry, earlier);
      ownUpTo = Math.max(ownUpTo, own ?? 0);
      to = { sequence: entry.sequence, atMs: entry.atMs };
      await pauseIfLong();
    }
    for (const told of news.unplaced) await takeEarly(told);
    if (!news.more) lacking = news.lacking;
    isNew ||= news.complete !== complete || (news.complete && news.placed.length + news.unplaced.length > 0);
    complete = news.complete;
    if (to.sequence - keptTo >= entriesBetween) await keep();
  }

  async function takeEarly({ entry, earlier }: ToldEntry): Promise<void> {
    if (entry.sequence <= ownUpTo) return;
    if (early === undefined) {
      const state = await inSlices(placed.save(), clock);
      early = await inSlices(learnerBy({ state, parse: source.parse }), clock);
    }
    early.apply(entry, earlier);
    ownUpTo = entry.sequence;
    await pauseIfLong();
  }

  async function keep(): Promise<void> {
    if (epoch === undefined) return;
    keptTo = to.sequence;
    const state = await inSlices(placed.save(), clock);
    void source.keep({ ...by, ...to, state }, epoch);
    await pause();
  }

  async function takeAll(): Promise<void> {
    sliceFromMs = clock.monotonicMs();
    while (again && !isStopped()) {
      again = false;
      for (let more = true; more && !isStopped();) {
        const news = await source.news({ by, anew: !asked });
        if (isStopped()) return;
        asked = true;
        await take(news);
        more = news.more;
        await pauseIfLong();
      }
    }
  }

  const speaking = (): Learner => (lacking && early !== undefined ? early : placed);

  /** It may have been stopped while something was waited for. */
  const isStopped = (): boolean => stopped;

  return {
    refresh: async () => {
      again = true;
      running ??= takeAll().finally(() => {
        running = undefined;
        impatient = [];
      });
      const waited = new Promise<void>((go) => impatient.push({ sinceMs: clock.monotonicMs(), go }));
      await Promise.race([running, waited]);
      const told = isNew;
      isNew = false;
      return told;
    },
    settled: async (name) => {
      if (complete) await inSlices(speaking().settling(source.poolOf(name)), clock);
      return complete;
    },
    pool: (name) => {
      if (!complete) return undefined;
      const learner = speaking();
      return aliasedPool(learner.pool(source.poolOf(name)), (id) => source.armOf(id));
    },
    stop: () => {
      stopped = true;
    },
  };
}
