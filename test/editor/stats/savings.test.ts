import { describe, expect, test } from 'vitest';
import type { Comparator, MoneySaved } from '../../../src/core/stats/savings/money-saved';
import type { QualitySaved } from '../../../src/core/terms/quality-savings';
import { measureGrounds, measureTerms } from '../../../src/editor/stats/board/measure-offer';
import type { Savings } from '../../../src/editor/stats/board/savings';
import { savedFigure, savingsView } from '../../../src/editor/stats/board/savings';

function saved(comparator: Comparator, change: Partial<MoneySaved> = {}): MoneySaved {
  return {
    comparator,
    requests: 10,
    compared: 8,
    priceUnknown: 0,
    leftOut: { 'cost-unknown': 2, 'tokens-unknown': 0, simulated: 0, pending: 0 },
    paidUsd: 3,
    judgingUsd: 0,
    judgingUnpriced: 0,
    otherUsd: 15.3,
    savedUsd: 12.3,
    lowUsd: 9.8,
    highUsd: 14.1,
    assumed01: 0.25,
    ...change,
  };
}

const opus: Comparator = { kind: 'always', pool: 'gpt', model: 'claude-opus' };
const moneyOf = (money: readonly MoneySaved[]): Savings => ({ money, quality: undefined });
const all = [saved(opus), saved({ kind: 'dearest' }, { savedUsd: 20, lowUsd: 20, highUsd: 20 })];

describe('money saved', () => {
  test('is told against what the user chose, with its range; else against the dearest', () => {
    const tile = savedFigure(all, 'always:claude-opus');
    expect([tile.value, tile.notes[0]]).toEqual(['about $12.30 [9.80–14.10]', 'against always claude-opus']);
    expect(savedFigure(all, '').value).toBe('about $20.00');
    expect(savedFigure(all, 'always:gone').notes[0]).toBe('against your dearest model');
  });

  test('may be a loss, and says so by its sign', () => {
    const loss = saved(opus, { savedUsd: -0.5, lowUsd: -0.71, highUsd: 0.1 });
    expect(savedFigure([loss], '').value).toBe('about −$0.5000 [−0.7100 to 0.1000]');
  });

  test('names what is left out, what judging cost, and what nobody knows', () => {
    const view = savingsView(
      moneyOf([saved(opus, { judgingUsd: 0.2, judgingUnpriced: 1, priceUnknown: 3 })]),
      '',
    );
    expect(view?.says).toContain('and judging answers $0.2000');
    const notes = view?.notes.join('\n');
    expect(notes).toContain('2 at an unknown cost, 3 to which a model of unknown price belongs');
    expect(notes).toContain('What 1 judgement cost nobody knows.');
    expect(notes).toContain('25 % of what its output costs');
  });

  test('a model without a price has a row and no figure', () => {
    const nobody = saved({ kind: 'always', pool: 'gpt', model: 'mystery' }, { compared: 0, priceUnknown: 8 });
    const view = savingsView(moneyOf([...all, nobody]), '');
    expect(view?.table.rows.at(-1)).toEqual([
      'against always mystery',
      '0 of 10',
      '–',
      '–',
      'price unknown',
      '–',
    ]);
    expect(view?.choices.map(({ value }) => value)).toEqual(['always:claude-opus', 'dearest']);
  });

  test('of simulated prices is none', () => {
    const leftOut = { 'cost-unknown': 0, 'tokens-unknown': 0, simulated: 10, pending: 0 };
    const simulated = [saved({ kind: 'random' }, { compared: 0, leftOut })];
    expect(savedFigure(simulated, '')).toEqual({ value: '–', notes: ['simulated prices are no money'] });
    expect(savingsView(moneyOf(simulated), '')).toBeUndefined();
  });
});

describe('quality', () => {
  const quality: QualitySaved = {
    ...{ pool: 'gpt', model: 'claude-opus', own: 500, supported: 480, drawn: 12, drawnAndTold: 7 },
    ...{ told: 250, duels: undefined },
    believed: {
      ...{ decisions: 600, difference: -0.021, low: -0.08, high: 0.04 },
      sources: { learnt: 0.6, figures: 0.4, word: 0, level: 0 },
    },
    measured: { kind: 'too-few', effectiveAnswers: 5.2 },
  };
  const figures = (change: Partial<QualitySaved> = {}) =>
    savingsView({ money: all, quality: { ...quality, ...change } }, 'always:claude-opus')?.quality ?? [];

  test('is told as believed, with what that rests on, and beside it as measured', () => {
    const [believed, measured] = figures({
      measured: {
        kind: 'measured',
        quality: {
          ...{ difference: 0.031, low: -0.02, high: 0.08, leastDifference: 0.01, mostDifference: 0.05 },
          ...{ turnsAt: 3.14, effectiveAnswers: 80.4, told: 300 },
        },
      },
    });
    expect(believed?.value).toBe('−0.02 [−0.08 to +0.04]');
    expect(believed?.notes.join(' ')).toContain('60 % what was told here, 40 % public figures');
    expect(measured?.value).toBe('+0.03 [−0.02 to +0.08]');
    expect(measured?.notes.join(' ')).toContain('from +0.01 to +0.05');
    expect(measured?.notes.join(' ')).toContain('3.1 times');
  });

  test('has no number where too little was drawn, and says how much there is', () => {
    const measured = figures()[1];
    expect(measured?.value).toBe('–');
    expect(measured?.notes.join(' ')).toContain('12 of 500');
    expect(measured?.notes.join(' ')).toContain('at least 30 of them');
  });

  test('has duels beside it, or says where they are made', () => {
    expect(figures()[2]).toMatchObject({ name: 'duels', value: '–' });
    const duels = { won: 7, lost: 3, share01: 0.7, low01: 0.31, high01: 0.94 };
    const told = figures({ duels })[2];
    expect(told?.value).toBe('70 % won [31 % to 94 %]');
    expect(told?.notes[0]).toBe('Others won 7 of 10 duels with claude-opus.');
  });

  test('says how many more requests it would take', () => {
    // 7 told answers in 500 requests: 23 more take 1,643.
    expect(figures()[1]?.notes.join(' ')).toContain('takes about 1,600 more');
  });

  test('offers to measure its model, or to stop', () => {
    const offer = (measure: Savings['measure']) =>
      savingsView({ money: all, quality, measure }, 'always:claude-opus')?.measure;
    expect(offer(undefined)).toMatchObject({
      model: 'claude-opus',
      on: false,
      label: 'Measure against claude-opus…',
    });
    const on = offer({ against: 'claude-opus', share: 0.03 });
    expect(on).toMatchObject({ on: true, label: 'Stop measuring claude-opus' });
    expect(on?.says).toContain('3 % of the requests');
    expect(offer({ against: 'mini', share: 0.03 })?.says).toContain('mini is measured now');
    expect(savingsView(moneyOf(all), '')?.measure).toBeUndefined();
  });

  test('says price and requests before it measures', () => {
    const terms = measureTerms(measureGrounds(quality, all));
    const text = terms.join('\n');
    expect(terms).toHaveLength(6);
    expect(text).toContain('router.measure in your conduit.yaml');
    expect(text).toMatch(/^2 %: .* more for 100 requests; a number after about/m);
    expect(text).toContain('50 % of the answers');
    const unknown = measureTerms({ ...measureGrounds(quality, []), told01: undefined }).join('\n');
    expect(unknown).toContain('is not known yet');
    expect(unknown).toContain('where every answer is told of');
  });

  test('asks for one model to be held against', () => {
    expect(savingsView(moneyOf(all), '')?.quality.map(({ name }) => name)).toEqual(['choose']);
  });
});
