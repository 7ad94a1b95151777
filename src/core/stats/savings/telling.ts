import type { LoggedChoice } from '../../terms/quality-savings';

/** So many answers' worth a group of answers is drawn towards the wider one that it is in. */
const priorAnswers = 10;
/** What is told of more seldom counts no more than this: a few answers shouldn't stand for thousands. */
const leastChance = 0.02;

/**
 * The probability that something telling is told of an answer, by who answered, the kind of task and where it was asked:
 * the shares told, each group's drawn towards that of the wider one (all, model, model and task, all three).
 */
export function tellingChances(choices: readonly LoggedChoice[]): (choice: LoggedChoice) => number {
  const counts = new Map<string, { all: number; told: number }>();
  for (const choice of choices)
    for (const key of keysOf(choice)) {
      const count = counts.get(key) ?? { all: 0, told: 0 };
      counts.set(key, count);
      count.all += 1;
      count.told += choice.told01 === undefined ? 0 : 1;
    }
  const known = new Map<string, number>();
  return (choice) => {
    const keys = keysOf(choice);
    const last = keys.at(-1) ?? '';
    const before = known.get(last);
    if (before !== undefined) return before;
    let chance = 1;
    for (const [depth, key] of keys.entries()) {
      const { all, told } = counts.get(key) ?? { all: 0, told: 0 };
      // The widest group stands for itself.
      chance = depth === 0 ? told / Math.max(1, all) : (told + priorAnswers * chance) / (all + priorAnswers);
    }
    const bounded = Math.min(1, Math.max(leastChance, chance));
    known.set(last, bounded);
    return bounded;
  };
}

function keysOf({ chosen, task, origin }: LoggedChoice): readonly string[] {
  return ['', chosen, `${chosen}\n${task}`, `${chosen}\n${task}\n${origin}`];
}
