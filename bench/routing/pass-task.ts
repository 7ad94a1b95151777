import type { Options } from './arguments';
import { contestantsOf } from './contestants';
import type { Material } from './material';
import { readMaterial } from './material';
import type { PassFigures } from './pass-figures';
import { figuresOf } from './pass-figures';
import type { PassMaker } from './pass-pool';
import type { Contestant } from './policies/contestant';
import type { PromptFeatures } from './prompt-features';
import { describeCorpus } from './prompt-features';
import { orderOf, replay } from './replay';
import { meanRewards, rewardOfCorpus } from './reward';
import type { WalkOptions } from './walk-arguments';

/** One pass over one of the corpora. */
export interface CorpusPass {
  /** Which of the corpora, from 0. */
  readonly corpus: number;
  readonly lambda: number;
  readonly seed: number;
}

/** One pass to be made. */
export interface PassTask extends CorpusPass {
  readonly feedback: number;
  readonly policy: string;
}

export function createPassRunner(options: Options): (task: PassTask) => Promise<PassFigures> {
  return byCorpus(async (index) => {
    const material = await readMaterial(options, index);
    const contestants = await contestantsOf(material, options);
    const byName = new Map(contestants.map((each) => [each.name, each]));
    const pass = passesOver(material, options);
    return ({ policy, ...how }) => {
      const contestant = byName.get(policy);
      if (contestant === undefined) throw new RangeError(`There is no policy ${policy}.`);
      return pass(contestant, { ...how, delay: options.delay });
    };
  });
}

/** Passes of routing policies. */
export const routingPasses: PassMaker<Options, PassTask, PassFigures> = {
  worker: new URL('pass-worker.ts', import.meta.url),
  createRunner: createPassRunner,
};

/** Reads a corpus, by `runnerOver`, when the first pass over it is made. */
export function byCorpus<Task extends CorpusPass, Figures>(
  runnerOver: (corpus: number) => Promise<(task: Task) => Figures>,
): (task: Task) => Promise<Figures> {
  const runners = new Map<number, Promise<(task: Task) => Figures>>();
  return async (task) => {
    const known = runners.get(task.corpus);
    const runner = known ?? runnerOver(task.corpus);
    runners.set(task.corpus, runner);
    return (await runner)(task);
  };
}

/** What a contestant's pass is like, beside the rows. */
interface PassTerms {
  readonly lambda: number;
  readonly seed: number;
  /** As in `ReplayOptions`. */
  readonly feedback: number;
  readonly delay: number;
}

/** Keeps the descriptions of the last seed. */
export function passesOver(
  { corpus, vectors }: Pick<Material, 'corpus' | 'vectors'>,
  options: Pick<WalkOptions, 'steps' | 'features'>,
): (contestant: Contestant, terms: PassTerms) => PassFigures {
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

  return (contestant, terms) => {
    const { lambda, seed } = terms;
    const whole = orderOf(corpus, seed);
    const order = whole.slice(0, options.steps);
    if (described?.seed !== seed) {
      described = { seed, features: describeCorpus(corpus, options.features, vectors, whole) };
    }
    const { features } = described;
    const pass = replay(contestant, seed, { ...terms, corpus, features, order });
    return figuresOf(pass, bestSingle(lambda, order));
  };
}

export function bestOf(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
