import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PromptFeatures, describeCorpus } from '../prompt-features';
import type { Material } from '../material';
import { orderOf } from '../replay';
import type { FeatureKind } from '../walk-arguments';
import type { conduitRouter } from './conduit';
import type { Contestant } from './contestant';

/**
 * `conduit-before`: the router of another checkout of the project, whose folder this is, made by
 * `git worktree add FOLDER COMMIT`. Its own benchmark's contestant walks, on its own descriptions of the prompts, so that
 * nothing here has to know how its core is called. It is told what its time knew: no table. Throws RangeError where the
 * folder has no such contestant.
 */
export async function routerBefore(
  folder: string,
  { corpus, vectors }: Material,
  features: FeatureKind,
): Promise<Contestant> {
  const bench = path.resolve(folder, 'bench', 'routing');
  const policies = await exportsOf(path.join(bench, 'policies', 'conduit.ts'));
  const descriptions = await exportsOf(path.join(bench, 'prompt-features.ts'));
  // The second is what older checkouts call it.
  const create = functionIn(policies, ['conduitRouter', 'conduitPolicy']) as typeof conduitRouter | undefined;
  const describe = functionIn(descriptions, ['describeCorpus']) as typeof describeCorpus | undefined;
  if (create === undefined || describe === undefined) {
    throw new RangeError(`${folder}: there is no contestant of the benchmark in bench/routing.`);
  }
  const name = 'conduit-before';
  const contestant = create({ name });
  let described: { readonly seed: number; readonly features: PromptFeatures } | undefined;
  return {
    name,
    start: ({ abilities: _abilities, trueMeans01: _means, ...context }, hindsight) => {
      const { seed } = context;
      if (described?.seed !== seed) {
        described = { seed, features: describe(corpus, features, vectors, orderOf(corpus, seed)) };
      }
      const { prompts } = described.features;
      const walk = contestant.start({ ...context, features: described.features }, hindsight);
      const own = <Of extends { readonly row: number }>(step: Of) => {
        const prompt = prompts[step.row];
        if (prompt === undefined) throw new RangeError(`There is no description of row ${String(step.row)}.`);
        return { ...step, prompt };
      };
      return {
        choose: (step) => walk.choose(own(step)),
        learn: (step, arm, outcome) => walk.learn(own(step), arm, outcome),
      };
    },
  };
}

async function exportsOf(file: string): Promise<object> {
  try {
    return (await import(pathToFileURL(file).href)) as object;
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw new RangeError(`${file} can't be loaded: ${reason}`, { cause: failure });
  }
}

function functionIn(module: object, names: readonly string[]): unknown {
  return names.map((name): unknown => Reflect.get(module, name)).find((each) => typeof each === 'function');
}
