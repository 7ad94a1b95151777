import { isDeepStrictEqual } from 'node:util';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntheticHistory } from '../../../bench/ledger/synthetic-history';
import type { Snapshot } from '../../../src/core/terms/snapshots';
import { atOnce } from '../../../src/core/terms/steps';
import { parseEntry } from '../../../src/ledger/entry-schema';
import { snapshotBytes, snapshotIn } from '../../../src/ledger/team/snapshot-bytes';
import { treeOf, valueOf } from '../../../src/ledger/team/snapshot-tree';
import { stateDifference } from '../../../src/ledger/team/state-difference';
import { foldedBySamples, learnerOf } from './members';

const salt = 'the salt of a team';

function sample(): Snapshot {
  const learner = learnerOf();
  for (const entry of syntheticHistory({ decisions: 60, seed: 5, lateDecisions: 20 })) learner.apply(entry);
  return { ...foldedBySamples, sequence: 400, atMs: 5, timesForgotten: 2, state: atOnce(learner.save()) };
}

const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.float64Array({ maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
    fc
      .array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'map', 'special')), tie('value')))
      .map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;

describe('a state', () => {
  test('is read back as it was, whatever is in it', () => {
    fc.assert(
      fc.property(values, (value) => {
        const { tree, numbers } = treeOf(value);
        expect(valueOf(JSON.parse(JSON.stringify(tree)), numbers)).toStrictEqual(value);
      }),
    );
  });

  test('with something else than data in it is none', () => {
    for (const value of [() => 1, new Date(0), Symbol('x'), { deep: [new Set()] }])
      expect(() => treeOf(value)).toThrow(TypeError);
  });
});

describe('a snapshot', () => {
  test('is read back whole, and a learner goes on from it', async () => {
    const snapshot = sample();
    const read = await snapshotIn(await snapshotBytes(snapshot, salt), salt);
    expect(isDeepStrictEqual(read, snapshot)).toBe(true);
    const again = atOnce(learnerOf({ state: read?.state, parse: parseEntry }).save());
    expect(stateDifference(snapshot.state, again)).toBeUndefined();
  });

  test('of another team is none', async () => {
    expect(await snapshotIn(await snapshotBytes(sample(), salt), 'another salt')).toBeUndefined();
  });

  test('with any byte changed, or cut off, is none', async () => {
    const snapshot = sample();
    const bytes = await snapshotBytes(snapshot, salt);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ by;
        const read = await snapshotIn(changed, salt);
        // A byte of deflate's own may say the same in another way: then nothing is changed.
        if (read !== undefined) expect(isDeepStrictEqual(read, snapshot)).toBe(true);
        expect(await snapshotIn(bytes.subarray(0, at), salt)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  test('that says other sizes than it has is none', async () => {
    const bytes = await snapshotBytes(sample(), salt);
    const end = bytes.indexOf('\n');
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as Record<string, number>;
    const withHead = (changed: object, body = bytes.subarray(end + 1)): Buffer =>
      Buffer.concat([Buffer.from(`${JSON.stringify({ ...head, ...changed })}\n`), body]);
    const bomb = deflateSync(Buffer.alloc(5_000_000));
    for (const forged of [
      withHead({ numbers: 8e12 }),
      withHead({ numbers: -8 }),
      withHead({ tree: 1e9 }),
      withHead({ tree: (head['tree'] ?? 0) - 8, numbers: (head['numbers'] ?? 0) + 8 }),
      withHead({}, bomb),
      withHead({ tree: 2, numbers: 64_000_000 }, bomb),
      Buffer.alloc(0),
      Buffer.from('\n'),
      Buffer.from('null\n'),
    ])
      expect(await snapshotIn(forged, salt)).toBeUndefined();
  });
});
