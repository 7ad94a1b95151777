import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { packEntry, unpackEntry } from '../../src/ledger/rows/packed-entry';
import { packedKinds } from '../../src/ledger/rows/packed-fields';
import type { PackedFields } from '../../src/ledger/rows/packed-fields';
import { numbersOf, sparseOf } from '../../src/ledger/rows/sparse-numbers';
import { filesOf } from '../../src/ledger/store/generation-files';
import { attemptWith, decisionWith } from '../core/samples';
import { storageForEach } from './storage-folder';

const storage = storageForEach();

test('any list of numbers comes back from its runs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(0), fc.double({ noNaN: true, noDefaultInfinity: true }))),
      (list) => {
        const numbers = list.map((each) => each + 0);
        expect(numbersOf(JSON.parse(JSON.stringify(sparseOf(numbers))))).toEqual(numbers);
      },
    ),
  );
});

test.each([[[5, [3, 1, 1, 1]]], [[-1]], [[2.5]], [[3, 7]], [[3, ['x', 1]]], [[1e9]], ['text'], [undefined]])(
  'what isn’t runs of a list is none: %j',
  (stored) => expect(numbersOf(stored)).toBeUndefined(),
);

test('what is stored without rounding comes back to the last digit, with fields that only another version knows', () => {
  const decision = {
    ...decisionWith({ features: [1 / 3, 0, 0, 2 / 7], probability: 1 / 3 }),
    ofTomorrow: 1 / 3,
  };
  const packed = packEntry({ kind: 'decision', decision }, false);
  expect(unpackEntry(packed)).toEqual({
    kind: 'decision',
    decision: decisionWith({ ...decision, ofTomorrow: undefined } as object),
  });
  expect(packed.payload).toContain('"ofTomorrow":0.3333333333333333');
});

test('rounding twice is rounding once', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), (probability) => {
      const once = unpackEntry(
        packEntry({ kind: 'decision', decision: decisionWith({ probability }) }, true),
      );
      expect(once).toBeDefined();
      if (once === undefined) return;
      expect(packEntry(once, true)).toEqual(packEntry(once, false));
      const read = once.kind === 'decision' ? once.decision.probability : 0;
      expect(Math.abs(read / probability - 1)).toBeLessThan(1e-8);
    }),
  );
});

test('no two fields of an object have one short name', () => {
  const check = (fields: PackedFields): void => {
    const names = Object.values(fields).map((field) => field.as);
    expect(new Set(names).size).toBe(names.length);
    for (const { of } of Object.values(fields)) if (of !== undefined) check(of);
  };
  for (const { fields } of Object.values(packedKinds)) {
    check(fields);
    // By which a whole entry of an older version is known.
    expect(Object.values(fields).map((field) => field.as)).not.toContain('kind');
  }
});

describe('for people with SQL', () => {
  test('views have the names in full', async () => {
    const id = '6a7e3f0c-9d0b-4c39-8a55-0d8f7a3a6c11';
    const ledger = await storage.open();
    await ledger.append([
      { kind: 'decision', decision: decisionWith({ id }) },
      { kind: 'attempt', attempt: attemptWith({ decisionId: id }) },
      {
        kind: 'observation',
        observation: { decisionId: id, deploymentId: 'strong', signal: { kind: 'rating', thumb: 'up' } },
      },
    ]);
    const raw = new DatabaseSync(filesOf(storage.path, 1).database, { readOnly: true });
    const first = (view: string): unknown => ({ ...raw.prepare(`SELECT * FROM ${view}`).get() });
    expect(first('decision')).toMatchObject({
      id,
      pool: 'default',
      origin: 'chat',
      deployment_id: 'strong',
      phase: 'ucb1',
    });
    expect(first('attempt')).toMatchObject({
      decision_id: id,
      outcome: 'completed',
      cost_kind: 'exact',
      cost_usd: 0.0003,
    });
    expect(first('observation')).toMatchObject({
      decision_id: id,
      signal: 'rating',
      details: '{"kind":"rating","thumb":"up"}',
    });
    raw.close();
  });
});
