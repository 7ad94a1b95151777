import { aliasedPool } from '../learning/aliased-pool';
import type { Learner, PoolState } from '../learning/learner';
import type { TeamLearning, TeamNews } from '../terms/team';

/**
 * What a team learnt together, as a fold over its entries in the team's order and, as long as there are any, over this
 * machine's own that have no place in it yet.
 */
export interface TeamFold {
  /** Takes in what came. Resolves to true where there was anything new. */
  refresh(): Promise<boolean>;
  /** The pool as the team knows it, by the names of this machine; undefined while the team's record isn't at hand. */
  pool(name: string): PoolState | undefined;
}

/**
 * Two folds of the same entries. One is in the team's order, and is all there is to say once each of this machine's own
 * has its place there: every member comes to the same state. The other takes its own entries when they are made, and the
 * team's when they are heard of: it knows what the user said a moment ago, away from the network too, and speaks only as
 * long as the first one lacks something. Nothing has to be taken back when an entry gets its place.
 */
export function createTeamFold(source: TeamLearning, makeLearner: () => Learner): TeamFold {
  let placed = makeLearner();
  let early = makeLearner();
  /** Up to this number of this machine's ledger `early` has its entries. */
  let ownUpTo = 0;
  let lacking = 0;
  let complete = false;
  let asked = false;
  let epoch: number | undefined;

  function take(news: TeamNews): boolean {
    if (news.epoch !== epoch) {
      placed = makeLearner();
      early = makeLearner();
      ownUpTo = 0;
      epoch = news.epoch;
    }
    let newest = ownUpTo;
    for (const { entry, own } of news.placed) {
      placed.apply(entry);
      if (own === undefined || own > ownUpTo) early.apply(entry);
      newest = Math.max(newest, own ?? 0);
    }
    const added = news.unplaced.filter(({ sequence }) => sequence > newest);
    for (const entry of added) early.apply(entry);
    ownUpTo = Math.max(newest, added.at(-1)?.sequence ?? 0);
    if (!news.more) lacking = news.unplaced.length;
    const isOther = news.complete !== complete;
    complete = news.complete;
    return isOther || (complete && news.placed.length + added.length > 0);
  }

  return {
    refresh: async () => {
      let isNew = false;
      for (;;) {
        const news = await source.news(!asked);
        asked = true;
        isNew = take(news) || isNew;
        if (!news.more) return isNew;
      }
    },
    pool: (name) => {
      if (!complete) return undefined;
      const learner = lacking === 0 ? placed : early;
      return aliasedPool(learner.pool(source.poolOf(name)), (id) => source.armOf(id));
    },
  };
}
