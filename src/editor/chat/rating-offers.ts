import type { Conduit } from '../../core/conduit';
import type { Occasions } from '../../core/routing/occasions';
import { createOccasions } from '../../core/routing/occasions';
import { valueOfDuel, valueOfOutcome } from '../../core/routing/value-of-outcome';
import type { AnswerOfModel } from '../../core/terms/observation';
import type { DecisionFacts } from '../answers/answer-facts';

/** What the user is asked about an answer: to rate it, or to compare it with another model's. */
export type Offer =
  { readonly kind: 'rating' } | { readonly kind: 'duel'; readonly pool: string; readonly rivalId: string };

/** Asks where the user's word would change the choice most, and seldom. */
export interface RatingOffers {
  /** Whether the user wants to be asked at all. */
  isOn(): boolean;
  readonly onSwitched: OnSwitched;
  /** What is asked about an answer that just ended. To be called once for each; undefined: nothing. */
  offerFor(pool: string, decision: DecisionFacts, by: AnswerOfModel): Promise<Offer | undefined>;
}

/** Calls when the user wants to be asked, or no longer, until what it returns is disposed of. */
type OnSwitched = (told: () => void) => { dispose(): void };

export interface RatingOfferParts {
  readonly isOn: () => boolean;
  readonly onSwitched: OnSwitched;
  readonly conduit: () => Promise<Pick<Conduit, 'stats'>>;
  /** Keeps how many answers came since the user was last asked, and nothing else. */
  readonly memory: {
    get(key: string): unknown;
    update(key: string, value: number): PromiseLike<void>;
  };
}

const keys = { rating: 'conduit.answersSinceAsked', duel: 'conduit.answersSinceDuel' } as const;

export function createRatingOffers(parts: RatingOfferParts): RatingOffers {
  const { isOn, onSwitched, conduit, memory } = parts;
  const occasions = { rating: remembered('rating'), duel: remembered('duel') };

  function remembered(kind: keyof typeof keys): Occasions {
    const waited = memory.get(keys[kind]);
    return createOccasions(typeof waited === 'number' ? waited : 0);
  }

  /** What the pool's answers in the ledger were worth: a window that was just opened knows no others. */
  async function recall(pool: string, except: string): Promise<void> {
    if (occasions.rating.knows(pool) && occasions.duel.knows(pool)) return;
    const { pools } = (await conduit()).stats();
    const latest = pools.find((each) => each.pool === pool)?.latest ?? [];
    const earlier = latest.filter(({ id, origin }) => id !== except && origin === 'chat');
    occasions.rating.recall(
      pool,
      earlier.map((decision) => valueOfOutcome(decision, decision.deploymentId)),
    );
    occasions.duel.recall(
      pool,
      earlier.map((decision) => valueOfDuel(decision, decision.deploymentId)?.value ?? 0),
    );
  }

  return {
    isOn,
    onSwitched,
    offerFor: async (pool, decision, by) => {
      await recall(pool, by.decisionId);
      // What becomes of an answer teaches nothing while learning is paused.
      const teaches = decision.learning !== false;
      const mayAsk = isOn() && teaches;
      const outcome = teaches ? valueOfOutcome(decision, by.deploymentId) : 0;
      const duel = teaches ? valueOfDuel(decision, by.deploymentId) : undefined;
      const asksToRate = occasions.rating.take(pool, outcome, mayAsk);
      const asksToCompare = occasions.duel.take(pool, duel?.value ?? 0, mayAsk && !asksToRate);
      for (const kind of ['rating', 'duel'] as const) void memory.update(keys[kind], occasions[kind].waited);
      if (asksToRate) return { kind: 'rating' };
      return asksToCompare && duel !== undefined ? { kind: 'duel', pool, rivalId: duel.rivalId } : undefined;
    },
  };
}
