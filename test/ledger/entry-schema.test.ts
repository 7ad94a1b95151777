import { describe, expect, test } from 'vitest';
import { abilityOrigins } from '../../src/core/terms/ability';
import type { Candidate, Decision } from '../../src/core/terms/decision';
import type { LedgerEntry } from '../../src/core/terms/ledger-entry';
import { parseEntry } from '../../src/ledger/entry-schema';
import { decisionWith } from '../core/samples';

function stored(entry: LedgerEntry): Decision | undefined {
  const read = parseEntry(JSON.parse(JSON.stringify(entry)));
  return read?.kind === 'decision' ? read.decision : undefined;
}

/** A decision whose only candidate has this, as it is read back. */
function candidate(change: object): Candidate | undefined {
  const candidates = decisionWith().candidates.map((each) => ({ ...each, ...change }));
  return stored({ kind: 'decision', decision: decisionWith({ candidates }) })?.candidates[0];
}

describe('what a decision keeps of what was expected', () => {
  test.each(abilityOrigins)('is read back, known from %s', (from) => {
    const kept = {
      before: { quality01: 0.7, weight: 12.5 },
      known: { ability: -1.25, from, as: 'gpt-5.4' },
      stated01: 0,
      outcomes: 2.5,
    };
    expect(candidate(kept)).toMatchObject(kept);
    const belief = { slope: -0.1, level01: 0.6 };
    expect(stored({ kind: 'decision', decision: decisionWith({ belief }) })?.belief).toEqual(belief);
  });

  test('is absent in decisions of before', () => {
    const read = stored({ kind: 'decision', decision: decisionWith() });
    expect(read).toEqual(decisionWith());
    expect(read?.candidates[0]).not.toHaveProperty('known');
  });

  test.each([{ ability: 1, from: 'a source of tomorrow' }, { ability: 'high', from: 'figures' }, 'figures'])(
    'costs no decision where a newer version knows it otherwise: %j',
    (known) => {
      expect(candidate({ known })).toMatchObject({ deploymentId: 'strong', quality01: 0.7 });
      expect(candidate({ known })?.known).toBeUndefined();
    },
  );
});

describe('what a decision keeps of a loop that was stuck elsewhere', () => {
  const escalation = { deploymentId: 'weak', steps: 14, stuck: 'same-error', stayUsd: 0.002 } as const;

  test('is read back', () => {
    const decision = decisionWith({ escalatedFrom: 'first', escalation });
    expect(stored({ kind: 'decision', decision })).toEqual(decision);
  });

  test('stays where only a newer version knows how it was stuck', () => {
    const decision = {
      ...decisionWith(),
      escalatedFrom: 'first',
      escalation: { ...escalation, stuck: 'tomorrow' },
    };
    const read = parseEntry({ kind: 'decision', decision: JSON.parse(JSON.stringify(decision)) as unknown });
    expect(read).toMatchObject({
      decision: { escalatedFrom: 'first', escalation: { deploymentId: 'weak', steps: 14 } },
    });
  });
});
