import { describe, expect, it } from 'vitest';
import { untriedBonus } from '../../../src/core/bandit/arm';
import type { Candidate, Decision } from '../../../src/core/terms/decision';
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
  return reasonsOf(decisionWith({ candidates: [best, other], deploymentId: 'best', ...change })).join('\n');
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
    expect(text).toMatch(/other was drawn at random \(probability 0\.25 %\).*best scored best/);
  });

  it('says that a model had not been tried', () => {
    expect(because({ candidates: [{ ...best, bonus: untriedBonus }, other] })).toMatch(
      /has not been tried yet/,
    );
  });

  it('says that a tie was drawn', () => {
    expect(because({ candidates: [best, { ...other, utility: best.utility }] })).toMatch(/scored alike/);
  });

  it('says that learning was paused', () => {
    expect(because({ learning: false })).toMatch(/Learning was paused/);
    expect(because({})).not.toMatch(/paused/);
  });

  it('says that there was no choice', () => {
    expect(because({ candidates: [best] })).toMatch(/only model/);
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
