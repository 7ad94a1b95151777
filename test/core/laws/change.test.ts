import { describe, expect, it } from 'vitest';
import type { ArmChange } from '../../../src/core/terms/decision';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { attemptWith } from '../samples';
import { pick, seededRandom } from '../seeded-random';
import { promptOfKind } from '../two-kinds-of-prompt';
import type { Policy } from './history';
import { decide, fold, hybrid, learnerOf, observed } from './history';

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const quiet: Policy = { ...hybrid, settings: { ...hybrid.settings, noticesChange: false } };

interface Life {
  /** Probability of a good answer, by the number of the decision. */
  readonly good01: (number: number) => number;
  readonly decisions: number;
  /** Outcomes are known after so many further decisions. */
  readonly delay?: number;
  /** From this decision on nobody rates any more. */
  readonly ratedUntil?: number;
}

interface Noticed {
  readonly changes: readonly (ArmChange & { readonly at: number })[];
  readonly entries: readonly LedgerEntry[];
}

/** A pool of one arm, so that every decision is its pull, through the real router and learner. */
function live(
  { good01, decisions, delay = 0, ratedUntil = decisions }: Life,
  seed: number,
  policy = hybrid,
): Noticed {
  const random = seededRandom(seed);
  const learner = learnerOf(policy);
  const entries: LedgerEntry[] = [];
  const changes: (ArmChange & { readonly at: number })[] = [];
  const waiting: LedgerEntry[][] = [];
  const record = (entry: LedgerEntry): void => {
    entries.push(entry);
    learner.apply({ ...entry, sequence: entries.length, atMs: 0 });
  };
  for (let number = 0; number < decisions; number += 1) {
    const id = `d${String(number)}`;
    const prompt = promptOfKind(pick(['code', 'prose'], random), random);
    const decision = decide(policy, learner, random, prompt, ['only'], undefined, id);
    changes.push(...decision.changes.map((change) => ({ ...change, at: number })));
    record({ kind: 'decision', decision });
    const thumb = random() < good01(number) ? 'up' : 'down';
    const outcome: LedgerEntry[] = [
      { kind: 'attempt', attempt: attemptWith({ decisionId: id, deploymentId: 'only' }) },
      observed(id, 'only', { kind: 'completed' }),
    ];
    if (number < ratedUntil) outcome.push(observed(id, 'only', { kind: 'rating', thumb }));
    waiting.push(outcome);
    if (waiting.length > delay) waiting.shift()?.forEach(record);
  }
  return { changes, entries };
}

describe('the learner', () => {
  it('finds hardly any change where there is none', () => {
    const alarms = [0.5, 0.7, 0.95].flatMap((good01) =>
      seeds.flatMap((seed) => live({ good01: () => good01, decisions: 300 }, seed).changes),
    );
    expect(alarms.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['outcomes at once', 0],
    ['outcomes ten decisions late', 10],
  ])('notices within 60 pulls that the share of good answers fell by 0.4, %s', (_, delay) => {
    const fallen = { good01: (number: number) => (number < 200 ? 0.8 : 0.4), decisions: 260 + delay, delay };
    const noticed = seeds.filter((seed) => live(fallen, seed).changes.some(({ at }) => at >= 200));
    expect(noticed.length).toBeGreaterThanOrEqual(19);
  });

  it('keeps of the time before a change as much as eight outcomes, and all of the time after', () => {
    const fallen = { good01: (number: number) => (number < 200 ? 0.9 : 0.2), decisions: 260 };
    const { changes, entries } = live(fallen, 5);
    const [change] = changes;
    if (change === undefined) throw new Error('No change was noticed.');
    const upTo = entries.findIndex((entry) => entry.kind === 'decision' && entry.decision.changes.length > 0);
    const arm = fold(learnerOf(hybrid), entries.slice(0, upTo + 1))
      .pool('default')
      .arm('only');
    const recent = change.at - (change.recentFrom - 1);
    expect(arm.quality.weight).toBeCloseTo(8 + recent, 6);
    const before = fold(learnerOf(hybrid), entries.slice(0, upTo)).pool('default').arm('only');
    expect(before.quality.weight).toBeCloseTo(change.at, 6);
    // What it says now is nearer to the truth.
    const mean = ({ quality }: typeof arm): number => quality.weightedQuality / quality.weight;
    expect(mean(arm)).toBeLessThan(mean(before) - 0.1);
  });

  it('doesn’t forget what it was taught when users stop rating', () => {
    for (const seed of seeds) {
      const { changes, entries } = live({ good01: () => 0.95, decisions: 400, ratedUntil: 100 }, seed);
      expect(changes).toEqual([]);
      const { weight } = fold(learnerOf(hybrid), entries).pool('default').arm('only').quality;
      expect(weight).toBeCloseTo(100 + 300 * 0.002, 6);
    }
  });

  it('notices nothing where it was told not to', () => {
    const fallen = { good01: (number: number) => (number < 200 ? 0.9 : 0.1), decisions: 300 };
    expect(live(fallen, 1, quiet).changes).toEqual([]);
  });
});
