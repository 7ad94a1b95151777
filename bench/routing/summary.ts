import type { Cell } from './cell';
import { cellName, isOfRouter, lambdasOf, resultOf } from './cell';
import type { Interval, Pair } from './over-cells';
import { meanOver, ratioOfSums } from './over-cells';
import { isOfGrid } from './policies/catalogue';
import type { PriorsKind } from './priors';
import { nameWith } from './priors';
import { comparedWindows, differencesHeader } from './report';
import type { Result } from './result';
import { perSeedOf } from './result';
import { mean } from './statistics';
import { aligned, bounds, exactPercent, fixed, signed } from './text-table';
import type { WindowName } from './windows';

/** Those that a router has to be level with. */
const peers = ['ucb1-tuned', 'linucb-same-space', 'best-single', 'conduit-before'];

/** Plain text: what the cells say together. */
export function summaryOf(cells: readonly Cell[], priors: readonly PriorsKind[]): string {
  return [meansOver(cells), againstBefore(cells), regretTable(cells), gainTable(cells, priors)]
    .filter((part) => part !== '')
    .join('\n');
}

interface Place {
  readonly cell: Cell;
  readonly lambda: number;
}

function placesOf(cells: readonly Cell[]): readonly Place[] {
  return cells.flatMap((cell) => lambdasOf(cell).map((lambda) => ({ cell, lambda })));
}

/** Places that differ by the corpus alone. */
function groupsOf(cells: readonly Cell[]): readonly (readonly Place[])[] {
  const groups = Map.groupBy(
    placesOf(cells),
    ({ cell, lambda }) => `${String(cell.feedback)} ${String(lambda)}`,
  );
  return [...groups.values()];
}

/** Policies that have a result in every place, in the order of the first. */
function commonPolicies(places: readonly Place[]): readonly string[] {
  const first = places[0]?.cell.results.map(({ policy }) => policy) ?? [];
  return [...new Set(first)].filter((policy) =>
    places.every(({ cell, lambda }) => resultOf(cell, policy, lambda)),
  );
}

function at({ cell, lambda }: Place, policy: string): Result {
  const result = resultOf(cell, policy, lambda);
  if (result === undefined)
    throw new RangeError(`There is no result of ${policy} at ${cellName(cell, lambda)}.`);
  return result;
}

function meansOver(cells: readonly Cell[]): string {
  const blocks = groupsOf(cells).map((places) => {
    const policies = commonPolicies(places).filter((policy) => !isOfGrid(policy));
    const rows = policies.map((policy) => {
      const rewards = comparedWindows.map((window) =>
        mean(places.map((place) => mean(perSeedOf(at(place, policy), window)))),
      );
      return { policy, rewards };
    });
    const best = rows.toSorted((a, b) => (b.rewards[0] ?? 0) - (a.rewards[0] ?? 0));
    const header = differencesHeader('policy');
    const title = `${groupName(places)}: mean reward over ${countOf(places.length, 'corpus', 'corpora')}`;
    return `${title}\n${aligned([header, ...best.map(({ policy, rewards }) => [policy, ...rewards.map((reward) => fixed(reward, 4))])])}`;
  });
  return blocks.join('\n');
}

function againstBefore(cells: readonly Cell[]): string {
  const blocks = groupsOf(cells).flatMap((places) => {
    const policies = commonPolicies(places);
    if (!policies.includes('conduit-before')) return [];
    const rows = policies.filter(isOfRouter).map((policy) => {
      const pairs = places.map((place): Pair => [at(place, policy), at(place, 'conduit-before')]);
      return [policy, ...comparedWindows.map((window) => shown(meanOver(pairs, window)))];
    });
    const title = `${groupName(places)}: mean difference over ${countOf(places.length, 'corpus', 'corpora')} [95 % of draws of the seeds]`;
    return [`${title}\n${aligned([differencesHeader('minus conduit-before'), ...rows])}`];
  });
  return blocks.join('\n');
}

/** How far a policy is below the best of the peers: below 0 where it is above them all. */
export interface Regret {
  readonly policy: string;
  readonly mean: number;
  readonly worst: number;
  /** Where it is worst, and to whom. */
  readonly where: string;
}

/** Of each variant of the router over all cells, the least of the worst regrets first. Empty without peers. */
export function regretsOf(cells: readonly Cell[], window?: WindowName): readonly Regret[] {
  const places = placesOf(cells);
  const policies = commonPolicies(places);
  const known = peers.filter((peer) => policies.includes(peer));
  if (known.length === 0) return [];
  const regrets = policies.filter(isOfRouter).map((policy) => {
    const all = places.flatMap((place) => {
      const own = mean(perSeedOf(at(place, policy), window));
      const best = known
        .map((peer) => ({ peer, reward: mean(perSeedOf(at(place, peer), window)) }))
        .reduce((a, b) => (b.reward > a.reward ? b : a));
      const regret = best.reward - own;
      const where = `${cellName(place.cell, place.lambda)}, to ${best.peer}`;
      return Number.isNaN(regret) ? [] : [{ regret, where }];
    });
    const worst = all.toSorted((a, b) => b.regret - a.regret)[0];
    return {
      policy,
      mean: mean(all.map(({ regret }) => regret)),
      worst: worst?.regret ?? Number.NaN,
      where: worst?.where ?? '',
    };
  });
  return regrets.toSorted((a, b) => a.worst - b.worst);
}

function regretTable(cells: readonly Cell[]): string {
  const blocks = [undefined, '0-250' as const].flatMap((window) => {
    const regrets = regretsOf(cells, window);
    if (regrets.length === 0) return [];
    const rows = regrets.map(({ policy, mean: average, worst, where }) => [
      policy,
      signed(worst),
      signed(average),
      where,
    ]);
    const title = `Regret to the best of ${peers.join(', ')} (those that were run), ${window ?? 'whole pass'}`;
    return [`${title}\n${aligned([['policy', 'worst', 'mean', 'worst at'], ...rows])}`];
  });
  const sets = new Set(cells.flatMap(({ results }) => results.map(({ policy }) => policy)).filter(isSet));
  const tried = sets.size === 0 ? [] : [`${countOf(sets.size, 'setting was', 'settings were')} tried.\n`];
  return [...blocks, ...tried].join('\n');
}

function isSet(policy: string): boolean {
  return policy.startsWith('set:') && !policy.includes('-priors-');
}

/** What the priors of each kind are worth against none, and as a share of what the true means are worth. */
function gainTable(cells: readonly Cell[], priors: readonly PriorsKind[]): string {
  if (!priors.includes('off') || priors.length < 2) return '';
  const named = (base: string, kind: PriorsKind): string => nameWith(base, kind, priors[0]);
  const blocks = [...Map.groupBy(placesOf(cells), ({ cell }) => cell.feedback)].map(([feedback, places]) => {
    const policies = commonPolicies(places);
    const bases = policies.filter((policy) => policy === 'conduit' || isSet(policy));
    const rows = bases.flatMap((base) => {
      const pairsOf = (kind: PriorsKind): readonly Pair[] =>
        places.map((place): Pair => [at(place, named(base, kind)), at(place, named(base, 'off'))]);
      return priors.flatMap((kind) => {
        if (kind === 'off') return [];
        const pairs = pairsOf(kind);
        const gain = comparedWindows.map((window) => shown(meanOver(pairs, window)));
        if (kind === 'true' || !priors.includes('true')) return [[`${base}, ${kind} − off`, ...gain]];
        const shares = comparedWindows.map((window) =>
          shownShare(ratioOfSums(pairs, pairsOf('true'), window)),
        );
        return [
          [`${base}, ${kind} − off`, ...gain],
          ['  of what true means gain', ...shares],
        ];
      });
    });
    const title = `${exactPercent(feedback)} rated, mean over ${countOf(places.length, 'cell', 'cells')}: what priors gain [95 % of draws of the seeds]`;
    return `${title}\n${aligned([differencesHeader('priors'), ...rows])}`;
  });
  return blocks.join('\n');
}

function groupName(places: readonly Place[]): string {
  const [first] = places;
  return first === undefined ? '' : `${exactPercent(first.cell.feedback)} rated, λ = ${String(first.lambda)}`;
}

function countOf(count: number, one: string, several: string): string {
  return `${String(count)} ${count === 1 ? one : several}`;
}

function shown({ value, lower95, upper95 }: Interval): string {
  return bounds(value, lower95, upper95);
}

function shownShare({ value, lower95, upper95 }: Interval): string {
  return Number.isFinite(value) ? `${fixed(value, 2)} [${fixed(lower95, 2)}, ${fixed(upper95, 2)}]` : '–';
}
