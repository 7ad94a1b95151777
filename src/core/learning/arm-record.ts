import type { Attempt } from '../terms/attempt';
import type { Drift, SavedDrift } from '../bandit/drift';
import { createDrift, readDrift } from '../bandit/drift';
import type { Lesson } from '../bandit/policy';
import type { UcbPolicy } from '../bandit/ucb-policy';
import type { ArmChange, Decision } from '../terms/decision';
import type { SavedSizes, TaskSizes } from './task-sizes';
import { createTaskSizes, readSizes } from './task-sizes';
import { usdOf } from '../terms/receipt';
import type { Sign } from '../reward/signs';
import type { Evidence } from '../terms/evidence';
import { readList, readMap, readNumber, readOptional, readShape } from '../terms/saved';
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
  /** Position among the arm's choices; undefined where it stood in for another, or is sealed. */
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
/** Of the changes from before every pull that isn't sealed: what is older than these counts next to nothing. */
const keptChanges = 64;

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
  /**
   * Lets the outcomes from before `recentFrom`, and all that are sealed, which are those up to decision number `sealedTo`,
   * count by `oldScale` only; does nothing where that was done already.
   */
  applyChange(change: Change, sealedTo: number): void;
  /** What the pull says counts from now on as it is weighed now. */
  seal(pull: Pull): void;
  /** As `observe`, of a pull that is sealed: what it said so far is taken for what it would be weighed now. */
  observeSealed(pull: Pull, signs: readonly Sign[]): void;
  /** Has a pull among its own again that was when `save` was called, with what was counted of it then. */
  adopt(pull: Pull): void;
  save(): SavedArm;
}

type Change = Omit<ArmChange, 'deploymentId'>;

interface AppliedChange extends Change {
  readonly sealedTo: number;
}

export interface SavedArm extends Pick<KnownOfArm, 'pulls' | 'joinedAt' | 'latencyMs'> {
  readonly costs: SavedSizes;
  readonly answers: SavedSizes;
  readonly drift: SavedDrift;
  readonly flights: ReadonlyMap<string, number>;
  readonly changes: readonly AppliedChange[];
  readonly fadedAt: number;
}

export const readArm = readShape<SavedArm>({
  pulls: readNumber,
  joinedAt: readOptional(readNumber),
  latencyMs: readShape<Mean>({ count: readNumber, mean: readNumber }),
  costs: readSizes,
  answers: readSizes,
  drift: readDrift,
  flights: readMap(readNumber),
  changes: readList(
    readShape<AppliedChange>({ recentFrom: readNumber, oldScale: readNumber, sealedTo: readNumber }),
  ),
  fadedAt: readNumber,
});

const nothing: Mean = { count: 0, mean: 0 };
/** Tokens of answer and frame that a request is taken to have beside its prompt, where only its cost is learnt. */
export const usualAnswerTokens = 200;

/** Its quality is learnt by `policy`, the pool's, as of the arm `id`, from signs as `weighing` has them. */
export function createArmRecord(
  id: string,
  policy: UcbPolicy,
  weighing: Weighing,
  saved?: SavedArm,
): ArmRecord {
  const { evidence } = policy;
  const drift = createDrift(saved?.drift);
  const flights = new Map(saved?.flights);
  /** Those that aren't sealed. */
  const observed = new Set<Pull>();
  const changes = [...(saved?.changes ?? [])];
  let settled = weighing.version();
  /** How many decisions the pool had when what is sealed was brought to its age last. */
  let fadedAt = saved?.fadedAt ?? 0;
  const known: { -readonly [Key in keyof KnownOfArm]: KnownOfArm[Key] } = {
    pulls: saved?.pulls ?? 0,
    joinedAt: saved?.joinedAt,
    costs: createTaskSizes(saved?.costs),
    answers: createTaskSizes(saved?.answers),
    latencyMs: saved?.latencyMs ?? nothing,
  };

  function watch({ position, predicted01 }: Pull, outcome: Evidence | undefined, sign: 1 | -1): void {
    if (outcome === undefined || position === undefined || predicted01 === undefined) return;
    drift.add(position, outcome.quality - predicted01, outcome.weight, sign);
  }

  const lastChange = (): number => changes.at(-1)?.recentFrom ?? 0;

  function scaleOf({ order }: Pull): number {
    let scale = 1;
    for (const { recentFrom, sealedTo, oldScale } of changes)
      if (order < recentFrom || order <= sealedTo) scale *= oldScale;
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

  /** Brings what is sealed to its age of now. */
  function fade(): void {
    for (const halfLife of evidence.sealedHalfLives(id)) {
      const age = weighing.ageOf(fadedAt, halfLife);
      if (age !== 1) evidence.fade(id, halfLife, age);
    }
    fadedAt = weighing.decisions();
  }

  return {
    known,
    drift,
    flights,
    joined: (order) => {
      known.joinedAt ??= order;
    },
    chosen: drift.pulled,
    addAttempt: (attempt, { inputTokens, task }, before) => {
      if (before === undefined) known.pulls += 1;
      const now = usedWith(before, attempt);
      const { outcome, receipt } = attempt;
      if (outcome !== 'completed') return now;
      const { usd, outputTokens, latencyMs } = before ?? noUse;
      if (now.usd !== undefined && usdOf(receipt.cost) !== undefined)
        known.costs.amend(task, inputTokens + usualAnswerTokens, usd, now.usd);
      if (now.outputTokens !== undefined && receipt.usage !== undefined)
        known.answers.amend(task, 1, outputTokens, now.outputTokens);
      known.latencyMs = raised(known.latencyMs, latencyMs, receipt.totalMs);
      return now;
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
      fade();
      policy.relearn(id, Array.from(observed, recount));
    },
    changeNow: () => {
      const recentFrom = drift.recentFrom();
      let oldWeight = evidence.sealedWeight(id);
      for (const pull of observed) {
        if (pull.order < recentFrom) oldWeight += (pull.counted?.weight ?? 0) * scaleOf(pull);
      }
      if (oldWeight <= keptAfterChange || recentFrom <= lastChange()) return undefined;
      return { recentFrom, oldScale: keptAfterChange / oldWeight };
    },
    applyChange: ({ recentFrom, oldScale }, sealedTo) => {
      if (recentFrom <= lastChange()) return;
      changes.push({ recentFrom, oldScale, sealedTo });
      while (changes.length > keptChanges && (changes[0]?.recentFrom ?? Infinity) <= sealedTo + 1)
        changes.shift();
      for (const halfLife of evidence.sealedHalfLives(id)) evidence.fade(id, halfLife, oldScale);
      policy.relearn(
        id,
        Array.from(observed, (pull) => lessonOf(pull, pull.counted)),
      );
      drift.restart();
    },
    seal: (pull) => {
      if (!observed.delete(pull)) return;
      fade();
      const lesson = recount(pull);
      policy.learn(lesson);
      if (lesson.outcome === undefined) return;
      evidence.seal({ ...lesson, before: undefined }, halfLifeOf(pull.signs));
    },
    observeSealed: (pull, signs) => {
      fade();
      const [before, halfLife] = [evidenceNow(pull), halfLifeOf(pull.signs)];
      weighing.amend(id, pull.signs, signs);
      pull.signs = signs;
      const outcome = evidenceNow(pull);
      if (areSame(before, outcome)) return;
      const lesson = { ...lessonOf(pull, outcome), before };
      policy.learn(lesson);
      if (before !== undefined) evidence.seal({ ...lesson, outcome: undefined }, halfLife);
      if (outcome !== undefined) evidence.seal({ ...lesson, before: undefined }, halfLifeOf(signs));
    },
    adopt: (pull) => {
      observed.add(pull);
    },
    save: () => ({
      pulls: known.pulls,
      joinedAt: known.joinedAt,
      latencyMs: known.latencyMs,
      costs: known.costs.save(),
      answers: known.answers.save(),
      drift: drift.save(),
      flights: new Map(flights),
      changes: [...changes],
      fadedAt,
    }),
  };
}

/** What a decision used at one arm, with one more of its calls: what that used where it was completed. */
export function usedWith(before: Use = noUse, { outcome, receipt }: Attempt): Use {
  if (outcome !== 'completed') return before;
  return {
    usd: added(before.usd, usdOf(receipt.cost)),
    outputTokens: added(before.outputTokens, receipt.usage?.outputTokens),
    latencyMs: added(before.latencyMs, receipt.totalMs),
  };
}

/** Of what several signs say together, that of the one that stays longest; undefined: something of it never ages. */
function halfLifeOf(signs: readonly Sign[]): number | undefined {
  if (signs.some(({ halfLife }) => halfLife === undefined)) return undefined;
  return signs.length === 0 ? undefined : Math.max(...signs.map(({ halfLife = 0 }) => halfLife));
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
