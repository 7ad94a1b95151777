import { describe, expect, test } from 'vitest';
import { answerBook } from '../../../bench/signals/answers';
import type { DeveloperSettings } from '../../../bench/signals/developer';
import { simulatedDeveloper, tellingsOf } from '../../../bench/signals/developer';
import { usualSignals } from '../../../bench/signals/implicit-signals';
import type { Scenario } from '../../../bench/signals/scenario';
import { mainScenarios, nameOf, scenariosOf, tableOf } from '../../../bench/signals/scenario';
import { conduitRouter } from '../../../bench/routing/policies/conduit';
import { describeCorpus } from '../../../bench/routing/prompt-features';
import { orderOf, replay } from '../../../bench/routing/replay';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import { smallCorpus } from '../small-corpus';
import { allAnswers, variedCorpus } from './varied-corpus';

const settings: DeveloperSettings = {
  signals: usualSignals,
  nonResponse: 0.5,
  undo01: 0.2,
  latest: 50,
  judge: { agreement01: 0.75, lengthBias: 0.1, rate01: 0.1 },
};
const everything: Scenario = { thumbs01: 0.2, column: 'pessimistic', judge: true };

describe('what an answer is told by', () => {
  const { book, answers } = allAnswers(variedCorpus(500), [1]);
  const told = answers.map(tellingsOf(everything, book, settings, 1));

  test('comes after 1 to so many further decisions, and a slip is taken back after it was made', () => {
    const thumbs = told.map((tellings) => tellings.filter(({ signal }) => signal.kind === 'rating'));
    const others = told.flatMap((tellings) => tellings.filter(({ signal }) => signal.kind !== 'rating'));
    const delays = others.map(({ after }) => after);
    expect(new Set(delays)).toEqual(new Set(Array.from({ length: 50 }, (_, index) => index + 1)));
    const undone = thumbs.filter((own) => own.length > 1);
    expect(undone.length).toBeGreaterThan(10);
    for (const own of undone) {
      expect(own.map(({ signal }) => signal.kind === 'rating' && signal.thumb)).toEqual([
        expect.stringMatching(/^(?:up|down)$/),
        undefined,
      ]);
      expect(own[1]!.after).toBeGreaterThan(own[0]!.after);
      expect(own[1]!.after).toBeLessThanOrEqual(100);
    }
  });

  test('is only what the scenario has', () => {
    const kindsIn = (scenario: Scenario) =>
      new Set(answers.flatMap(tellingsOf(scenario, book, settings, 1)).map(({ signal }) => signal.kind));
    expect(kindsIn({ thumbs01: 0.2 })).toEqual(new Set(['rating']));
    expect(kindsIn({ thumbs01: 0, column: 'hopeful' })).toEqual(
      new Set(['copied', 'taken', 'next-turn', 'regenerated', 'loop']),
    );
    expect(kindsIn({ thumbs01: 0, column: 'hopeful', only: 'copied' })).toEqual(new Set(['copied']));
    expect(kindsIn({ thumbs01: 0, judge: true })).toEqual(new Set(['judged']));
  });

  test('is its quality, where all are scored', () => {
    const scored = answers.map(tellingsOf({ scored: true, thumbs01: 0 }, book, settings, 1));
    expect(scored.map((tellings) => tellings.map(({ signal }) => signal))).toEqual(
      answers.map(({ quality01 }) => [{ kind: 'scored', quality01 }]),
    );
  });
});

describe('a developer', () => {
  const corpus = smallCorpus(300);
  const book = answerBook(corpus);
  const features = describeCorpus(corpus, 'formats', { own: undefined, others: undefined }, []);

  test('tells of each answer when it is due, once, and of none before it is there', () => {
    const developer = simulatedDeveloper(everything, book, settings, 4);
    const tell = tellingsOf(everything, book, settings, 4);
    const { answers } = allAnswers(corpus, [4]);
    const told = corpus.rows.flatMap((_, row) =>
      developer
        .after({ number: row, row, prompt: features.prompts[row]! }, 1, { quality01: 1, costUsd: 0 })
        .map(({ step, arm, signal }) => ({ at: row, step, arm, signal })),
    );
    const expected = corpus.rows.flatMap((_, row) =>
      tell(answers[row * corpus.models.length + 1]!).map(({ signal, after }) => ({
        at: row + after,
        step: row,
        arm: 1,
        signal,
      })),
    );
    const sorted = (all: typeof told) => all.map((each) => JSON.stringify(each)).toSorted();
    expect(told.length).toBeGreaterThan(100);
    expect(sorted(told)).toEqual(sorted(expected.filter(({ at }) => at < corpus.rows.length)));
  });

  const armsOf = (scenario: Scenario, seed: number): readonly number[] => {
    const router = conduitRouter({
      name: 'told',
      developer: () => simulatedDeveloper(scenario, book, settings, seed),
    });
    const order = orderOf(corpus, seed);
    return [...replay(router, seed, { corpus, features, lambda: 0, delay: 0, feedback: 1, order }).arms];
  };

  test('does the same again with the same seed, and the router by it', () => {
    expect(armsOf(everything, 2)).toEqual(armsOf(everything, 2));
    expect(armsOf(everything, 3)).not.toEqual(armsOf(everything, 2));
  });

  test('is all that the router learns from', () => {
    const silent = armsOf({ thumbs01: 0 }, 2);
    const scored = armsOf({ scored: true, thumbs01: 0 }, 2);
    const right = (arms: readonly number[]) =>
      arms.filter((arm, step) => corpus.rows[orderOf(corpus, 2)[step]!]!.quality01[arm] === 1).length;
    expect(right(scored)).toBeGreaterThan(right(silent) + 20);
  });
});

describe('scenarios', () => {
  const options = {
    thumbs: [0.05],
    signals: usualSignals,
    against: false,
    each: false,
    weights: [],
    scales: [],
  };

  test('have names of their own', () => {
    const all = scenariosOf(
      { ...options, thumbs: [0.05, 0.2], against: true, each: true, weights: [0.1, 0.3], scales: [2] },
      shippedSignals,
    ).map(nameOf);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(
      expect.arrayContaining([
        'all scored',
        'thumbs 5 %',
        'thumbs 20 %, pessimistic, judge',
        'hopeful, judge',
        'thumbs 5 %, pessimistic; copied against',
        'thumbs 5 %, pessimistic, judge; judged against',
        'thumbs 5 %, copied (pessimistic); weight 0.1',
        'thumbs 5 %, judge; weight 0.3',
        'thumbs 5 %, pessimistic, judge; all weights 0.1',
        'pessimistic, judge; weights × 2',
      ]),
    );
  });

  test('change the weights that they are about, and no other row', () => {
    const [scaled] = scenariosOf({ ...options, signals: ['copied'], scales: [4] }, shippedSignals).slice(-2);
    const table = tableOf(scaled!, shippedSignals);
    const { weight, quality01 } = shippedSignals.copied;
    // Four times the weight is twice the difference of rates, and so twice as far from one half.
    expect(table.copied.weight).toBeCloseTo(4 * weight, 12);
    expect(table.copied.quality01 - 0.5).toBeCloseTo(2 * (quality01 - 0.5), 12);
    expect(table.judged.weight).toBe(Math.min(1, 4 * shippedSignals.judged.weight));
    expect({ ...table, copied: 0, judged: 0 }).toEqual({ ...shippedSignals, copied: 0, judged: 0 });
    expect(tableOf({ thumbs01: 0 }, shippedSignals)).toEqual(shippedSignals);
    expect(mainScenarios(0.05)[0]).toEqual({ thumbs01: 0.05 });
  });
});
