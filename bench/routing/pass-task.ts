import type { Options } from './arguments';
import { contestantsOf } from './contestants';
import type { Material } from './material';
import { readMaterial } from './material';
import type { PassFigures } from './pass-figures';
import { figuresOf } from './pass-figures';
import type { Contestant } from './policies/contestant';
import type { PromptFeatures } from './prompt-features';
import { describeCorpus } from './prompt-features';
import { orderOf, replay } from './replay';
import { meanRewards, rewardOfCorpus } from './reward';

/** One pass to be made. */
export interface PassTask {
  /** Which of the corpora, from 0. */
  readonly corpus: number;
  readonly feedback: number;
  readonly policy: string;
  readonly lambda: number;
  readonly seed: number;
}

/** Makes passes one after the other. Reads a corpus when the first pass over it is made. */
export function createPassRunner(options: Options): (task: PassTask) => Promise<PassFigures> {
  const runners = new Map<number, Promise<(task: PassTask) => PassFigures>>();
  return async (task) => {
    const known = runners.get(task.corpus);
    const runner = known ?? runnerOf(options, task.corpus);
    runners.set(task.corpus, runner);
    return (await runner)(task);
  };
}

async function runnerOf(options: Options, index: number): Promise<(task: PassTask) => PassFigures> {
  const material = await readMaterial(options, index);
  return runnerOver(material, await contestantsOf(material, options), options);
}

/** Keeps the descriptions of the last seed. */
function runnerOver(
  { corpus, vectors }: Material,
  contestants: readonly Contestant[],
  options: Options,
): (task: PassTask) => PassFigures {
  const byName = new Map(contestants.map((each) => [each.name, each]));
  let described: { readonly seed: number; readonly features: PromptFeatures } | undefined;
  const bestArms = new Map<number, number>();

  function bestSingle(lambda: number, order: readonly number[]): Float64Array {
    const rewardOf = rewardOfCorpus(corpus, lambda);
    const known = bestArms.get(lambda);
    const arm = known ?? bestOf(meanRewards(corpus.models, corpus.rows, rewardOf));
    bestArms.set(lambda, arm);
    return Float64Array.from(order, (row) => {
      const source = corpus.rows[row];
      return source === undefined ? Number.NaN : rewardOf(source, arm);
    });
  }

  return ({ policy, lambda, seed, feedback }) => {
    const contestant = byName.get(policy);
    if (contestant === undefined) throw new RangeError(`There is no policy ${policy}.`);
    const whole = orderOf(corpus, seed);
    const order = whole.slice(0, options.steps);
    if (described?.seed !== seed) {
      described = { seed, features: describeCorpus(corpus, options.features, vectors, whole) };
    }
    const { delay } = options;
    const { features } = described;
    const pass = replay(contestant, seed, { corpus, features, lambda, delay, feedback, order });
    return figuresOf(pass, bestSingle(lambda, order));
  };
}

function bestOf(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
