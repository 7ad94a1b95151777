import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../src/core/terms/decision';
import type { Learner } from '../../../src/core/learning/learner';
import type { LedgerEntry } from '../../../src/core/terms/ledger-entry';
import { parseEntry } from '../../../src/ledger/entry-schema';
import { seededRandom } from '../seeded-random';
import { promptOfKind } from '../two-kinds-of-prompt';
import type { Policy } from './history';
import { decide, fold, historyOf, learnerOf, policies } from './history';
import { runs } from '../../runs';

const seed = fc.nat(1_000_000);
const often = { numRuns: runs(10) };

describe.each(policies)('$name', (policy) => {
  it('decides the same after its ledger was stored and read again', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const entries = historyOf(policy, history);
        const read = entries.map((entry) => readAgain(JSON.stringify(entry)));
        const here = decisionsOf(policy, fold(learnerOf(policy), entries));
        const there = decisionsOf(policy, fold(learnerOf(policy), read));
        expect(there).toStrictEqual(here);
      }),
      often,
    );
  });

  it('decides the same from rows of before decisions kept changes and prompts', () => {
    fc.assert(
      fc.property(seed, (history) => {
        const entries = historyOf(policy, history, 80, []).filter(
          (entry) => entry.kind !== 'decision' || entry.decision.changes.length === 0,
        );
        const read = entries.map((entry) => readAgain(asOldRow(entry)));
        const here = decisionsOf(policy, fold(learnerOf(policy), entries));
        expect(decisionsOf(policy, fold(learnerOf(policy), read))).toStrictEqual(here);
      }),
      often,
    );
  });
});

function readAgain(row: string): LedgerEntry {
  const entry = parseEntry(JSON.parse(row));
  if (entry === undefined) throw new Error(`This is no entry: ${row}`);
  return entry;
}

/** JSON leaves out undefined; a row from before has neither field. */
function asOldRow(entry: LedgerEntry): string {
  return JSON.stringify(entry, (key, value: unknown) =>
    key === 'changes' || key === 'prompt' ? undefined : value,
  );
}

/** What the policy decides next for some prompts, with the same chance. */
function decisionsOf(policy: Policy, learner: Learner): readonly Decision[] {
  const random = seededRandom(3);
  return Array.from({ length: 10 }, () =>
    decide(policy, learner, random, promptOfKind(random() < 0.5 ? 'code' : 'prose', random)),
  );
}
