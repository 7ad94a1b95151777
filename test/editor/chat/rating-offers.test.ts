import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createStatsFold } from '../../../src/core/stats/routing-stats';
import type { Candidate } from '../../../src/core/terms/decision';
import type { RatingOffers } from '../../../src/editor/chat/rating-offers';
import { createRatingOffers } from '../../../src/editor/chat/rating-offers';
import type { TurnView } from '../../../src/webview/protocol/chat';
import { decisionWith } from '../../core/samples';
import { seededRandom } from '../../core/seeded-random';
import { ended, finished, question, stageAsking, target } from './conversation-stage';

function candidate(deploymentId: string, quality01: number, weight: number): Candidate {
  const before = { quality01, weight };
  const figures = { costUsd: 0.001, latencyMs: 900, probability: 0.5, outcomes: 0 };
  return { deploymentId, quality01, bonus: 0, before, ...figures, utility: 0.7 * quality01 };
}

let kept: Map<string, number>;
let on: boolean;

beforeEach(() => {
  kept = new Map();
  on = true;
});

function offersNow(): RatingOffers {
  const stats = createStatsFold().snapshot();
  return createRatingOffers({
    isOn: () => on,
    onSwitched: () => ({ dispose: () => undefined }),
    conduit: () => Promise.resolve({ stats: () => stats }),
    memory: {
      get: (key) => kept.get(key),
      update: (key, value) => Promise.resolve(void kept.set(key, value)),
    },
  });
}

/** Decisions between two models that differ by chance. */
function decisions(count: number, seed: number) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) =>
    decisionWith({
      id: `d${String(index)}`,
      deploymentId: 'strong',
      candidates: [
        candidate('strong', 0.6 + 0.2 * random(), 4 + 20 * random()),
        candidate('weak', 0.6 + 0.2 * random(), 4 + 20 * random()),
      ],
    }),
  );
}

async function offered(offers: RatingOffers, decided: ReturnType<typeof decisions>) {
  const made: string[] = [];
  for (const decision of decided) {
    const offer = await offers.offerFor('default', decision, {
      decisionId: decision.id,
      deploymentId: decision.deploymentId,
    });
    made.push(offer?.kind ?? '');
  }
  return made;
}

describe('what is asked', () => {
  test('over 5,000 decisions: each at most once in twenty, never both about one answer', async () => {
    const made = await offered(offersNow(), decisions(5_000, 3));
    for (const kind of ['rating', 'duel']) {
      const at = made.flatMap((each, index) => (each === kind ? [index] : []));
      expect(at.length).toBeLessThanOrEqual(250);
      expect(at.length).toBeGreaterThan(80);
      for (const [index, place] of at.entries())
        expect(place - (at[index - 1] ?? -1)).toBeGreaterThanOrEqual(20);
    }
  });

  test('nothing while it is off, or while learning is paused', async () => {
    on = false;
    expect(new Set(await offered(offersNow(), decisions(200, 4)))).toEqual(new Set(['']));
    on = true;
    const paused = decisions(200, 4).map((decision) => ({ ...decision, learning: false as const }));
    expect(new Set(await offered(offersNow(), paused))).toEqual(new Set(['']));
  });

  test('a new window goes on counting: a reload is no reason to ask sooner', async () => {
    const first = await offered(offersNow(), decisions(400, 5));
    const last = Math.max(first.lastIndexOf('rating'), 0);
    const cut = last + 5;
    kept.clear();
    await offered(offersNow(), decisions(cut, 5));
    expect(kept.get('conduit.answersSinceAsked')).toBe(4);
  });
});

describe('the conversation', () => {
  const decided = decisions(1, 1)[0]!;
  const answer = (id: string, deploymentId = 'strong') =>
    [
      { type: 'decided', decision: { ...decided, id, deploymentId } },
      { type: 'text', text: 'A' },
      finished(deploymentId),
    ] as const;

  function staged(offer: Awaited<ReturnType<RatingOffers['offerFor']>>, ...ids: readonly string[]) {
    const offerFor = vi.fn<RatingOffers['offerFor']>(() => Promise.resolve(undefined));
    offerFor.mockResolvedValueOnce(offer);
    const offers = { isOn: () => on, onSwitched: () => ({ dispose: () => undefined }), offerFor };
    return { offerFor, ...stageAsking(offers, new Map(), [], ...ids.map((id) => answer(id))) };
  }

  const offersOf = (turns: readonly TurnView[]) => turns.map(({ offer }) => offer?.kind);

  test('shows what is asked about the last answer until it is rated', async () => {
    const { conversation, posted, offerFor } = staged({ kind: 'rating' }, 'd1');
    conversation.ask(question('Why?'));
    await ended(conversation);
    expect(offersOf(conversation.part().turns)).toEqual(['rating']);
    expect(offerFor).toHaveBeenCalledExactlyOnceWith('default', expect.anything(), {
      decisionId: 'd1',
      deploymentId: 'strong',
    });
    await conversation.rate('d1', 'up');
    expect(offersOf(conversation.part().turns)).toEqual([undefined]);
    expect(posted.at(-1)).toMatchObject({ type: 'turn', turn: { thumb: 'up' } });
    expect(posted.at(-1)).not.toHaveProperty('turn.offer');
    // Nor is it in what is kept.
    expect(JSON.stringify(conversation.saved())).not.toContain('offer');
  });

  test('it is gone when the next question is asked, and isn’t asked again', async () => {
    const { conversation, posted, offerFor } = staged({ kind: 'rating' }, 'd1', 'd2');
    conversation.ask(question('Why?'));
    await ended(conversation);
    const before = posted.length;
    conversation.ask(question('And then?'));
    expect(posted[before]).toMatchObject({ type: 'turn', turn: { prompt: 'Why?' } });
    expect(posted[before]).not.toHaveProperty('turn.offer');
    await ended(conversation);
    expect(offersOf(conversation.part().turns)).toEqual([undefined, undefined]);
    expect(offerFor).toHaveBeenCalledTimes(2);
  });

  test('it is not shown while the user has turned it off', async () => {
    const { conversation } = staged({ kind: 'rating' }, 'd1');
    conversation.ask(question('Why?'));
    await ended(conversation);
    on = false;
    expect(offersOf(conversation.part().turns)).toEqual([undefined]);
  });

  test('a duel that is suggested asks the model that was named, once the user starts it', async () => {
    target.current = { pool: 'default' };
    const offer = { kind: 'duel', pool: 'default', rivalId: 'weak' } as const;
    const { conversation, requests, offerFor } = staged(offer, 'd1', 'd2');
    conversation.ask(question('Why?'));
    await ended(conversation);
    const [turn] = conversation.part().turns;
    expect(turn?.offer).toEqual({ kind: 'duel', model: 'weak' });
    expect(requests).toHaveLength(1);
    expect(conversation.duel(turn?.id ?? '', true)).toBe(true);
    await ended(conversation);
    expect(requests[1]).toMatchObject({ pool: 'default', only: 'weak' });
    expect(requests[1]).not.toHaveProperty('avoid');
    expect(offersOf(conversation.part().turns)).toEqual([undefined]);
    // Of a rival's answer nothing is asked: it is there to be compared.
    expect(offerFor).toHaveBeenCalledOnce();
  });

  test('a page can’t start a duel that was not suggested in its name', async () => {
    const { conversation, requests } = staged(undefined, 'd1');
    conversation.ask(question('Why?'));
    await ended(conversation);
    expect(conversation.duel(conversation.part().turns[0]?.id ?? '', true)).toBe(false);
    expect(requests).toHaveLength(1);
  });
});
