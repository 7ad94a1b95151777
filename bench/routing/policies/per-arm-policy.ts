import { drawn } from '../../../src/core/bandit/draw';
import type { Estimate, Lesson, Option, Policy } from '../../../src/core/bandit/policy';
import type { Evidence } from '../../../src/core/terms/evidence';

/** What is kept of one arm: named rows of numbers, so that any policy is saved and read alike. */
export type ArmState = Readonly<Record<string, Float64Array>>;

/** How one kind of policy learns and estimates, an arm at a time. */
export interface Kind<State extends ArmState> {
  readonly name: string;
  /** Numbers in the features. */
  readonly size: number;
  /** An arm that nothing is known of. */
  fresh(): State;
  /** Changes the arm's state by an outcome; `weight` is below 0 where it is taken back. */
  take(state: State, x: Float64Array, evidence: Evidence): void;
  /** Estimates of all arms; an infinite bonus is an arm that must be tried. */
  estimate(states: readonly State[], x: Float64Array): readonly Estimate[];
  /** Probabilities of the options. Default: the first of the best is certain. */
  readonly probabilities?: (estimates: readonly Estimate[], options: readonly Option[]) => readonly number[];
}

/** A policy of this kind, new or from what it was serialised to. Throws a RangeError where that is of another shape. */
export function perArmPolicy<State extends ArmState>(kind: Kind<State>, saved?: string): Policy {
  const { name, size, fresh, take, probabilities = certain } = kind;
  const arms = new Map<string, State>();
  for (const [id, rows] of saved === undefined ? [] : savedRows(saved)) arms.set(id, restored(fresh(), rows));

  function stateOf(id: string): State {
    const known = arms.get(id);
    if (known !== undefined) return known;
    const made = fresh();
    arms.set(id, made);
    return made;
  }

  function explain(options: readonly Option[], x: Float64Array): readonly Estimate[] {
    if (x.length !== size)
      throw new RangeError(`${name} has ${String(size)} features, the prompt ${String(x.length)}.`);
    return kind.estimate(
      options.map(({ id }) => arms.get(id) ?? fresh()),
      x,
    );
  }

  function learn({ arm, x, before, outcome, scale }: Lesson): void {
    if (x.length !== size)
      throw new RangeError(`${name} has ${String(size)} features, the outcome ${String(x.length)}.`);
    if (before) take(stateOf(arm), x, { ...before, weight: -before.weight * scale });
    if (outcome) take(stateOf(arm), x, { ...outcome, weight: outcome.weight * scale });
  }

  function relearn(arm: string, lessons: Iterable<Lesson>): void {
    const state = fresh();
    for (const { x, outcome, scale } of lessons)
      if (outcome) take(state, x, { ...outcome, weight: outcome.weight * scale });
    arms.set(arm, state);
  }

  return {
    name,
    learn,
    relearn,
    explain: ({ options, x }) => explain(options, x),
    choose: ({ options, x }, random) => {
      const estimates = explain(options, x);
      const shares = probabilities(estimates, options);
      const chances = options.map((option, index) => {
        const { quality01, bonus } = estimates[index] ?? { quality01: Number.NaN, bonus: Number.NaN };
        const utility = option.worth(quality01 + bonus);
        return { option, quality01, bonus, utility, probability: shares[index] ?? Number.NaN };
      });
      const chosen = drawn(chances, random);
      const best = Math.max(...chances.map(({ utility }) => utility));
      return { chosen, chances, explored: chosen.utility < best };
    },
    serialise: () => {
      const rows = [...arms].map(([id, state]) => [
        id,
        Object.fromEntries(Object.entries(state).map(([row, values]) => [row, [...values]])),
      ]);
      return JSON.stringify(rows);
    },
  };
}

/** All on the first of the options of the highest utility. */
function certain(estimates: readonly Estimate[], options: readonly Option[]): readonly number[] {
  const utilities = options.map(({ worth }, index) => {
    const { quality01, bonus } = estimates[index] ?? { quality01: Number.NaN, bonus: Number.NaN };
    return worth(quality01 + bonus);
  });
  const best = utilities.indexOf(Math.max(...utilities));
  return utilities.map((_, index) => (index === best ? 1 : 0));
}

type Rows = Readonly<Record<string, readonly number[]>>;

function savedRows(text: string): readonly (readonly [string, Rows])[] {
  return JSON.parse(text) as readonly (readonly [string, Rows])[];
}

function restored<State extends ArmState>(state: State, rows: Rows): State {
  for (const [name, values] of Object.entries(state)) {
    const saved = rows[name] ?? [];
    if (saved.length !== values.length)
      throw new RangeError(
        `The saved ${name} has ${String(saved.length)} numbers, not ${String(values.length)}.`,
      );
    values.set(saved);
  }
  return state;
}
