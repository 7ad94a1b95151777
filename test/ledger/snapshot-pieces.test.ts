import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesOf, putPiece } from '../../src/ledger/snapshot-pieces';

const name = fc.string().filter((text) => !text.includes('/'));
const leaf = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.constant(undefined),
  fc.float64Array(),
  fc.array(fc.string()),
  fc.array(fc.tuple(fc.string(), fc.integer())).map((pairs) => new Map(pairs)),
);
const { state } = fc.letrec((tie) => ({
  state: fc.dictionary(name, fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('state')), {
    noNullPrototype: true,
  }),
}));

test('pieces that are written and read one by one come to the same', () => {
  fc.assert(
    fc.property(state, (saved) => {
      const read = {};
      for (const [way, piece] of piecesOf(saved)) putPiece(read, [way, deserialize(serialize(piece))]);
      expect(read).toStrictEqual(deserialize(serialize(saved)));
    }),
  );
});
