import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { Learner } from '../../../src/core/learning/learner';
import { attemptWith } from '../samples';
import { seededRandom } from '../seeded-random';
import type { Policy } from './history';
import { armIds, decide, fold, historyOf, learnerOf, observed, policies, usualChanges } from './history';
import { evidenceNumbers, expectClose, predictions } from './state';
import { runs } from '../../runs';

const seed = fc.nat(1_000_000);
const often = { numRuns: runs(10) };
const prompt = 'Rewrite this for the whole team: we are sorry about the first snow.';

function allEvidence(learner: Learner): readonly number[] {
  const pool = learner.pool('default');
  return armIds.flatMap((id) => evidenceNumbers(pool.arm(id)));
}

/** The pool `arms` is asked `times` times, and every answer gets the same thumb. */
function ask(policy: Policy, learner: Learner, arms: readonly string[], times: number): readonly string[] {
  const random = seededRandom(12);
  return Array.from({ length: times }, (_, number) => {
    const id = `asked-${arms.join('-')}-${String(number)}`;
    const decision = decide(policy, learner, random, prompt, arms, undefined, id);
    const { deploymentId } = decision;
    const entries: readonly LedgerEntry[] = [
      { kind: 'decision', decision },
      { kind: 'attempt', attempt: attemptWith({ decisionId: id, deploymentId }) },
      observed(id, deploymentId, { kind: 'rating', thumb: 'up' }),
    ];
    for (const entry of entries) learner.apply({ ...entry, sequence: 1, atMs: 0 });
    return deploymentId;
  });
}

/** A life in which all that counts was told outright: signs of one arm are weighed against those of the others. */
function judged(policy: Policy, history: number, changes = usualChanges): readonly StoredEntry[] {
  return historyOf(policy, history, 120, changes, { notices: false });
}

describe.each(policies)('$name', (policy) => {
  it('expects the same of the known arms when a new one stands beside them', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const learner = fold(learnerOf(policy), historyOf(policy, history));
        const before = decide(policy, learner, seededRandom(1), prompt, armIds).candidates;
        const after = decide(policy, learner, seededRandom(1), prompt, [...armIds, 'new']).candidates;
        for (const { deploymentId, quality01, bonus } of before) {
          const same = after.find((candidate) => candidate.deploymentId === deploymentId);
          expectClose([same?.quality01 ?? Number.NaN, same?.bonus ?? Number.NaN], [quality01, bonus]);
        }
      }),
      often,
    );
  });

  it('tries a new arm at once, and keeps what it knows of the others to the last digit', () => {
    const learner = fold(learnerOf(policy), judged(policy, 3));
    const known = allEvidence(learner);
    expect(new Set(ask(policy, learner, ['new', 'newer'], 6))).toEqual(new Set(['new', 'newer']));
    expect(allEvidence(learner)).toEqual(known);
  });

  it('keeps the evidence of an arm that is gone, and has it again when the arm returns', () => {
    const learner = fold(learnerOf(policy), judged(policy, 4));
    const ofA = evidenceNumbers(learner.pool('default').arm('a'));
    const { pulls } = learner.pool('default').arm('a');
    ask(policy, learner, ['b', 'c'], 30);
    const returned = learner.pool('default').arm('a');
    expect(evidenceNumbers(returned)).toEqual(ofA);
    expect(returned.pulls).toBe(pulls);
    const candidate = decide(policy, learner, seededRandom(1), prompt).candidates.find(
      ({ deploymentId }) => deploymentId === 'a',
    );
    // It isn't tried once more as if it were new.
    expect(candidate?.bonus).toBeLessThan(1);
  });

  it('expects the same where an arm was left out of one request and is back in the next', () => {
    const learner = fold(learnerOf(policy), historyOf(policy, 5));
    const before = predictions(policy, learner);
    decide(policy, learner, seededRandom(1), prompt, ['a', 'b']);
    expect(predictions(policy, learner)).toEqual(before);
  });

  it('leaves the others’ evidence untouched where one arm is found changed', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const learner = fold(learnerOf(policy), judged(policy, history, []));
        const pool = learner.pool('default');
        const others = ['b', 'c'].flatMap((id) => evidenceNumbers(pool.arm(id)));
        const weight = pool.arm('a').quality.weight;
        const decision = {
          ...decide(policy, learner, seededRandom(1), prompt, ['b', 'c']),
          changes: [{ deploymentId: 'a', recentFrom: 80, oldScale: 0.2 }],
        };
        learner.apply({ kind: 'decision', decision, sequence: 1, atMs: 0 });
        expect(['b', 'c'].flatMap((id) => evidenceNumbers(pool.arm(id)))).toEqual(others);
        expect(pool.arm('a').quality.weight).toBeLessThan(weight);
        expect(pool.arm('a').quality.weight).toBeGreaterThanOrEqual(0.2 * weight - 1e-9);
      }),
      often,
    );
  });

  it('takes in the same change once, however many windows say it', () => {
    const once = judged(policy, 6, [{ at: 60, deploymentId: 'a', recentFrom: 30, oldScale: 0.3 }]);
    const twice = once.map((entry) =>
      entry.kind === 'decision' && entry.decision.id === 'd61'
        ? {
            ...entry,
            decision: {
              ...entry.decision,
              changes: [{ deploymentId: 'a', recentFrom: 30, oldScale: 0.28 }],
            },
          }
        : entry,
    );
    const [a, b] = [once, twice].map((entries) => allEvidence(fold(learnerOf(policy), entries)));
    expect(b).toEqual(a);
  });
});
