import type { Decision } from '../terms/decision';
import type { Goals, ReplayedCosts, RunName } from './replayed-costs';

/** Why a decision isn't made again. */
export const replayLeftOuts = [
  /** The router didn't draw: the user's choice, one that was kept, an agent's that went on elsewhere, or learning was paused. */
  'not-drawn',
  /** Its pool, its models or its way of reading prompts are no longer there. */
  'gone',
  /** With the change there is no model for it. */
  'nobody-left',
] as const;
export type ReplayLeftOut = (typeof replayLeftOuts)[number];

/** A model as it stood when it was chosen. */
export interface ChosenModel {
  readonly model: string;
  /** Expected quality 0..1, without what might be. */
  readonly quality01: number;
  /** Undefined: it was never asked by then. */
  readonly latencyMs: number | undefined;
  /** By so many outcomes' worth its quality was learnt here. */
  readonly outcomes: number;
}

/** A decision made again; exploring by chance is left out. */
export interface ChosenAgain {
  /** The model that was chosen; undefined: it is no longer there. */
  readonly was: ChosenModel | undefined;
  readonly asIs: ChosenModel;
  readonly changed: ChosenModel;
}

export function goalsOf({ deploymentId }: Decision, { asIs, changed }: ChosenAgain): Goals {
  return { was: deploymentId, asIs: asIs.model, changed: changed.model };
}

/** One way in which the history went, or might have. */
export interface ReplayedRun {
  /** Requests by model, most first. */
  readonly models: readonly { readonly model: string; readonly requests: number }[];
  /** Requests that go elsewhere than they went. */
  readonly elsewhere: number;
  /**
   * Mean quality 0..1, and mean time in ms, as was expected when it was decided: over the requests of which all runs know it.
   * Undefined: of none.
   */
  readonly quality01: number | undefined;
  readonly latencyMs: number | undefined;
  /** Requests to models of whose quality hardly anything had been told by then. */
  readonly hardlyKnown: number;
}

export interface Replayed {
  /** All decisions of the ledger, and of these the ones that were made again. */
  readonly decisions: number;
  readonly replayed: number;
  readonly leftOut: Readonly<Record<ReplayLeftOut, number>>;
  /** Unix ms of the first and the last one that was made again; undefined: there is none. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  /** Older decisions are no longer in the ledger: what they taught is missing here. */
  readonly dropped: boolean;
  readonly runs: Readonly<Record<RunName, ReplayedRun>>;
  /** Requests that the change alone moves: today's router with it and without. */
  readonly byChange: number;
  /** From whom to whom requests go with the change, most first. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly requests: number }[];
  readonly tasks: readonly ReplayedTask[];
  /** The latest that go elsewhere with the change, latest first. */
  readonly latest: readonly MovedDecision[];
  readonly costs: ReplayedCosts;
}

export interface ReplayedTask {
  readonly task: string;
  readonly requests: number;
  readonly elsewhere: number;
  /** Who most of its requests go to with the change. */
  readonly mostTo: string;
}

export interface MovedDecision {
  readonly id: string;
  readonly atMs: number;
  readonly task: string;
  readonly from: string;
  readonly to: string;
}

const runNames = ['was', 'asIs', 'changed'] as const satisfies readonly RunName[];
/** Below so many outcomes' worth hardly anything was told of a model. */
const hardlyAny = 3;
const mostLatest = 20;

interface RunSums {
  readonly models: Map<string, number>;
  elsewhere: number;
  quality: number;
  latencyMs: number;
  hardlyKnown: number;
}

const noSums = (): RunSums => ({ models: new Map(), elsewhere: 0, quality: 0, latencyMs: 0, hardlyKnown: 0 });

/** Counts decisions that were made again. */
export function createReplayedSums() {
  let [decisions, replayed, byChange, qualities, latencies] = [0, 0, 0, 0, 0];
  const leftOut: Record<ReplayLeftOut, number> = { 'not-drawn': 0, gone: 0, 'nobody-left': 0 };
  const runs = { was: noSums(), asIs: noSums(), changed: noSums() };
  const moves = new Map<string, { from: string; to: string; requests: number }>();
  const tasks = new Map<string, { requests: number; elsewhere: number; to: Map<string, number> }>();
  const latest: MovedDecision[] = [];
  let fromMs: number | undefined;
  let toMs: number | undefined;

  function addRuns(decision: Decision, chosen: ChosenAgain): void {
    const goals = goalsOf(decision, chosen);
    const all = [chosen.was, chosen.asIs, chosen.changed];
    const knowsQuality = all.every((each) => each !== undefined);
    const times = all.map((each) => each?.latencyMs);
    const knowsTimes = times.every((each) => each !== undefined);
    if (knowsQuality) qualities += 1;
    if (knowsTimes) latencies += 1;
    runNames.forEach((name, index) => {
      const run = runs[name];
      const own = all[index];
      addTo(run.models, goals[name]);
      if (goals[name] !== goals.was) run.elsewhere += 1;
      if (knowsQuality) run.quality += own?.quality01 ?? 0;
      if (knowsTimes) run.latencyMs += times[index] ?? 0;
      if (own !== undefined && own.outcomes < hardlyAny) run.hardlyKnown += 1;
    });
    if (goals.asIs !== goals.changed) byChange += 1;
  }

  function addMove({ id, task, deploymentId: from }: Decision, atMs: number, to: string): void {
    const own = tasks.get(task) ?? { requests: 0, elsewhere: 0, to: new Map<string, number>() };
    tasks.set(task, own);
    own.requests += 1;
    addTo(own.to, to);
    if (from === to) return;
    own.elsewhere += 1;
    const key = JSON.stringify([from, to]);
    const move = moves.get(key) ?? { from, to, requests: 0 };
    move.requests += 1;
    moves.set(key, move);
    latest.push({ id, atMs, task, from, to });
    if (latest.length > mostLatest) latest.shift();
  }

  return {
    add: (decision: Decision, atMs: number, chosen: ChosenAgain | ReplayLeftOut): void => {
      decisions += 1;
      if (typeof chosen === 'string') {
        leftOut[chosen] += 1;
        return;
      }
      replayed += 1;
      fromMs ??= atMs;
      toMs = atMs;
      addRuns(decision, chosen);
      addMove(decision, atMs, chosen.changed.model);
    },
    result: ({ costs, dropped }: Pick<Replayed, 'costs' | 'dropped'>): Replayed => {
      const runOf = (name: RunName): ReplayedRun => {
        const { models, elsewhere, quality, latencyMs, hardlyKnown } = runs[name];
        return {
          models: ranked(models).map(([model, requests]) => ({ model, requests })),
          elsewhere,
          quality01: qualities === 0 ? undefined : quality / qualities,
          latencyMs: latencies === 0 ? undefined : latencyMs / latencies,
          hardlyKnown,
        };
      };
      return {
        ...{ decisions, replayed, leftOut: { ...leftOut }, fromMs, toMs, dropped, byChange, costs },
        runs: { was: runOf('was'), asIs: runOf('asIs'), changed: runOf('changed') },
        moves: [...moves.values()].toSorted((a, b) => b.requests - a.requests),
        tasks: Array.from(tasks, ([task, { requests, elsewhere, to }]) => ({
          ...{ task, requests, elsewhere, mostTo: ranked(to)[0]?.[0] ?? '' },
        })).toSorted((a, b) => b.requests - a.requests),
        latest: latest.toReversed(),
      };
    },
  };
}

function addTo(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
