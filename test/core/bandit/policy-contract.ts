import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice, Estimate, Lesson, Policy, Question } from '../../../src/core/bandit/policy';
import type { Phase } from '../../../src/core/terms/decision';
import { pick, seededRandom } from '../seeded-random';
import { lessonOf, optionWith } from './policy-samples';

/** What the suite has to know of a policy. */
export interface Contract {
  readonly name: string;
  /** A policy for this many features, new or from what it was serialised to. */
  readonly create: (size: number, saved?: string) => Policy;
  /** False for one that forgets by the order of arrival, so that nothing can be taken back. */
  readonly amends: boolean;
  /** True for one that reads the prompt. */
  readonly readsPrompt: boolean;
  /** The phase that it is asked in. Default: the second. */
  readonly phase?: Phase;
}

const size = 5;
const ids = ['a', 'b', 'c'];
const seed = fc.nat(1_000_000);
const runs = { numRuns: 30 };

/** Two kinds of prompt, two numbers of noise, and a bias. */
function promptFrom(kind: number, random: () => number): Float64Array {
  return Float64Array.of(kind === 0 ? 1 : 0, kind === 1 ? 1 : 0, random() - 0.5, random() - 0.5, 1);
}

/** What every policy of the core's contract must hold to, whatever it is made of. */
export function policyContract({ name, create, amends, readsPrompt, phase = 'lin-ucb' }: Contract): void {
  const questionFor = (x: Float64Array, arms = ids): Question => ({
    options: arms.map((id) => optionWith(id)),
    x,
    phase,
  });
  const probe = promptFrom(0, seededRandom(5));

  /** A policy that has lived through `outcomes` outcomes of arms of chance. */
  function lived(history: number, outcomes = 60): Policy {
    const policy = create(size);
    const random = seededRandom(history);
    for (let number = 0; number < outcomes; number += 1) {
      const x = promptFrom(random() < 0.5 ? 0 : 1, random);
      policy.learn(lessonOf(pick(ids, random), x, { quality: random(), weight: 0.1 + 0.9 * random() }));
    }
    return policy;
  }

  /** Choices of 200 prompts, and the mean quality of what was chosen. */
  function play(policy: Policy, good01: (arm: string, kind: number) => number, from: number): number {
    const random = seededRandom(from);
    const pulls = new Map<string, number>();
    let earned = 0;
    const prompts = 200;
    for (let number = 0; number < prompts; number += 1) {
      const kind = random() < 0.5 ? 0 : 1;
      const x = promptFrom(kind, random);
      const options = ids.map((id) => optionWith(id, { pulls: pulls.get(id) ?? 0 }));
      const { id } = policy.choose({ options, x, phase }, random).chosen.option;
      pulls.set(id, (pulls.get(id) ?? 0) + 1);
      earned += good01(id, kind);
      policy.learn(lessonOf(id, x, { quality: random() < good01(id, kind) ? 1 : 0, weight: 1 }));
    }
    return earned / prompts;
  }

  describe(`${name} holds to the contract of a policy`, () => {
    it('chooses one of its options, from probabilities that sum to 1', () => {
      fc.assert(
        fc.property(seed, fc.nat(60), (history, outcomes) => {
          const question = questionFor(probe);
          const { chosen, chances } = lived(history, outcomes).choose(question, seededRandom(history));
          expect(chances.map(({ option }) => option)).toEqual(question.options);
          expect(chances).toContain(chosen);
          expect(chosen.probability).toBeGreaterThan(0);
          for (const { probability } of chances) expect(probability).toBeGreaterThanOrEqual(0);
          expect(chances.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        }),
        runs,
      );
    });

    it('draws as often as its probabilities say', () => {
      const policy = lived(3);
      const random = seededRandom(4);
      const draws = 4_000;
      const counts = new Map<string, number>();
      let choice: Choice | undefined;
      for (let number = 0; number < draws; number += 1) {
        choice = policy.choose(questionFor(probe), random);
        const { id } = choice.chosen.option;
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      for (const { option, probability } of choice?.chances ?? []) {
        const deviation = Math.sqrt((probability * (1 - probability)) / draws);
        const share = (counts.get(option.id) ?? 0) / draws;
        expect(Math.abs(share - probability)).toBeLessThanOrEqual(4.5 * deviation + 1e-9);
      }
    });

    it('replays: the same chance makes the same choice, and choosing changes nothing', () => {
      fc.assert(
        fc.property(seed, (history) => {
          const policy = lived(history);
          const before = policy.serialise();
          const [first, second] = [1, 2].map(() => policy.choose(questionFor(probe), seededRandom(history)));
          expect(second?.chosen.option.id).toBe(first?.chosen.option.id);
          expect(second?.chosen.probability).toBe(first?.chosen.probability);
          policy.explain(questionFor(probe, ['a', 'never met']));
          expect(policy.serialise()).toBe(before);
        }),
        runs,
      );
    });

    it('leaves what it is given as it was', () => {
      const x = promptFrom(1, seededRandom(1));
      const given = [...x];
      const policy = lived(1);
      policy.choose(questionFor(x), seededRandom(1));
      policy.learn(lessonOf('a', x, { quality: 1, weight: 1 }));
      policy.relearn('b', [lessonOf('b', x, { quality: 0, weight: 1 })]);
      expect([...x]).toEqual(given);
    });

    it('explains each option, in their order, and its choice is made of that', () => {
      const policy = lived(2);
      const question = questionFor(probe);
      const { chances } = policy.choose(question, seededRandom(1));
      expect(chances.map(({ quality01, bonus }): Estimate => ({ quality01, bonus }))).toEqual(
        policy.explain(question).map(({ quality01, bonus }): Estimate => ({ quality01, bonus })),
      );
    });

    it('goes on from what it was serialised to', () => {
      fc.assert(
        fc.property(seed, (history) => {
          const policy = lived(history);
          const saved = policy.serialise();
          const again = create(size, saved);
          expect(again.serialise()).toBe(saved);
          expectEqual(again.explain(questionFor(probe)), policy.explain(questionFor(probe)));
          const more = lessonOf('b', probe, { quality: 0.3, weight: 0.7 });
          policy.learn(more);
          again.learn(more);
          expectEqual(again.explain(questionFor(probe)), policy.explain(questionFor(probe)));
        }),
        runs,
      );
    });

    it('keeps what it knows of an arm that is away, and of the others when one joins', () => {
      const policy = lived(6);
      const [a] = policy.explain(questionFor(probe));
      policy.learn(lessonOf('new', probe, { quality: 1, weight: 1 }));
      policy.choose(questionFor(probe, ['b', 'new']), seededRandom(1));
      const known = create(size, policy.serialise()).explain(questionFor(probe));
      expect(known).toHaveLength(ids.length);
      expect(known[0]?.quality01).toBeCloseTo(policy.explain(questionFor(probe))[0]?.quality01 ?? NaN, 9);
      expect(Math.abs((known[0]?.quality01 ?? NaN) - (a?.quality01 ?? NaN))).toBeLessThan(0.2);
    });

    it('learns which arm is the best', () => {
      const means = [1, 2, 3, 4, 5].map((from) =>
        play(create(size), (arm) => (arm === 'b' ? 0.9 : 0.2), from),
      );
      const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
      // Chance earns 0.43.
      expect(mean).toBeGreaterThan(0.6);
    });

    if (readsPrompt) {
      it('learns which arm is the best for which prompt', () => {
        const good01 = (arm: string, kind: number): number =>
          arm === 'c' ? 0.3 : (arm === 'a') === (kind === 0) ? 0.95 : 0.1;
        const means = [1, 2, 3, 4, 5].map((from) => play(create(size), good01, from));
        const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
        // Any one arm earns 0.53 at most.
        expect(mean).toBeGreaterThan(0.6);
      });
    }

    if (amends) {
      it('an outcome that is amended counts as if the first had never been', () => {
        fc.assert(
          fc.property(seed, (history) => {
            const [amended, direct] = [lived(history), lived(history)];
            const [first, last] = [
              { quality: 0.9, weight: 0.4 },
              { quality: 0.1, weight: 1 },
            ];
            amended.learn(lessonOf('a', probe, first));
            amended.learn({ ...lessonOf('a', probe, last), before: first });
            direct.learn(lessonOf('a', probe, last));
            expectEqual(amended.explain(questionFor(probe)), direct.explain(questionFor(probe)));
          }),
          runs,
        );
      });
    }

    it('knows of an arm what it is told to know in the place of all before', () => {
      const lessonsOf = (id: string): readonly Lesson[] =>
        [0, 1, 2, 3].map((number) => {
          const x = promptFrom(number % 2, seededRandom(number));
          return { ...lessonOf(id, x, { quality: number / 3, weight: 1 }), predicted01: undefined };
        });
      const [told, other] = [lived(1), lived(2)];
      for (const policy of [told, other]) for (const id of ids) policy.relearn(id, lessonsOf(id));
      const of = (policy: Policy): readonly number[] =>
        policy.explain(questionFor(probe)).map(({ quality01 }) => quality01);
      of(told).forEach((quality01, index) => expect(quality01).toBeCloseTo(of(other)[index] ?? NaN, 6));
    });

    it('refuses features of another size, and no options at all', () => {
      const policy = create(size);
      const short = new Float64Array(size - 1);
      expect(() => policy.choose(questionFor(short), seededRandom(1))).toThrow(RangeError);
      expect(() => policy.learn(lessonOf('a', short, { quality: 1, weight: 1 }))).toThrow(RangeError);
      expect(() => policy.choose(questionFor(probe, []), seededRandom(1))).toThrow(RangeError);
    });
  });
}

function expectEqual(a: readonly Estimate[], b: readonly Estimate[]): void {
  expect(a).toHaveLength(b.length);
  a.forEach(({ quality01, bonus }, index) => {
    expect(quality01).toBeCloseTo(b[index]?.quality01 ?? NaN, 6);
    if (Number.isFinite(bonus)) expect(bonus).toBeCloseTo(b[index]?.bonus ?? NaN, 6);
    else expect(b[index]?.bonus).toBe(bonus);
  });
}
