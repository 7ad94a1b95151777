import { describe, expect, it } from 'vitest';
import type { Candidate, Decision } from '../../../src/core/terms/decision';
import { choiceSentence } from '../../../src/editor/answers/choice-sentence';
import { reasonsOf } from '../../../src/editor/answers/reasons';
import { decisionWith } from '../../core/samples';

function candidate(deploymentId: string, change: Partial<Candidate> = {}): Candidate {
  return {
    deploymentId,
    quality01: 0.8,
    bonus: 0.1,
    costUsd: 0.001,
    latencyMs: 900,
    utility: 0.5,
    probability: 0.5,
    ...change,
  };
}

const best = candidate('best', { utility: 0.6, probability: 0.9975 });
const other = candidate('other', { utility: 0.4, probability: 0.0025 });

function because(change: Partial<Decision>): string {
  const decision = decisionWith({ candidates: [best, other], deploymentId: 'best', ...change });
  return [choiceSentence(decision), ...reasonsOf(decision)].join('\n');
}

describe('the explanation', () => {
  it('names the best score and what it beat', () => {
    expect(because({})).toMatch(/best scored best: expected quality 80 %.*0\.600 against 0\.400 of other/);
  });

  it('says that the user chose', () => {
    expect(because({ candidates: [best], chosenByUser: true })).toMatch(/^You chose best\./);
  });

  it('says that an exploration was a draw, with its probability', () => {
    const text = because({ deploymentId: 'other', probability: 0.0025, explored: true });
    expect(text).toMatch(/^other was drawn at random \(probability 0\.25 %\).*best scored best/);
  });

  it('says of a decision of an earlier version that a model had not been tried', () => {
    expect(because({ candidates: [{ ...best, bonus: 10 }, other] })).toMatch(/has not been tried yet/);
  });

  it('says that a tie was drawn', () => {
    expect(because({ candidates: [best, { ...other, utility: best.utility }] })).toMatch(/scored alike/);
  });

  it('says that learning was paused', () => {
    expect(because({ learning: false })).toMatch(/Learning was paused/);
    expect(because({ learnt01: 0.348 })).toMatch(/still being read: 34 % was known/);
    expect(because({})).not.toMatch(/paused/);
  });

  it('says of each model that failed lately what was held against it', () => {
    const text = because({
      candidates: [
        { ...best, risk01: 0.004 },
        { ...other, risk01: 0.38 },
      ],
    });
    expect(text).toContain('other failed lately: by 38 % likely to give no answer, which counts against it.');
    expect(text).not.toContain('best failed lately');
  });

  it('says that there was no choice', () => {
    expect(because({ candidates: [best] })).toMatch(/only model/);
  });

  it('says that an agent was stuck elsewhere, and what it costs to read all anew', () => {
    const escalation = { deploymentId: 'other', steps: 14, stuck: 'same-error', stayUsd: 0.0004 } as const;
    const text = because({ escalatedFrom: 'd1', escalation });
    expect(text).toMatch(/^An agent was stuck with other \(the same error after every edit\)/);
    expect(text).toMatch(
      /best reads all of its work anew.*about \$0\.0010; with other it would have been about \$0\.0004/,
    );
    expect(because({ escalatedFrom: 'd1', escalation: { deploymentId: 'other', steps: 14 } })).toMatch(
      /^You agreed that an agent which was stuck with other.*\nbest reads all of its work anew\. Expected cost of the step: about \$0\.0010\./,
    );
    expect(because({})).not.toMatch(/stuck/);
  });

  it('tells the phase', () => {
    expect(because({ poolSequence: 37 })).toMatch(/UCB1 \(37 of 100\).*prompt does not count yet/);
    expect(because({ phase: 'lin-ucb', poolSequence: 137 })).toMatch(/LinUCB \(since request 101\)/);
  });

  it('says that a model changed', () => {
    const changes = [{ deploymentId: 'other', recentFrom: 40, oldScale: 0.2 }];
    expect(because({ changes })).toMatch(/other no longer answers as it did.*counts less/);
    expect(because({})).not.toMatch(/no longer/);
  });
});

describe('what was expected beforehand', () => {
  const before = { quality01: 0.712, weight: 14.3 };
  const known = { ability: 1.1, from: 'figures', as: 'best' } as const;

  function expected(change: Partial<Candidate>, decision: Partial<Decision> = {}): string {
    return because({ candidates: [{ ...best, before, known, outcomes: 0, ...change }, other], ...decision });
  }

  it.each([
    [
      {},
      'By public figures, as far as they hold here, quality 0.71 is expected of best (as much as 14 ratings).',
    ],
    [{ known: { ...known, as: 'gpt-5.4' } }, 'By public figures of gpt-5.4, as far as'],
    [
      { known: { ...known, from: 'family', as: 'claude-sonnet-4.5' } },
      'By figures of its family, as claude-sonnet-4.5, as far as',
    ],
    [{ known: { ability: 0, from: 'family' } }, 'By figures of its family, as far as'],
    [{ known: { ability: 0, from: 'size' } }, 'By figures of models of its size'],
    [{ known: { ability: 0, from: 'price' } }, 'By figures of models at its price'],
    [{ known: { ability: 0, from: 'nothing' } }, 'Nothing public is known of best: quality 0.71'],
    [{ known: undefined }, 'Nothing was known of best beforehand'],
    [{ stated01: 0.9 }, 'You say quality 0.90 of best, in conduit.yaml (as much as 14 ratings).'],
    [{ before: { quality01: 0.7, weight: 0.4 } }, '(as much as 1 rating)'],
  ] as const)('%j', (change, text) => {
    expect(expected(change)).toContain(text);
  });

  it.each([
    ['ucb1', { outcomes: 3, quality01: 0.64 }, 'learnt of it here (as much as 3 ratings) makes that 0.64.'],
    ['ucb1', { outcomes: 1 }, '(as much as 1 rating) makes that 0.80.'],
    ['lin-ucb', { outcomes: 2.46 }, '(as much as 2.5 ratings), for such prompts, makes that 0.80.'],
    ['ucb1', { outcomes: 0.004 }, 'Nothing was learnt of it here yet.'],
  ] as const)('and what was learnt since, in phase %s with %j', (phase, change, text) => {
    expect(expected(change, { phase })).toContain(text);
  });

  it.each([
    [0.6, /public figures count for 60 % of what they say/],
    [0.04, /public figures do not count at all/],
    [-0.04, /public figures do not count at all/],
    [-0.3, /the other way round.*\(-30 % of what they say\)/],
  ])('and how far figures hold, at a slope of %s', (slope, text) => {
    expect(expected({}, { belief: { slope, level01: 0.6 } })).toMatch(text);
  });

  it('and the phase says what the models are compared by', () => {
    expect(expected({})).toMatch(/best scored best: expected quality 0\.80/);
    expect(expected({})).toMatch(/UCB1 \(1 of 100\): models are compared by what is expected of them/);
    expect(because({})).toMatch(/UCB1 \(1 of 100\): models are compared by their mean, the prompt/);
  });

  it('says nothing of figures where none came in, and nothing at all where the user chose or nothing was kept', () => {
    const belief = { slope: 0.6, level01: 0.6 };
    expect(expected({ known: undefined }, { belief })).not.toMatch(/figures/);
    expect(expected({}, { belief, chosenByUser: true })).not.toMatch(/figures/);
    expect(because({ belief })).not.toMatch(/figures|beforehand|learnt of it here/);
  });
});
