import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../bench/signals/answers';
import type { Column, ImplicitSignal } from '../../../bench/signals/implicit-signals';
import {
  columns,
  implicitSignals,
  noticing,
  signalsNamed,
  turnedRound,
  usualSignals,
} from '../../../bench/signals/implicit-signals';
import { judging, sampling } from '../../../bench/signals/judge';
import { rating } from '../../../bench/signals/thumbs';
import type { SurfaceSignal } from '../../../src/core/terms/observation';
import { mean } from '../../../bench/routing/statistics';
import { allAnswers, shareOf, variedCorpus } from './varied-corpus';

// 36,000 answers: bounds below are about six standard deviations wide, so that a right simulator never misses them.
const corpus = variedCorpus(3_000);
const seeds = [1, 2, 3];
const { book, answers } = allAnswers(corpus, seeds);
const good = answers.filter((answer) => answer.good);
const bad = answers.filter((answer) => !answer.good);

const formsOf = ({ forms }: ImplicitSignal): readonly SurfaceSignal[] => Object.values(forms);
const isOf = (kind: ImplicitSignal) => (signal: SurfaceSignal) => formsOf(kind).includes(signal);

/** What is noticed of each answer, found out once. */
function noticed(
  kinds: readonly ImplicitSignal[],
  column: Column,
): (answer: Answer) => readonly SurfaceSignal[] {
  const notice = noticing(kinds, column, book.good01);
  const known = new Map<Answer, readonly SurfaceSignal[]>();
  return (answer) => {
    const found = known.get(answer) ?? notice(answer);
    known.set(answer, found);
    return found;
  };
}

/** Share of the answers that the signal is noticed of. */
function rateOf(
  kind: ImplicitSignal,
  of: readonly Answer[],
  notice: (answer: Answer) => readonly SurfaceSignal[],
): number {
  return shareOf(of, (answer) => notice(answer).some(isOf(kind)));
}

describe('an answer', () => {
  test('is good with its quality as the chance', () => {
    const middling = answers.filter(({ quality01 }) => quality01 > 0.45 && quality01 < 0.55);
    expect(Math.abs(shareOf(middling, (answer) => answer.good) - 0.5)).toBeLessThan(0.07);
    expect(Math.abs(shareOf(answers, (answer) => answer.good) - book.good01)).toBeLessThan(0.015);
  });

  test('is as long as any on average, and longer where it is dearer than the same model’s others', () => {
    expect(mean(answers.map(({ length01 }) => length01))).toBeCloseTo(0.5, 3);
    const byPass = answers.slice(0, corpus.rows.length * 4).filter(({ arm }) => arm === 2);
    const dear = byPass.filter((_, row) => (corpus.rows[row]?.costUsd[2] ?? 0) > 0.005);
    const cheap = byPass.filter((_, row) => (corpus.rows[row]?.costUsd[2] ?? 0) <= 0.005);
    const lengths = (of: readonly Answer[]) => of.map(({ length01 }) => length01);
    expect(Math.min(...lengths(dear))).toBeGreaterThan(Math.max(...lengths(cheap)) - 1e-9);
  });
});

describe.each(Object.entries(columns))('implicit signals of the %s column', (_name, column: Column) => {
  const kinds = signalsNamed(usualSignals);
  const notice = noticed(kinds, column);

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s: as often, and as right, as stated',
    (_, kind) => {
      expect(Math.abs(rateOf(kind, answers, notice) - column.rate01)).toBeLessThan(0.013);
      const oddsOf = (1 + column.difference) / (1 - column.difference);
      const says = (of: readonly Answer[], form: SurfaceSignal | undefined) =>
        shareOf(of, (answer) => form !== undefined && notice(answer).includes(form));
      if (kind.forms.good)
        expect(says(good, kind.forms.good) / says(bad, kind.forms.good) / oddsOf).toBeGreaterThan(0.75);
      if (kind.forms.good)
        expect(says(good, kind.forms.good) / says(bad, kind.forms.good) / oddsOf).toBeLessThan(1.35);
      if (kind.forms.bad)
        expect(says(bad, kind.forms.bad) / says(good, kind.forms.bad) / oddsOf).toBeGreaterThan(0.75);
      if (kind.forms.bad)
        expect(says(bad, kind.forms.bad) / says(good, kind.forms.bad) / oddsOf).toBeLessThan(1.35);
    },
  );

  test('are commoner after long answers, if they are to be', () => {
    const isLong = answers.filter(({ length01 }) => length01 > 0.75);
    const isShort = answers.filter(({ length01 }) => length01 < 0.25);
    const [kind] = kinds;
    const ratio = rateOf(kind!, isLong, notice) / rateOf(kind!, isShort, notice);
    const factor = (of: readonly Answer[]) =>
      1 + column.lengthSlope * (2 * mean(of.map(({ length01 }) => length01)) - 1);
    expect(Math.abs(ratio / (factor(isLong) / factor(isShort)) - 1)).toBeLessThan(0.5);
    if (column.lengthSlope > 0) expect(ratio).toBeGreaterThan(1.2);
  });

  test('one has one next turn at most', () => {
    const turns = (answer: Answer) => notice(answer).filter(({ kind }) => kind === 'next-turn').length;
    expect(Math.max(...answers.map(turns))).toBe(1);
  });
});

describe('errors of implicit signals', () => {
  const [copied, inserted] = signalsNamed(['copied', 'inserted']);

  /** How much more often two say good of bad answers than if their errors had nothing to do with each other. */
  function together(together01: number): number {
    const column = { rate01: 0.3, difference: 0.2, together01, lengthSlope: 0 };
    const notice = noticed([copied!, inserted!], column);
    const both = shareOf(bad, (answer) => notice(answer).length === 2);
    return both / (rateOf(copied!, bad, notice) * rateOf(inserted!, bad, notice));
  }

  test('are alone, in common, or half of the times in common', () => {
    // With a wrong signal in 2 of 5: 1, .4 / .4², and the middle of the two.
    expect(Math.abs(together(0) - 1)).toBeLessThan(0.25);
    expect(Math.abs(together(0.5) - 1.75)).toBeLessThan(0.35);
    expect(Math.abs(together(1) - 2.5)).toBeLessThan(0.45);
  });
});

describe('a signal that is turned round', () => {
  const kinds = signalsNamed(['copied', 'taken-5-minutes', 'regenerated']);
  const notice = noticed(kinds, columns.pessimistic);

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s says the opposite, as often, and others what they said',
    (_, kind) => {
      const turned = turnedRound(kind);
      const noticeTurned = noticed(
        kinds.map((each) => (each === kind ? turned : each)),
        columns.pessimistic,
      );
      expect(Math.abs(rateOf(turned, answers, noticeTurned) - 0.1)).toBeLessThan(0.013);
      for (const says of ['good', 'bad'] as const) {
        const form = kind.forms[says];
        if (form === undefined) continue;
        const [right, wrong] = says === 'good' ? [good, bad] : [bad, good];
        const has = (of: readonly Answer[]) => shareOf(of, (answer) => noticeTurned(answer).includes(form));
        expect(has(right)).toBeLessThan(has(wrong));
      }
      const others = (signals: readonly SurfaceSignal[]) => signals.filter((signal) => !isOf(kind)(signal));
      for (const answer of answers.slice(0, 2_000)) {
        expect(others(noticeTurned(answer))).toEqual(others(notice(answer)));
      }
    },
  );

  test('is what it was when it is turned round twice', () => {
    for (const kind of implicitSignals) expect(turnedRound(turnedRound(kind))).toEqual(kind);
  });
});

test('signals that would be commoner than answers are refused, and unknown ones', () => {
  const column = { ...columns.pessimistic, rate01: 0.2 };
  expect(() => noticing(signalsNamed(usualSignals), column, book.good01)).toThrow(
    'turn: so many signals are more than one for each answer.',
  );
  expect(() => signalsNamed(['sighed'])).toThrow(/no implicit signal sighed\. Signals: copied, /);
});

describe('thumbs', () => {
  const settings = { rate01: 0.05, nonResponse: 0.5, undo01: 0.1 };
  const rated = seeds.flatMap((seed, at) => {
    const rate = rating(settings, book, seed);
    const own = answers.slice(at * corpus.rows.length * 4, (at + 1) * corpus.rows.length * 4);
    return own.map((answer) => ({ answer, rating: rate(answer) }));
  });
  const given = rated.flatMap(({ answer, rating: found }) => (found ? [{ answer, ...found }] : []));

  test('are as many as asked for', () => {
    expect(Math.abs(given.length / rated.length - 0.05)).toBeLessThan(0.008);
  });

  test('say what the answer was drawn to be; a slip says the opposite', () => {
    const isUp = ({ thumb }: (typeof given)[number]) => thumb.kind === 'rating' && thumb.thumb === 'up';
    expect(given.every((each) => isUp(each) === (each.answer.good !== each.undone))).toBe(true);
    expect(Math.abs(shareOf(given, ({ undone }) => undone) - 0.1)).toBeLessThan(0.045);
  });

  test('are likelier for bad answers, and for some models', () => {
    const rate = (of: (answer: Answer) => boolean) => {
      const own = rated.filter(({ answer }) => of(answer));
      return shareOf(own, (each) => each.rating !== undefined);
    };
    expect(Math.abs(rate((answer) => !answer.good) / rate((answer) => answer.good) / 3 - 1)).toBeLessThan(
      0.35,
    );
    // Of four models in one pass: 1 ± .125 and 1 ± .375 times the rate.
    const first = rated.slice(0, corpus.rows.length * 4);
    const rates = corpus.models
      .map((_, arm) => first.filter(({ answer }) => answer.arm === arm))
      .map((own) => shareOf(own, (each) => each.rating !== undefined));
    expect(Math.max(...rates) / Math.min(...rates)).toBeGreaterThan(1.35);
  });

  test('are all alike where everybody responds alike', () => {
    const rate = rating({ rate01: 0.2, nonResponse: 0, undo01: 0 }, book, 1);
    const share = (of: readonly Answer[]) => shareOf(of, (answer) => rate(answer) !== undefined);
    expect(Math.abs(share(good) - 0.2)).toBeLessThan(0.02);
    expect(Math.abs(share(bad) - 0.2)).toBeLessThan(0.025);
  });
});

describe('the judge', () => {
  const settings = { agreement01: 0.75, lengthBias: 0.1, rate01: 0.1 };

  test('is right as often as stated, and judges as much', () => {
    const judge = judging(settings, 0.05, false);
    const verdicts = answers.flatMap((answer) => {
      const verdict = judge(answer, false);
      return verdict ? [{ answer, verdict }] : [];
    });
    const right = shareOf(verdicts, ({ answer, verdict }) => verdict.quality01 === (answer.good ? 1 : 0));
    expect(Math.abs(right - 0.75)).toBeLessThan(0.06);
    const { other } = sampling(0.1, 0.05);
    expect(Math.abs(verdicts.length / answers.length - other)).toBeLessThan(0.008);
    expect(verdicts.every(({ verdict }) => verdict.probability === other)).toBe(true);
    expect(verdicts.every(({ verdict }) => (verdict.quality01 === 1) === (verdict.reason === 'good'))).toBe(
      true,
    );
  });

  test('favours long answers', () => {
    const judge = judging({ ...settings, rate01: 1 }, 0, false);
    const passes = (of: readonly Answer[]) => shareOf(of, (answer) => judge(answer, false)?.quality01 === 1);
    const ends = [good, bad].map((of) => {
      const long = of.filter(({ length01 }) => length01 > 0.75);
      const short = of.filter(({ length01 }) => length01 < 0.25);
      return passes(long) - passes(short);
    });
    // 2 · 0.1 · (mean length of the long less that of the short), about 0.13.
    for (const difference of ends) {
      expect(difference).toBeGreaterThan(0.05);
      expect(difference).toBeLessThan(0.21);
    }
  });

  test('says the opposite where it is turned round', () => {
    const [judge, against] = [judging(settings, 0, false), judging(settings, 0, true)];
    const verdicts = answers.map((answer) => [judge(answer, false), against(answer, false)] as const);
    expect(verdicts.some(([verdict]) => verdict !== undefined)).toBe(true);
    for (const [one, other] of verdicts) expect(other?.quality01).toBe(one && 1 - one.quality01);
  });

  test.each([
    // Rated answers go first; the rest goes to the others, who keep a chance of .02.
    [0.1, 0.05, 1],
    [0.1, 0.2, 0.42],
    [0.1, 0, 0.1],
    [0.01, 0.05, 0.01],
  ])(
    'with a rate of %d and %d rated, judges rated ones with %d, and as many as asked for',
    (rate, share, chance) => {
      const { rated, other } = sampling(rate, share);
      expect(rated).toBeCloseTo(chance, 10);
      expect(other).toBeGreaterThanOrEqual(Math.min(rate, 0.02));
      expect(share * rated + (1 - share) * other).toBeCloseTo(rate, 10);
    },
  );
});
