import type { Options } from './arguments';
import type { Corpus } from './corpus';
import { readCorpus } from './corpus';
import { selectPolicies } from './policies/catalogue';
import type { Contestant } from './policies/contestant';
import type { PromptFeatures, VectorFiles } from './prompt-features';
import { describeCorpus } from './prompt-features';
import { orderOf, replay } from './replay';
import type { PassRecord } from './result';
import { readAllVectors, readVectors } from './vectors';

/** One pass to be made. */
export interface PassTask {
  readonly policy: string;
  readonly lambda: number;
  readonly seed: number;
}

export interface Material {
  readonly corpus: Corpus;
  readonly vectors: VectorFiles;
}

/** Reads the files that the options name. Throws a CorpusError that says what is wrong with one, and where. */
export async function readMaterial(options: Options): Promise<Material> {
  const { corpus: path, limit, vectors, projectionFrom, dims } = options;
  const corpus = await readCorpus(path, limit);
  const surplus = limit === undefined ? 'refused' : 'allowed';
  return {
    corpus,
    vectors: {
      own: vectors === undefined ? undefined : await readVectors(vectors, corpus.rows.length, dims, surplus),
      others: projectionFrom === undefined ? undefined : await readAllVectors(projectionFrom, dims),
    },
  };
}

/** Makes passes one after the other, and keeps the descriptions of the last seed. */
export function createPassRunner(
  { corpus, vectors }: Material,
  options: Options,
): (task: PassTask) => PassRecord {
  const policies = new Map(selectPolicies(corpus.models, options.policies).map((each) => [each.name, each]));
  let described: { readonly seed: number; readonly features: PromptFeatures } | undefined;

  function policyOf(name: string): Contestant {
    const policy = policies.get(name);
    if (policy === undefined) throw new RangeError(`There is no policy ${name}.`);
    return policy;
  }

  return ({ policy, lambda, seed }) => {
    if (described?.seed !== seed) {
      const order = orderOf(corpus, seed);
      described = { seed, features: describeCorpus(corpus, options.features, vectors, order) };
    }
    const { delay, feedback } = options;
    return replay(policyOf(policy), seed, { corpus, features: described.features, lambda, delay, feedback });
  };
}
