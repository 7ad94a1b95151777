import { describe, expect, it } from 'vitest';
import type { Candidate, Decision } from '../../../src/core/terms/decision';
import { choiceSentence } from '../../../src/editor/answers/choice-sentence';
import { decisionWith } from '../../core/samples';

function candidate(deploymentId: string, change: Partial<Candidate>): Candidate {
  return {
    deploymentId,
    quality01: 0.8,
    bonus: 0.01,
    before: { quality01: 0.7, weight: 14 },
    known: { ability: 0.5, from: 'figures' },
    outcomes: 0,
    costUsd: 0.001,
    latencyMs: 900,
    utility: 0.5,
    probability: 0.5,
    ...change,
  };
}

function sentence(
  chosen: Partial<Candidate>,
  other: Partial<Candidate> | undefined,
  change: Partial<Decision> = {},
): string {
  const candidates = [
    candidate('mini', { utility: 0.6, ...chosen }),
    ...(other === undefined ? [] : [candidate('sonnet', { utility: 0.4, ...other })]),
  ];
  return choiceSentence(decisionWith({ candidates, deploymentId: 'mini', preset: 'balanced', ...change }));
}

describe('the sentence that says why', () => {
  it('compares with the best of the others, and says at which price', () => {
    expect(sentence({ quality01: 0.81, costUsd: 0.0004 }, { quality01: 0.8, costUsd: 0.0024 })).toBe(
      'mini: expected to be as good as sonnet (by public figures; nothing was learnt of either here yet), for about $0.0004 instead of about $0.0024.',
    );
  });

  it('says that it is less good, where it is', () => {
    expect(sentence({ quality01: 0.76 }, { quality01: 0.8 })).toContain(
      'nearly as good as sonnet, 0.76 against 0.80',
    );
    expect(sentence({ quality01: 0.6 }, { quality01: 0.8 })).toContain(
      'less good than sonnet, 0.60 against 0.80',
    );
    expect(sentence({ quality01: 0.9 }, { quality01: 0.8 })).toContain(
      'better than sonnet, 0.90 against 0.80',
    );
  });

  it('says what was learnt only where it was learnt', () => {
    const known = sentence({ outcomes: 14 }, { outcomes: 9.26 });
    expect(known).toContain('by what your answers here have shown, 14 and 9.3 outcomes’ worth');
    expect(sentence({ outcomes: 0 }, { outcomes: 9 })).toContain('nothing was learnt of it here yet');
    expect(sentence({ outcomes: 2 }, { outcomes: 9 })).toContain('by public figures, and 2 outcomes here');
  });

  it('calls a guess a guess, and the user’s word the user’s', () => {
    expect(sentence({ known: undefined }, {})).toContain('a guess from this pool’s others');
    expect(sentence({ known: { ability: 0, from: 'nothing' } }, {})).toContain(
      'a guess from this pool’s others',
    );
    expect(sentence({ stated01: 0.8 }, {})).toContain('by your own word in conduit.yaml');
  });

  it('says nothing of a price that isn’t known', () => {
    expect(sentence({ costUsd: undefined }, {})).not.toMatch(/\$|price/);
    expect(sentence({ costUsd: 0.00101 }, {})).toContain('at the same price');
  });

  it('says that a model is tried because little is known of it', () => {
    expect(
      sentence({ quality01: 0.5, bonus: 0.4, utility: 0.5 }, { quality01: 0.8, bonus: 0, utility: 0.45 }),
    ).toBe(
      'mini is tried because little is known of it: expected quality 0.50, and it may be up to 0.90; sonnet is expected to be worth more.',
    );
  });

  it('says what else decided', () => {
    expect(sentence({}, {}, { chosenByUser: true })).toBe('You chose mini.');
    expect(sentence({}, {}, { repeats: 'd0' })).toBe('mini again, as for the same question shortly before.');
    expect(sentence({}, undefined)).toContain('the only model of the pool');
    expect(sentence({ cache: { tokens: 9_000, savedUsd: 0.02 } }, {}, { stickyInsteadOf: 'sonnet' })).toBe(
      'mini has read this conversation before, which saves about $0.0200: sonnet would have to read it all anew.',
    );
  });
});
