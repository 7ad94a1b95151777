import type { Policy } from '../../../src/core/bandit/policy';
import { rawVectorOf } from '../prompt-features';
import type { Contestant } from './contestant';
import { rewardedPolicy } from './rewarded-policy';
import { createTextbookLinUcb } from './textbook-lin-ucb';
import { createPrintedUcb1 } from './ucb1';

const usualSwitch = 100;

interface Saved {
  readonly first: string;
  readonly after: string;
  readonly outcomes: number;
  readonly means: readonly (readonly [string, Mean])[];
}

interface Mean {
  readonly sum: number;
  readonly pulls: number;
}

/**
 * The hybrid that is common among routers: UCB1 (c = 1.5) for the first outcomes while LinUCB sees nothing, then textbook
 * LinUCB, warm-started by writing each arm's mean into the weight of the vector's first coordinate.
 */
export function createHardSwitch(size: number, switchAfter = usualSwitch, saved?: string): Policy {
  const before = saved === undefined ? undefined : (JSON.parse(saved) as Saved);
  const first = createPrintedUcb1(1.5, size, before?.first);
  const after = createTextbookLinUcb(size, 1, before?.after);
  const means = new Map(before?.means);
  const firstCoordinate = Float64Array.from({ length: size }, (_, index) => (index === 0 ? 1 : 0));
  let outcomes = before?.outcomes ?? 0;
  const current = (): Policy => (outcomes < switchAfter ? first : after);

  function warmStart(): void {
    for (const [arm, { sum, pulls }] of means) {
      const outcome = { quality: sum / pulls, weight: 1 };
      after.learn({ arm, x: firstCoordinate, predicted01: undefined, before: undefined, outcome, scale: 1 });
    }
  }

  return {
    name: 'hard-switch',
    choose: (question, random) => current().choose(question, random),
    explain: (question) => current().explain(question),
    relearn: (arm, kept) => current().relearn(arm, kept),
    learn: (lesson) => {
      current().learn(lesson);
      if (outcomes >= switchAfter || lesson.outcome === undefined) return;
      const { sum, pulls } = means.get(lesson.arm) ?? { sum: 0, pulls: 0 };
      means.set(lesson.arm, { sum: sum + lesson.outcome.quality, pulls: pulls + 1 });
      outcomes += 1;
      if (outcomes === switchAfter) warmStart();
    },
    serialise: () =>
      JSON.stringify({
        first: first.serialise(),
        after: after.serialise(),
        outcomes,
        means: [...means],
      } satisfies Saved),
  };
}

export const hardSwitch: Contestant = rewardedPolicy('hard-switch', ({ features }) => ({
  policy: createHardSwitch(rawVectorOf(features, 0).length),
  vectorOf: ({ row }) => rawVectorOf(features, row),
}));
