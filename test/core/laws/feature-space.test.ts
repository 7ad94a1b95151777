import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureSpace } from '../../../src/core/features/feature-space';
import { describe as describeRequest, spaceWith, textSpace } from '../../../src/core/features/feature-space';
import { createLearner } from '../../../src/core/learning/learner';
import type { Learner } from '../../../src/core/learning/learner';
import type { StoredEntry } from '../../../src/core/terms/ledger-entry';
import { seededRandom } from '../seeded-random';
import { requestFor } from '../simulation';
import { armIds, fold, historyOf, hybrid, learnerOf, policies } from './history';
import { evidenceNumbers, expectClose, predictions } from './state';
import { runs } from '../../runs';

const seed = fc.nat(1_000_000);
const often = { numRuns: runs(10) };
const dimensions = 24;
const encoder = { space: 'mini24-x', dimensions };
const withEncoder = spaceWith(encoder);
const unknown: FeatureSpace = { name: 'later-v9', ridge: [8, 8, 4], bias: 2 };

/** The same decisions, described by an encoder too. */
function encoded(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  const random = seededRandom(1);
  return entries.map((entry) => {
    if (entry.kind !== 'decision') return entry;
    const vector = Array.from({ length: dimensions }, () => random() - 0.5);
    const features = [...entry.decision.features, ...vector];
    return { ...entry, decision: { ...entry.decision, features, featureSpace: withEncoder.name } };
  });
}

/** The same decisions as an earlier version described them; `prompt` as if they had, or hadn't, been kept. */
function described(entries: readonly StoredEntry[], keepPrompts: boolean): readonly StoredEntry[] {
  return entries.map((entry) => {
    if (entry.kind !== 'decision') return entry;
    const { decision } = entry;
    const prompt = keepPrompts ? decision.prompt : undefined;
    return { ...entry, decision: { ...decision, prompt, features: [0.5, 1], featureSpace: 'earlier-v1' } };
  });
}

/** Σ w, Σ w·q and Σ w·q² of each arm: its mean and spread. */
function means(learner: Learner): readonly number[] {
  return armIds.flatMap((id) => {
    const { weight, weightedQuality, weightedSquares } = learner.pool('default').arm(id).quality;
    return [weight, weightedQuality, weightedSquares];
  });
}

function textPart(learner: Learner, of: 'b' | 's'): readonly number[] {
  return armIds.flatMap((id) => [
    ...learner.pool('default').arm(id).quality[of].slice(0, textSpace.ridge.length),
  ]);
}

describe.each(policies)('$name, when prompts are described otherwise', (policy) => {
  it('keeps the mean of every arm in a space that has nothing in common with the old one', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const entries = historyOf(policy, history);
        const learner = fold(learnerOf(policy, unknown), entries);
        expectClose(means(learner), means(fold(learnerOf(policy), entries)));
        for (const id of armIds) {
          const { b, s, weight, weightedQuality } = learner.pool('default').arm(id).quality;
          expectClose([...b, ...s], [0, 0, weightedQuality, 0, 0, weight]);
        }
      }),
      often,
    );
  });

  it('expects of the text what it did before an encoder was added', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const entries = historyOf(policy, history);
        const before = fold(learnerOf(policy), entries);
        const after = fold(learnerOf(policy, withEncoder), entries);
        expectClose(textPart(after, 'b'), textPart(before, 'b'));
        expectClose(predictions(policy, after), predictions(policy, before));
      }),
      often,
    );
  });

  it('keeps the text’s part of what it learnt with an encoder that went away', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const entries = historyOf(policy, history);
        const after = fold(learnerOf(policy), encoded(entries));
        expectClose(predictions(policy, after), predictions(policy, fold(learnerOf(policy), entries)));
      }),
      often,
    );
  });

  it('keeps the text’s part when another encoder takes the place of the first', () => {
    const entries = historyOf(policy, 1);
    const other = spaceWith({ space: 'other8-y', dimensions: 8 });
    const after = fold(learnerOf(policy, other), encoded(entries));
    const direct = fold(learnerOf(policy, other), entries);
    expect(armIds.flatMap((id) => evidenceNumbers(after.pool('default').arm(id)))).toEqual(
      armIds.flatMap((id) => evidenceNumbers(direct.pool('default').arm(id))),
    );
  });

  it('describes prompts that were kept anew, as if they had always been described so', () => {
    const learner = createLearner({
      space: textSpace,
      settings: policy.settings,
      nowMs: () => 0,
      describeAgain: (prompt) => describeRequest(requestFor(prompt)).features,
    });
    const entries = historyOf(policy, 2);
    fold(learner, described(entries, true));
    expectClose(predictions(policy, learner), predictions(policy, fold(learnerOf(policy), entries)));
  });

  it('knows only the means where the prompts were not kept', () => {
    const describeAgain = (): never => {
      throw new Error('There is no prompt to describe.');
    };
    const { settings } = policy;
    const learner = createLearner({ space: textSpace, settings, nowMs: () => 0, describeAgain });
    const entries = historyOf(policy, 2);
    fold(learner, described(entries, false));
    expectClose(means(learner), means(fold(learnerOf(policy), entries)));
    expect(textPart(learner, 's').filter((value) => value !== 0)).toHaveLength(armIds.length);
  });
});

describe('what all arms share', () => {
  it('is carried over with the arms', () => {
    const entries = historyOf(hybrid, 3);
    const weights = (learner: Learner): readonly number[] => [
      ...(learner.pool('default').policy.evidence.shared?.weights(0.6) ?? []),
    ];
    const before = weights(fold(learnerOf(hybrid), entries));
    const after = weights(fold(learnerOf(hybrid, withEncoder), entries));
    expectClose(after, [...before, ...Array<number>(dimensions).fill(0)]);
  });
});
