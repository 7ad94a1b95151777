import type { StuckReason } from '../../terms/stuck';
import type { StepProgress } from './progress';

/** Says when a loop is plainly stuck. */
export interface StuckWatch {
  take(progress: StepProgress): void;
  /** What it does without end, as of the last step; undefined: it isn't stuck. */
  stuck(): StuckReason | undefined;
}

/**
 * A loop is stuck once its steps that brought nothing new outweigh those that did by so much: each counts 1 (a wait a
 * half), and one that got on takes back 2. Users complain of loops that do the same for dozens of steps; healthy ones
 * try a flaky tool six times, miss with eight searches, or need three edits until one applies. Ten in a row are beyond
 * these, and a third of them may be new before it is taken for getting on.
 */
const stuckAt = 10;
const takenBack = 2;
/** A loop that gets on again is soon taken for healthy, however long it was stuck. */
const most = 14;

export function createStuckWatch(): StuckWatch {
  let score = 0;
  const weights = new Map<StuckReason, number>();
  return {
    take: (progress) => {
      if (progress === undefined) return;
      if (progress.is === 'progress') {
        score = Math.max(0, score - takenBack);
        if (score === 0) weights.clear();
        return;
      }
      score = Math.min(most, score + progress.weight);
      weights.set(progress.reason, (weights.get(progress.reason) ?? 0) + progress.weight);
    },
    stuck: () => {
      if (score < stuckAt) return undefined;
      const [first] = [...weights].toSorted(([, one], [, other]) => other - one);
      return first?.[0];
    },
  };
}
