import { expect, test } from 'vitest';
import { syntheticHistory, syntheticSpace } from '../../../bench/ledger/synthetic-history';
import { createFolds, foldVersion } from '../../../src/core/answering/folds';
import { shippedSignals } from '../../../src/core/reward/signal-table';
import { atOnce } from '../../../src/core/terms/steps';
import { decisionIdOf } from '../../../src/ledger/entry-schema';

/**
 * What the folds of a fixed history are saved as, by version. Where this test fails, the folds come to something else than
 * before, or are saved otherwise: raise `foldVersion` and note the new digest here. Figures count to five digits, for
 * processors differ in the last ones.
 */
const digests: Readonly<Record<number, string>> = { 2: 'd79db913' };

test('what folds come to, and how it is saved, changes with their version alone', () => {
  const options = { space: syntheticSpace(), signals: shippedSignals, nowMs: () => 0, timesForgotten: 0 };
  const folds = createFolds({ ...options, kept: 100 });
  const earlier = new Map<string, Parameters<typeof folds.apply>[0][]>();
  for (const entry of syntheticHistory({ decisions: 300, seed: 7, lateDecisions: 250 })) {
    const needed = folds.needsEarlier(entry);
    folds.apply(entry, needed === undefined ? undefined : [...(earlier.get(needed) ?? [])]);
    const id = decisionIdOf(entry);
    earlier.set(id, [...(earlier.get(id) ?? []), entry]);
  }
  expect({ [foldVersion]: digestOf(atOnce(folds.save())) }).toEqual({ [foldVersion]: digests[foldVersion] });
});

/** FNV-1a of all names and values, in their order. */
function digestOf(state: object): string {
  let hash = 0x811c9dc5;
  for (const character of textOf(state)) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(16);
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return Math.abs(value) < 1e-9 ? '0' : value.toPrecision(5);
  if (typeof value === 'string')
    return value.replaceAll(/\d+\.\d{5,}(e-?\d+)?/g, (digits) => textOf(Number(digits)));
  if (value instanceof Float64Array) return `[${Array.from(value, textOf).join()}]`;
  if (value instanceof Map)
    return `{${Array.from(value, (pair) => textOf([...(pair as [unknown, unknown])])).join()}}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, each]) => `${name}:${textOf(each)}`)
    .join()}}`;
}
