import type { LoggedChoice } from '../../terms/quality-savings';

/** So many answers' worth a group of answers is drawn towards the wider one that it is in. */
const priorAnswers = 10;
/** What is told of more seldom counts no more than this: a few answers shouldn't stand for thousands. */
const leastChance = 0.02;

interface Count {
  all: number;
  told: number;
}

interface Leaf extends Count {
  readonly wider: readonly Count[];
  chance: number;
}

/** Of each answer, and of the one that the other model would have given in its place. */
export interface TellingChances {
  readonly chosen: Float64Array;
  readonly other: Float64Array;
}

/**
 * The probability that something telling is told of each answer, by who answered, the kind of task and where it was asked:
 * the shares told, each group's drawn towards that of the wider one (all, model, model and task, all three).
 */
export function tellingChances(choices: readonly LoggedChoice[], other: string): TellingChances {
  const groups = new Map<string, Count>();
  const leaves = new Map<string, Leaf>();
  const group = (key: string): Count => {
    const known = groups.get(key) ?? { all: 0, told: 0 };
    groups.set(key, known);
    return known;
  };
  const leafOf = (model: string, { task, origin }: LoggedChoice): Leaf => {
    const key = `${model}\n${task}\n${origin}`;
    const leaf = leaves.get(key) ?? {
      ...{ all: 0, told: 0, chance: 1 },
      wider: [group(''), group(model), group(`${model}\n${task}`)],
    };
    leaves.set(key, leaf);
    return leaf;
  };
  const pairs = choices.map((choice) => {
    const leaf = leafOf(choice.chosen, choice);
    leaf.all += 1;
    if (choice.told01 !== undefined) leaf.told += 1;
    return { leaf, others: leafOf(other, choice) };
  });
  for (const leaf of leaves.values())
    for (const wider of leaf.wider) {
      wider.all += leaf.all;
      wider.told += leaf.told;
    }
  for (const leaf of leaves.values()) leaf.chance = chanceOf([...leaf.wider, leaf]);
  return {
    chosen: Float64Array.from(pairs, ({ leaf }) => leaf.chance),
    other: Float64Array.from(pairs, ({ others }) => others.chance),
  };
}

/** The widest group stands for itself. */
function chanceOf([widest, ...narrower]: readonly Count[]): number {
  let chance = widest === undefined ? 1 : widest.told / widest.all;
  for (const { all, told } of narrower) chance = (told + priorAnswers * chance) / (all + priorAnswers);
  return Math.min(1, Math.max(leastChance, chance));
}
