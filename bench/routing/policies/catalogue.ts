import type { Result } from '../result';
import type { ConduitVariant } from './conduit';
import { conduitRouter } from './conduit';
import { references } from './references';
import type { Contestant } from './contestant';
import { hardSwitch } from './hard-switch';
import { paretoBandit, sameSpace, sameSpaceGrid, textbook } from './lin-ucb';
import { thompson, thompsonGrid } from './thompson';
import { ucb1Contestant, ucb1Grid } from './ucb1';

/** The shipped default with one part taken away each: what the ablation is made of. */
const ablations: readonly ConduitVariant[] = [
  { name: 'conduit-without-kinds', without: 'kinds' },
  { name: 'conduit-without-families', without: 'families' },
  { name: 'conduit-without-formats', without: 'formats' },
  { name: 'conduit-without-shared-part', settings: { sharedRidge: undefined } },
  { name: 'conduit-without-adaptive-width', settings: { adaptive: false } },
  { name: 'conduit-without-ucb1-phase', switchAfter: 0 },
  { name: 'conduit-without-epsilon', settings: { epsilon: 0 } },
  { name: 'conduit-without-in-flight', settings: { inFlight: false } },
  { name: 'conduit-without-change-detection', settings: { noticesChange: false } },
];

/** All contestants of a corpus with these models, in the order of the tables. */
export function policiesFor(models: readonly string[]): readonly Contestant[] {
  return [
    conduitRouter({ name: 'conduit' }),
    ...references(models),
    ...ucb1Grid.map(ucb1Contestant),
    textbook,
    ...sameSpaceGrid.map(sameSpace),
    paretoBandit,
    hardSwitch,
    ...thompsonGrid.map(thompson),
    ...ablations.map(conduitRouter),
  ];
}

/** Names that stand for several policies, of which the best by the whole pass is taken: tuned in hindsight. */
const tuned: Readonly<Record<string, readonly string[]>> = {
  'ucb1-tuned': ucb1Grid.map((c) => ucb1Contestant(c).name),
  'linucb-same-space': sameSpaceGrid.map((alpha) => sameSpace(alpha).name),
  'thompson-tuned': thompsonGrid.map((v) => thompson(v).name),
};

const gridMembers = new Set(Object.values(tuned).flat());

/** Whether it is one of a grid, of which the tables of several corpora show the best alone. */
export function isOfGrid(policy: string): boolean {
  return gridMembers.has(policy);
}

/**
 * The policies that the names ask for; all where there are no names. 'ablation' stands for all parts switched off,
 * 'single' for every model. Throws a RangeError that lists the names where one is unknown.
 */
export function selectPolicies(
  models: readonly string[],
  names: readonly string[] | undefined,
): readonly Contestant[] {
  const all = policiesFor(models);
  if (names === undefined) return all;
  const wanted = names.flatMap((name) => {
    if (name === 'ablation') return ablations.map((variant) => variant.name);
    if (name === 'single') return models.map((model) => `single:${model}`);
    return tuned[name] ?? [name];
  });
  const unknown = wanted.filter((name) => !all.some((policy) => policy.name === name));
  if (unknown.length > 0) {
    const known = [...all.map(({ name }) => name), ...Object.keys(tuned), 'ablation', 'single'].join(', ');
    throw new RangeError(`There is no policy ${unknown.join(', ')}. Policies: ${known}.`);
  }
  return all.filter(({ name }) => wanted.includes(name));
}

/** The results with those of the tuned names added, at each λ, where the whole grid was run. */
export function withTuned(results: readonly Result[]): readonly Result[] {
  const lambdas = [...new Set(results.map(({ lambda }) => lambda))];
  const added = Object.entries(tuned).flatMap(([policy, grid]) =>
    lambdas.flatMap((lambda) => {
      const runs = results.filter((each) => each.lambda === lambda && grid.includes(each.policy));
      if (runs.length < grid.length) return [];
      const best = runs.reduce((a, b) => (b.meanReward > a.meanReward ? b : a));
      return [{ ...best, policy, extra: { ...best.extra, width: widthOf(best.policy) } }];
    }),
  );
  return [...results, ...added];
}

function widthOf(name: string): number {
  return Number(/=([\d.]+)\)$/.exec(name)?.[1]);
}
