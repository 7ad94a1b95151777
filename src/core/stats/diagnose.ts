import { phaseAfter } from '../bandit/hybrid';
import type { PolicySettings } from '../bandit/settings';
import type { Candidate, Decision, Exclusion, ExclusionReason } from '../terms/decision';
import { isFirstTry } from '../terms/decision';
import type { ArmState } from '../learning/learner';
import type { PresetName } from '../terms/preset';
import { presets } from '../terms/preset';
import { fewestTries, isNewcomer } from '../routing/options';
import type { Comparison } from './comparison';
import { compare, otherPresets } from './comparison';
import type { Expectation } from './expectations';
import { expectationsOf, latestSlope } from './expectations';
import type { PoolStats } from './routing-stats';

/** What is known of a pool when its choices are asked about. */
export interface PoolFacts {
  /** The deployments of the pool, by id, in the order of the configuration. */
  readonly deploymentIds: readonly string[];
  /** Undefined: nothing was asked yet. */
  readonly stats: PoolStats | undefined;
  /** Deployments that can't be asked now, whatever the request. */
  readonly unavailable: ReadonlyMap<string, ExclusionReason>;
  readonly arm: (deploymentId: string) => Pick<ArmState, 'pulls' | 'inFlight' | 'joinedAt'>;
  readonly preset: PresetName;
  /** Decisions of the pool in the UCB1 phase, ≥ 0. */
  readonly switchAfter: number;
  readonly settings: Pick<PolicySettings, 'epsilon' | 'trial'>;
  /** Of the last decisions, those whose answer came from another model than was chosen. */
  readonly stoodIn: number;
}

/** How often something was so among the last decisions. */
interface Count {
  readonly count: number;
  readonly of: number;
}

/** One thing that explains a pool's choices. A closed set; what shows it ends in an exhaustive check. */
export type Finding =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'only-one-in-pool'; readonly model: string }
  | { readonly kind: 'none-available'; readonly left: readonly Exclusion[] }
  | { readonly kind: 'only-one-available'; readonly model: string; readonly left: readonly Exclusion[] }
  /** The last request left no choice, though others could be asked. */
  | { readonly kind: 'only-one-fits'; readonly model: string; readonly left: readonly Exclusion[] }
  /** How often each was chosen lately, most often first. `one`: a single model nearly always. */
  | {
      readonly kind: 'shares';
      readonly one: boolean;
      readonly of: number;
      readonly shares: readonly { readonly model: string; readonly count: number }[];
    }
  | { readonly kind: 'nothing-rated'; readonly because: Comparison['because'] }
  /** Why the best is the best, for the last request. */
  | ({ readonly kind: 'leads'; readonly ratings: ReadonlyMap<string, number> } & Comparison)
  | {
      readonly kind: 'other-presets';
      readonly preset: PresetName;
      readonly choices: readonly { readonly preset: PresetName; readonly model: string }[];
    }
  | ({ readonly kind: 'repeats' } & Count)
  /** Conversations that stayed with a model for what its prompt cache holds of them. */
  | ({ readonly kind: 'sticky' } & Count)
  | ({ readonly kind: 'left-out' } & Exclusion & Count)
  | { readonly kind: 'ucb1'; readonly asked: number; readonly switchAfter: number }
  /** One that was never asked, and what keeps it behind; without a comparison: it leads, or the last request left it out. */
  | { readonly kind: 'untried'; readonly model: string; readonly comparison: Comparison | undefined }
  /** Others that were never asked, beside those that are explained. */
  | { readonly kind: 'also-untried'; readonly models: readonly string[] }
  /** How far public figures hold in the pool. */
  | { readonly kind: 'belief'; readonly slope: number }
  /** What was expected of a model beforehand, from what, and what is learnt of it. */
  | ({ readonly kind: 'expected' } & Expectation)
  | {
      readonly kind: 'newcomer';
      readonly model: string;
      readonly tries: number;
      readonly ofTries: number;
      readonly share01: number;
    }
  | ({ readonly kind: 'drawn'; readonly epsilon01: number } & Count)
  /** In LinUCB the prompt decides: the model that each kind of task mostly went to. */
  | { readonly kind: 'by-task'; readonly tasks: readonly TaskChoice[] }
  | ({ readonly kind: 'close' } & Pick<Comparison, 'leader' | 'rival'>)
  | ({ readonly kind: 'stood-in' } & Count)
  | { readonly kind: 'changed'; readonly models: readonly string[] };

export interface TaskChoice extends Count {
  readonly task: string;
  readonly model: string;
}

/** The answers to three questions, most telling finding first. */
export interface Diagnosis {
  /** "Why is it always the same model?" */
  readonly alwaysSame: readonly Finding[];
  /** "Why does it seem random?" */
  readonly seemsRandom: readonly Finding[];
  /** "What was known of the models?" Empty where decisions kept no such thing. */
  readonly beforehand: readonly Finding[];
}

/** Chosen this often, a model counts as the same one always. */
const nearlyAlways01 = 0.9;
/** A kind of task that came less often shows nothing. */
const fewestOfTask = 3;
const mostTasks = 5;

/** Explains a pool's choices from its state. Pure: the same facts, the same findings. */
export function diagnose(facts: PoolFacts): Diagnosis {
  const forced = noChoice(facts);
  const latest = facts.stats?.latest ?? [];
  const last = latest.at(-1);
  if (last === undefined) {
    const findings: readonly Finding[] = [...forced, { kind: 'nothing-asked' }];
    return { alwaysSame: findings, seemsRandom: findings, beforehand: [] };
  }
  const leftOut = exclusionsIn(latest);
  const beforehand = whatWasExpected(facts, latest);
  if (forced.length > 0) {
    const findings = [...forced, sharesOf(latest)];
    return { alwaysSame: findings, seemsRandom: [...findings, ...leftOut], beforehand };
  }
  return {
    alwaysSame: [sharesOf(latest), ...whyTheLeader(facts, last), ...keptIn(latest), ...leftOut],
    seemsRandom: [sharesOf(latest), ...whyItVaries(facts, latest, last), ...leftOut],
    beforehand,
  };
}

function noChoice({ deploymentIds, unavailable }: PoolFacts): readonly Finding[] {
  const available = deploymentIds.filter((id) => !unavailable.has(id));
  const left = [...unavailable].map(([deploymentId, reason]) => ({ deploymentId, reason }));
  const [model] = available;
  if (model === undefined) return [{ kind: 'none-available', left }];
  if (deploymentIds.length === 1) return [{ kind: 'only-one-in-pool', model }];
  return available.length === 1 ? [{ kind: 'only-one-available', model, left }] : [];
}

function sharesOf(latest: readonly Decision[]): Finding {
  const counts = countBy(latest, ({ deploymentId }) => deploymentId);
  const shares = [...counts]
    .map(([model, count]) => ({ model, count }))
    .toSorted((a, b) => b.count - a.count);
  const of = latest.length;
  return { kind: 'shares', one: (shares[0]?.count ?? 0) >= nearlyAlways01 * of, of, shares };
}

function whyTheLeader(facts: PoolFacts, last: Decision): readonly Finding[] {
  const { stats, preset } = facts;
  const { candidates, excluded } = last;
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1)
    return [{ kind: 'only-one-fits', model: only.deploymentId, left: excluded }];
  const comparison = comparable(candidates) ? compare(candidates, preset) : undefined;
  const untried = untriedIn(facts, candidates);
  if (comparison === undefined) return untried;
  const models = stats?.models ?? [];
  const ratings = new Map(
    models.map(({ deploymentId, thumbsUp, thumbsDown }) => [deploymentId, thumbsUp + thumbsDown]),
  );
  const unrated = models.every(({ quality01 }) => quality01 === undefined);
  const choices = otherPresets(candidates, preset);
  return [
    ...(unrated ? [{ kind: 'nothing-rated', because: comparison.because } as const] : []),
    { kind: 'leads', ratings, ...comparison },
    ...(choices.length > 0 ? [{ kind: 'other-presets', preset, choices } as const] : []),
    ...untried,
  ];
}

function whyItVaries(facts: PoolFacts, latest: readonly Decision[], last: Decision): readonly Finding[] {
  const { stats, switchAfter, settings, preset, stoodIn } = facts;
  const asked = stats?.decisions ?? 0;
  const phase = phaseAfter(asked, switchAfter);
  const changed = [
    ...new Set(latest.flatMap(({ changes }) => changes.map(({ deploymentId }) => deploymentId))),
  ];
  const drawn = latest.filter(({ explored }) => explored).length;
  const of = latest.length;
  return [
    ...(phase === 'ucb1' ? [{ kind: 'ucb1', asked, switchAfter } as const] : tasksIn(latest)),
    ...(phase === 'ucb1' ? [] : newcomers(facts)),
    ...closeOnes(last.candidates, preset),
    ...(stoodIn > 0 ? [{ kind: 'stood-in', count: stoodIn, of } as const] : []),
    ...(changed.length > 0 ? [{ kind: 'changed', models: changed } as const] : []),
    { kind: 'drawn', count: drawn, of, epsilon01: settings.epsilon },
  ];
}

function newcomers({ deploymentIds, arm, switchAfter, settings }: PoolFacts): readonly Finding[] {
  return deploymentIds.flatMap((model): readonly Finding[] => {
    const state = arm(model);
    if (!isNewcomer(state, switchAfter)) return [];
    const tries = state.pulls + state.inFlight;
    return [{ kind: 'newcomer', model, tries, ofTries: fewestTries, share01: settings.trial }];
  });
}

/** Two whose difference is within what isn't known of the first. */
function closeOnes(candidates: readonly Candidate[], preset: PresetName): readonly Finding[] {
  const comparison = comparable(candidates) ? compare(candidates, preset) : undefined;
  if (comparison === undefined) return [];
  const { leader, rival } = comparison;
  // As the draw has it: the second reaches what the first is worth at least.
  const unsure = 2 * presets[preset].quality * leader.bonus;
  if (leader.utility - rival.utility > unsure) return [];
  return [{ kind: 'close', leader, rival }];
}

function tasksIn(latest: readonly Decision[]): readonly Finding[] {
  const byTask = Map.groupBy(latest, ({ task }) => task);
  const tasks = [...byTask].flatMap(([task, decisions]): readonly TaskChoice[] => {
    const [most] = [...countBy(decisions, ({ deploymentId }) => deploymentId)].toSorted(
      (a, b) => b[1] - a[1],
    );
    const of = decisions.length;
    return most === undefined || of < fewestOfTask ? [] : [{ task, model: most[0], count: most[1], of }];
  });
  const shown = tasks.toSorted((a, b) => b.of - a.of).slice(0, mostTasks);
  return [{ kind: 'by-task', tasks: shown }];
}

function keptIn(latest: readonly Decision[]): readonly Finding[] {
  const of = latest.length;
  const repeats = latest.filter((decision) => decision.repeats !== undefined).length;
  const sticky = latest.filter(({ stickyInsteadOf }) => stickyInsteadOf !== undefined).length;
  return [
    ...(repeats === 0 ? [] : [{ kind: 'repeats', count: repeats, of } as const]),
    ...(sticky === 0 ? [] : [{ kind: 'sticky', count: sticky, of } as const]),
  ];
}

/** What was left out lately, each model with its reason; a model that was always there isn't named. */
function exclusionsIn(latest: readonly Decision[]): readonly Finding[] {
  const all = latest.flatMap(({ excluded }) => excluded);
  const groups = Map.groupBy(all, ({ deploymentId, reason }) => `${reason} ${deploymentId}`);
  return [...groups.values()].flatMap((group): readonly Finding[] => {
    const [first] = group;
    return first === undefined
      ? []
      : [{ kind: 'left-out', ...first, count: group.length, of: latest.length }];
  });
}

/** Scores of earlier versions aren't, where a model was chosen because it had never been. */
function comparable(candidates: readonly Candidate[]): boolean {
  return !candidates.some(isFirstTry);
}

/** Nobody reads why each of forty wasn't asked. */
const mostUntried = 3;

/** Models that were never asked: figures, the user's word or prices keep them behind. */
function untriedIn(
  { deploymentIds, unavailable, arm, preset }: PoolFacts,
  candidates: readonly Candidate[],
): readonly Finding[] {
  const models = deploymentIds.filter((id) => {
    const { pulls, inFlight } = arm(id);
    return !unavailable.has(id) && pulls + inFlight === 0;
  });
  const others = models.slice(mostUntried);
  return [
    ...models.slice(0, mostUntried).map((model) => {
      const comparison = comparable(candidates) ? compare(candidates, preset, model) : undefined;
      return { kind: 'untried', model, comparison } as const;
    }),
    ...(others.length > 0 ? [{ kind: 'also-untried', models: others } as const] : []),
  ];
}

function whatWasExpected(
  { deploymentIds, stats }: PoolFacts,
  latest: readonly Decision[],
): readonly Finding[] {
  const slope = latestSlope(latest);
  return [
    ...(slope === undefined ? [] : [{ kind: 'belief', slope } as const]),
    ...expectationsOf(deploymentIds, latest, stats?.models ?? []).map(
      (expectation) => ({ kind: 'expected', ...expectation }) as const,
    ),
  ];
}

function countBy<T>(values: readonly T[], nameOf: (value: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(nameOf(value), (counts.get(nameOf(value)) ?? 0) + 1);
  return counts;
}
