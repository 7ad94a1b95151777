import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import type { Random } from '../../../src/core/terms/ports';
import { seededRandom } from '../seeded-random';
import { fold, historyOf, learnerOf, live, observed, policies } from './history';
import { expectClose, stateNumbers } from './state';
import { runs } from '../../runs';

const seeds = fc.record({ history: fc.nat(1_000_000), shuffle: fc.nat(1_000_000) });
const often = { numRuns: runs(15) };

describe.each(policies)('$name', (policy) => {
  it('learns the same from any order of arrival, also across a decision that says an arm changed', () => {
    fc.assert(
      fc.property(seeds, ({ history, shuffle }) => {
        const entries = historyOf(policy, history);
        const inOrder = stateNumbers(policy, fold(learnerOf(policy), entries));
        const shuffled = shuffledAfterDecisions(entries, seededRandom(shuffle));
        expectClose(stateNumbers(policy, fold(learnerOf(policy), shuffled)), inOrder);
      }),
      often,
    );
  });

  it('knows the same whether it was asked all along or reads the ledger afterwards', () => {
    fc.assert(
      fc.property(seeds, ({ history }) => {
        const { entries, learner } = live(policy, history);
        expectClose(stateNumbers(policy, learner), stateNumbers(policy, fold(learnerOf(policy), entries)));
      }),
      often,
    );
  });

  it('amends as if the old value had never been seen', () => {
    fc.assert(
      fc.property(seeds, ({ history, shuffle }) => {
        const entries = historyOf(policy, history);
        const plain = stateNumbers(policy, fold(learnerOf(policy), entries));
        const amended = shuffledAfterDecisions(withDoubts(entries), seededRandom(shuffle));
        expectClose(stateNumbers(policy, fold(learnerOf(policy), amended)), plain);
      }),
      often,
    );
  });

  it('has histories with everything in them that the laws are about', () => {
    const entries = historyOf(policy, 1);
    const count = (holds: (entry: LedgerEntry) => boolean): number => entries.filter(holds).length;
    expect(count((entry) => entry.kind === 'decision' && entry.decision.changes.length > 0)).toBeGreaterThan(
      1,
    );
    expect(count((entry) => entry.kind === 'attempt' && entry.attempt.index > 0)).toBeGreaterThan(3);
    for (const kind of [
      'completed',
      'failed',
      'stopped',
      'scored',
      'rating',
      'next-turn',
      'loop',
      'taken',
      'judged',
    ] as const) {
      expect(
        count((entry) => entry.kind === 'observation' && entry.observation.signal.kind === kind),
      ).toBeGreaterThan(2);
    }
  });
});

/**
 * Decisions in their order, everything else anywhere after its decision. Signals of one pull keep their order among
 * each other: the last rating is the one that counts.
 */
function shuffledAfterDecisions(entries: readonly LedgerEntry[], random: Random): readonly LedgerEntry[] {
  const decidedAt = new Map<string, number>();
  entries.forEach((entry, index) => {
    if (entry.kind === 'decision') decidedAt.set(entry.decision.id, index);
  });
  const lastOfPull = new Map<string, number>();
  const placed = entries.map((entry, index) => {
    if (entry.kind === 'decision' || entry.kind === 'judgement') return { entry, place: index };
    const { decisionId, deploymentId } = entry.kind === 'attempt' ? entry.attempt : entry.observation;
    const pull = `${entry.kind} ${decisionId} ${deploymentId}`;
    const earliest = lastOfPull.get(pull) ?? decidedAt.get(decisionId) ?? 0;
    const place = earliest + random() * (entries.length - earliest);
    if (entry.kind === 'observation') lastOfPull.set(pull, place);
    return { entry, place };
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ entry }) => entry);
}

/** Before every rating the opposite one; and pulls that were never rated get a rating that is taken back. */
function withDoubts(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return entries.flatMap((entry): readonly LedgerEntry[] => {
    if (entry.kind !== 'observation') return [entry];
    const { decisionId, deploymentId, signal } = entry.observation;
    const observe = (thumb: 'up' | 'down' | undefined): LedgerEntry =>
      observed(decisionId, deploymentId, { kind: 'rating', thumb });
    switch (signal.kind) {
      case 'rating':
        return [observe(signal.thumb === 'up' ? 'down' : 'up'), entry];
      case 'scored':
        return [observed(decisionId, deploymentId, { ...signal, quality01: 1 - signal.quality01 }), entry];
      case 'compared':
        return [observed(decisionId, deploymentId, { ...signal, won: !signal.won }), entry];
      case 'edit':
      case 'edit-survival':
      case 'edit-diagnostics':
      case 'copied':
      case 'inserted':
      case 'regenerated':
      case 'retried-elsewhere':
      case 'next-turn':
      case 'loop':
      case 'taken':
      case 'judged':
        // They come behind a rating, which is not to be taken back.
        return [entry];
      case 'completed':
      case 'failed':
      case 'stopped':
        return [entry, observe('down'), observe(undefined)];
    }
  });
}
