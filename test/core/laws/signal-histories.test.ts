import { expect, test } from 'vitest';
import { shippedSettings } from '../../../src/core/bandit/settings';
import { textSpace } from '../../../src/core/features/feature-space';
import type { Learner } from '../../../src/core/learning/learner';
import { createLearner } from '../../../src/core/learning/learner';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { Random } from '../../../src/core/terms/ports';
import { campaignSeed, runs } from '../../runs';
import { seededRandom } from '../seeded-random';
import { historyOf, hybrid } from './history';
import { expectClose, stateNumbers } from './state';

const usual = runs(40);
const dayMs = 86_400_000;

/** A learner at a time, so that what happened before counts by its age. */
function learnt(entries: readonly StoredEntry[], nowMs: number): Learner {
  const learner = createLearner({ space: textSpace, settings: shippedSettings, nowMs: () => nowMs });
  for (const entry of entries) learner.apply(entry);
  return learner;
}

/** What the router knows, what it expects, and what it holds against a model that could not be reached. */
function numbersOf(learner: Learner): readonly number[] {
  const pool = learner.pool('default');
  const risks = ['a', 'b', 'c'].flatMap((id) => {
    const { risk01, lostMs } = pool.arm(id).risk;
    return [risk01, lostMs / 1e6];
  });
  return [...stateNumbers(hybrid, learner), ...risks, pool.told01('chat')];
}

/** Entries a minute apart, from a time on. */
function at(entries: readonly LedgerEntry[], fromMs: number): readonly StoredEntry[] {
  return entries.map((entry, index) => ({ ...entry, sequence: index + 1, atMs: fromMs + index * 60_000 }));
}

/**
 * The same as another window, a slow disk or an impatient user would have it: decisions in their order and attempts at
 * their time, observations any time later, some of them twice. What the user said last stays what was said last.
 */
function disturbed(entries: readonly StoredEntry[], random: Random): readonly StoredEntry[] {
  const placed: { readonly entry: StoredEntry; readonly place: number }[] = [];
  const last = new Map<string, number>();
  entries.forEach((entry, index) => {
    if (entry.kind !== 'observation') {
      placed.push({ entry, place: index });
      return;
    }
    const { decisionId, deploymentId, signal } = entry.observation;
    const ordered = saysTheLastWord.has(signal.kind);
    const pull = `${decisionId} ${deploymentId}`;
    const earliest = Math.max(index, (ordered ? last.get(pull) : undefined) ?? index);
    const place = earliest + random() * (entries.length - earliest);
    if (ordered) last.set(pull, place);
    placed.push({ entry, place });
    if (!ordered && random() < 0.3) placed.push({ entry, place: place + random() * 20 });
  });
  return placed.toSorted((one, other) => one.place - other.place).map(({ entry }) => entry);
}

/** Of these the last one holds. */
const saysTheLastWord: ReadonlySet<string> = new Set(['rating', 'compared', 'scored', 'edit']);

test(
  `${String(usual)} histories of signals: late, twice, in any order, by a clock that is wrong`,
  () => {
    const random = seededRandom(campaignSeed('signals'));
    let told = 0;
    for (let number = 0; number < usual; number += 1) {
      const history = historyOf(hybrid, Math.floor(random() * 1e9), 25);
      const plain = at(history, 0);
      const nowMs = plain.length * 60_000;
      const expected = numbersOf(learnt(plain, nowMs));
      expectClose(numbersOf(learnt(disturbed(plain, random), nowMs)), expected);
      const shiftMs = Math.round((random() - 0.5) * 2_000 * dayMs);
      expectClose(numbersOf(learnt(at(history, shiftMs), nowMs + shiftMs)), expected);
      told += history.filter(({ kind }) => kind === 'observation').length;
    }
    expect(told).toBeGreaterThan(usual * 25);
  },
  runs(120_000),
);
