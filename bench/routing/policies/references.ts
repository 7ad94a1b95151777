import { meanRewards } from '../reward';
import { mean } from '../statistics';
import type { Contestant, Hindsight, PassContext, Step, Walk } from './contestant';

/** What policies are compared to, and what learns nothing: chance, one model alone, and what only hindsight can tell. */
export function references(models: readonly string[]): readonly Contestant[] {
  return [
    {
      name: 'random',
      start: ({ corpus, random }) => walk(() => Math.floor(random() * corpus.models.length)),
    },
    {
      name: 'cheapest',
      start: ({ corpus }) => {
        const costs = corpus.models.map((_, arm) =>
          mean(corpus.rows.map(({ costUsd }) => costUsd[arm] ?? 0)),
        );
        const arm = costs.indexOf(Math.min(...costs));
        return walk(() => arm);
      },
    },
    ...models.map((model, arm): Contestant => ({ name: `single:${model}`, start: () => walk(() => arm) })),
    {
      name: 'best-single',
      start: ({ corpus }, { rewardOf }) => {
        const arm = bestArm(meanRewards(corpus.models, corpus.rows, rewardOf));
        return walk(() => arm);
      },
    },
    {
      name: 'best-per-domain',
      start: ({ corpus }, hindsight) => {
        const domains = Map.groupBy(corpus.rows, ({ domain }) => domain);
        const best = new Map(
          [...domains].map(([domain, rows]) => {
            return [domain, bestArm(meanRewards(corpus.models, rows, hindsight.rewardOf))] as const;
          }),
        );
        return walk((step) => best.get(hindsight.rowOf(step).domain) ?? 0);
      },
    },
    { name: 'oracle', start: oracle },
  ];
}

function oracle({ corpus }: PassContext, { rewardOf, rowOf }: Hindsight): Walk {
  return walk((step) => bestArm(corpus.models.map((_, arm) => rewardOf(rowOf(step), arm))));
}

function walk(choose: (step: Step) => number): Walk {
  return { choose, learn: () => undefined };
}

function bestArm(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}
