import type { Options } from './arguments';
import type { Material } from './material';
import { routerBefore } from './policies/before';
import { selectPolicies } from './policies/catalogue';
import type { ConduitVariant } from './policies/conduit';
import { conduitRouter } from './policies/conduit';
import type { Contestant } from './policies/contestant';
import type { PriorsKind } from './priors';
import { nameWith, priorsOf } from './priors';
import { merged, readSets } from './settings-overrides';

/**
 * All that walk over the material: the policies that the options name; `conduit` with the settings of `--set`; a
 * `set:NAME` for each of `--sets`; those again for every further kind of priors; and the router of another checkout.
 * Throws RangeError for an unknown policy, CorpusError for a file that can't be used.
 */
export async function contestantsOf(material: Material, options: Options): Promise<readonly Contestant[]> {
  const named = selectPolicies(material.corpus.models, options.policies);
  const sets = options.sets === undefined ? [] : await readSets(options.sets);
  const variants: readonly ConduitVariant[] = [
    ...(named.some(({ name }) => name === 'conduit') ? [{ name: 'conduit', ...options.set }] : []),
    ...sets.map(({ name, ...set }) => ({ ...merged(options.set, set), name: `set:${name}` })),
  ];
  const first = options.priors[0] ?? 'off';
  const others = named.filter(({ name }) => name !== 'conduit');
  return [
    ...options.priors.flatMap((kind) =>
      variants.map((variant) =>
        told(conduitRouter({ ...variant, name: nameWith(variant.name, kind, first) }), kind, material),
      ),
    ),
    ...(options.router === undefined ? [] : [await routerBefore(options.router, material, options.features)]),
    ...others.map((contestant) => told(contestant, first, material)),
  ];
}

/** The same contestant, told of the models what the kind of priors says. */
export function told(
  contestant: Contestant,
  kind: PriorsKind,
  { corpus, table }: Pick<Material, 'corpus' | 'table'>,
): Contestant {
  return {
    name: contestant.name,
    start: (context, hindsight) =>
      contestant.start({ ...context, ...priorsOf(kind, corpus, table, context.seed) }, hindsight),
  };
}
