import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { z } from 'zod';
import type { Snapshot } from '../../core/terms/snapshots';
import { treeOf, valueOf } from './snapshot-tree';

/**
 * How a snapshot is stored in a team's database: a line of JSON that says what it is of, then, deflated, the state as a
 * tree of JSON and its numbers. Nothing of it is believed: whoever can save one could write anything there. So it is no
 * clone of V8's, which is made to be read by who wrote it.
 */
const head = z.object({
  format: z.literal(1),
  salt: z.string(),
  version: z.number(),
  space: z.string(),
  signals: z.string(),
  sequence: z.int().min(1),
  atMs: z.number(),
  timesForgotten: z.number(),
  /** Bytes of the tree, and of the numbers behind it. */
  tree: z.int().min(2),
  numbers: z.int().min(0).multipleOf(8),
  sha256: z.string(),
});
type Head = z.infer<typeof head>;

/** A state of five models and three pools has some 3 MB, and 0.3 deflated. */
export const mostStoredBytes = 16_000_000;
const mostStateBytes = 64_000_000;
const longestHead = 4_096;

/** The salt is the team's: of another's record it is none. */
export async function snapshotBytes({ state, ...of }: Snapshot, salt: string): Promise<Buffer> {
  const { tree, numbers } = treeOf(state);
  // Others of the process want their turn in between.
  await setImmediate();
  const text = Buffer.from(JSON.stringify(tree));
  await setImmediate();
  const body = Buffer.concat([text, Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)]);
  const about = {
    ...{ format: 1 as const, salt, version: of.version, space: of.space, signals: of.signals },
    ...{ sequence: of.sequence, atMs: of.atMs, timesForgotten: of.timesForgotten },
    ...{ tree: text.length, numbers: numbers.byteLength },
  };
  const line = JSON.stringify({ ...about, sha256: digestOf(about, body) } satisfies Head);
  return Buffer.concat([Buffer.from(`${line}\n`), await promisify(deflate)(body)]);
}

/** Undefined where it isn't a whole snapshot, or one of another team's record. */
export async function snapshotIn(bytes: Uint8Array, salt: string): Promise<Snapshot | undefined> {
  try {
    const end = Buffer.from(bytes.subarray(0, longestHead)).indexOf('\n');
    const { sha256, ...about } = head.parse(
      JSON.parse(Buffer.from(bytes.subarray(0, Math.max(end, 0))).toString()),
    );
    const { salt: of, tree, numbers, format: _, ...rest } = about;
    const size = tree + numbers;
    if (of !== salt || size > mostStateBytes) return undefined;
    const body = await promisify(inflate)(bytes.subarray(end + 1), { maxOutputLength: size });
    if (body.length !== size || digestOf(about, body) !== sha256) return undefined;
    await setImmediate();
    // A copy: numbers begin where there is room for whole ones.
    const column = new Float64Array(Uint8Array.from(body.subarray(tree)).buffer);
    const written: unknown = JSON.parse(body.toString('utf8', 0, tree));
    await setImmediate();
    const state = valueOf(written, column);
    return typeof state === 'object' && state !== null ? { ...rest, state } : undefined;
  } catch {
    return undefined;
  }
}

function digestOf(about: Omit<Head, 'sha256'>, body: Uint8Array): string {
  const { salt, version, space, signals, sequence, atMs, timesForgotten, tree, numbers } = about;
  return createHash('sha256')
    .update(JSON.stringify([salt, version, space, signals, sequence, atMs, timesForgotten, tree, numbers]))
    .update(body)
    .digest('hex');
}
