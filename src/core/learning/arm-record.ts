import type { Attempt } from '../terms/attempt';
import type { Drift } from '../bandit/drift';
import { createDrift } from '../bandit/drift';
import type { Lesson, Policy } from '../bandit/policy';
import type { ArmChange, Decision } from '../terms/decision';
import type { TaskSizes } from './task-sizes';
import { createTaskSizes } from './task-sizes';
import { usdOf } from '../terms/receipt';
import type { Sign } from '../reward/signs';
import type { Evidence } from '../terms/evidence';
import type { Weighing } from './weighing';

/** A mean that is updated as values come. */
export interface Mean {
  readonly count: number;
  readonly mean: number;
}

/** What one decision says of one arm, and what was counted of it so far. */
export interface Pull {
  readonly features: Float64Array;
  /** What the decision expected of this arm's quality, 0..1; undefined: it wasn't a candidate. */
  readonly predicted01: number | undefined;
  /** Number of the decision in its pool. */
  readonly order: number;
  /** Position among the arm's choices; undefined where it stood in for another. */
  readonly position: number | undefined;
  /** What became of it says this. */
  signs: readonly Sign[];
  counted: Evidence | undefined;
}

/** What the completed calls of one decision used at one arm, summed; undefined: nothing is known. */
export interface Use {
  readonly usd: number | undefined;
  readonly outputTokens: number | undefined;
  readonly latencyMs: number | undefined;
}

const noUse: Use = { usd: undefined, outputTokens: undefined, latencyMs: undefined };

/** Old evidence keeps the weight of this many outcomes after a change. */
const keptAfterChange = 8;

/** What outcomes have shown of one arm. */
export interface KnownOfArm {
  /** Decisions that were answered, or failed to be: a tool loop's many calls are one. */
  readonly pulls: number;
  /** Number of the first decision of its pool that could choose it; undefined: none could. */
  readonly joinedAt: number | undefined;
  /** USD of a decision's completed calls whose cost is known, by the tokens of what was asked. */
  readonly costs: TaskSizes;
  /** Tokens of the answers of a decision's completed calls, by decision. */
  readonly answers: TaskSizes;
  /** Total time of a decision's completed calls, in ms. */
  readonly latencyMs: Mean;
}

/** Everything learnt of one arm of a pool, as it is built. */
export interface ArmRecord {
  readonly known: KnownOfArm;
  readonly drift: Drift;
  /** Decisions in flight, with the time they were made, in Unix ms. */
  readonly flights: Map<string, number>;
  /** Decision number `order` could choose this arm. */
  joined(order: number): void;
  /** Decision number `order` chose this arm. Returns the position of the pull among its choices. */
  chosen(order: number): number;
  /** `before` is what earlier calls of the same decision used here; undefined: this is the first. Returns the sum. */
  addAttempt(attempt: Attempt, asked: Pick<Decision, 'inputTokens' | 'task'>, before: Use | undefined): Use;
  /** Puts `signs` in the place of what the pull said so far. */
  observe(pull: Pull, signs: readonly Sign[]): void;
  /** Counts earlier pulls anew, where what they say weighs otherwise by now. */
  settle(): void;
  /** What a change noticed now would do; undefined: nothing, for there is hardly anything older. */
  changeNow(): Change | undefined;
  /** Lets the outcomes from before `recentFrom` count by `oldScale` only; does nothing where that was done already. */
  applyChange(change: Change): void;
}

type Change = Omit<ArmChange, 'deploymentId'>;

const nothing: Mean = { count: 0, mean: 0 };
/** Tokens of answer and frame that a request is taken to have beside its prompt, where only its cost is learnt. */
export const usualAnswerTokens = 200;

/** Its quality is learnt by `policy`, the pool's, as of the arm `id`, from signs as `weighing` has them. */
export function createArmRecord(id: string, policy: Policy, weighing: Weighing): ArmRecord {
  const drift = createDrift();
  const flights = new Map<string, number>();
  const observed = new Set<Pull>();
  const changes: Change[] = [];
  let settled = weighing.version();
  const known: { -readonly [Key in keyof KnownOfArm]: KnownOfArm[Key] } = {
    pulls: 0,
    joinedAt: undefined,
    costs: createTaskSizes(),
    answers: createTaskSizes(),
    latencyMs: nothing,
  };

  function watch({ position, predicted01 }: Pull, outcome: Evidence | undefined, sign: 1 | -1): void {
    if (outcome === undefined || position === undefined || predicted01 === undefined) return;
    drift.add(position, outcome.quality - predicted01, outcome.weight, sign);
  }

  const lastChange = (): number => changes.at(-1)?.recentFrom ?? 0;

  function scaleOf({ order }: Pull): number {
    let scale = 1;
    for (const { recentFrom, oldScale } of changes) if (order < recentFrom) scale *= oldScale;
    return scale;
  }

  /** What a pull teaches, with `outcome` in the place of what was counted of it. */
  function lessonOf(pull: Pull, outcome: Evidence | undefined): Lesson {
    const { features: x, predicted01, counted: before } = pull;
    return { arm: id, x, predicted01, before, outcome, scale: scaleOf(pull) };
  }

  function evidenceNow({ signs, order }: Pull): Evidence | undefined {
    return weighing.evidenceOf(id, signs, order);
  }

  function recount(pull: Pull): Lesson {
    const lesson = lessonOf(pull, evidenceNow(pull));
    watch(pull, lesson.before, -1);
    watch(pull, lesson.outcome, 1);
    pull.counted = lesson.outcome;
    return lesson;
  }

  return {
    known,
    drift,
    flights,
    joined: (order) => {
      known.joinedAt ??= order;
    },
    chosen: drift.pulled,
    addAttempt: ({ outcome, receipt }, { inputTokens, task }, before) => {
      if (before === undefined) known.pulls += 1;
      const { usd: usdBefore, outputTokens, latencyMs } = before ?? noUse;
      if (outcome !== 'completed') return before ?? noUse;
      const usd = usdOf(receipt.cost);
      if (usd !== undefined) {
        known.costs.amend(task, inputTokens + usualAnswerTokens, usdBefore, usd + (usdBefore ?? 0));
      }
      const written = receipt.usage?.outputTokens;
      if (written !== undefined) known.answers.amend(task, 1, outputTokens, written + (outputTokens ?? 0));
      known.latencyMs = raised(known.latencyMs, latencyMs, receipt.totalMs);
      return {
        usd: added(usdBefore, usd),
        outputTokens: added(outputTokens, written),
        latencyMs: added(latencyMs, receipt.totalMs),
      };
    },
    observe: (pull, signs) => {
      weighing.amend(id, pull.signs, signs);
      pull.signs = signs;
      // Also where it counts nothing now: a judge that isn't trusted yet may be later.
      observed.add(pull);
      if (areSame(pull.counted, evidenceNow(pull))) return;
      policy.learn(recount(pull));
    },
    settle: () => {
      const now = weighing.version();
      if (now === settled) return;
      settled = now;
      if (!weighing.isRelative(id)) return;
      policy.relearn(id, Array.from(observed, recount));
    },
    changeNow: () => {
      const recentFrom = drift.recentFrom();
      let oldWeight = 0;
      for (const pull of observed) {
        if (pull.order < recentFrom) oldWeight += (pull.counted?.weight ?? 0) * scaleOf(pull);
      }
      if (oldWeight <= keptAfterChange || recentFrom <= lastChange()) return undefined;
      return { recentFrom, oldScale: keptAfterChange / oldWeight };
    },
    applyChange: (change) => {
      if (change.recentFrom <= lastChange()) return;
      changes.push(change);
      policy.relearn(
        id,
        Array.from(observed, (pull) => lessonOf(pull, pull.counted)),
      );
      drift.restart();
    },
  };
}

/** With one more value; or with `more` added to a value that is in it already, `before`. */
function raised({ count, mean }: Mean, before: number | undefined, more: number): Mean {
  if (before !== undefined) return { count, mean: mean + more / count };
  return { count: count + 1, mean: mean + (more - mean) / (count + 1) };
}

function added(sum: number | undefined, more: number | undefined): number | undefined {
  return more === undefined ? sum : (sum ?? 0) + more;
}

function areSame(one: Evidence | undefined, other: Evidence | undefined): boolean {
  return one?.quality === other?.quality && one?.weight === other?.weight;
}
