import { textHash } from '../routing/text-hash';

/** Who tells how good an answer was: all of them, by chance, by model and kind of task, or the good ones twice as often. */
export const tellings = ['all', 'random', 'explained', 'quality'] as const;
export type Telling = (typeof tellings)[number];

export interface Answer {
  readonly model: string;
  readonly task: string;
  readonly quality01: number;
}

/**
 * How likely an answer is told of, where `feedback` is the share in the middle. `explained`: from half to one and a half
 * times that by the model, and the same again by the kind of task. `quality`: the odds of the best are twice those of the worst.
 */
export function toldChance(telling: Telling, feedback: number, { model, task, quality01 }: Answer): number {
  switch (telling) {
    case 'all':
      return 1;
    case 'random':
      return feedback;
    case 'explained':
      return Math.min(1, feedback * spread(model) * spread(task));
    case 'quality': {
      const odds = (feedback / (1 - feedback)) * 2 ** (quality01 - 0.5);
      return odds / (1 + odds);
    }
  }
}

/** 0.5 to 1.5, the same for the same name. */
function spread(name: string): number {
  return 0.5 + (textHash(name) % 1_000) / 999;
}
