import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import type { Log } from '../core/terms/ports';
import type { SnapshotHead, Snapshots } from '../core/terms/snapshots';
import type { Steps } from '../core/terms/steps';
import { inSlices } from '../core/terms/steps';
import { keptOf, kindOf } from './kept-snapshots';
import { piecesOf, putPiece } from './snapshot-pieces';

export interface FileSnapshotsOptions {
  readonly folder: string;
  /** Names the ledger that they are of: that of another generation has others. */
  readonly ledger: string;
  readonly log: Log;
}

/**
 * A line of JSON, then the state as V8 clones it, with the digest of both: in pieces, so that nobody is held up for all of
 * them.
 */
const header = z.object({
  version: z.number(),
  space: z.string(),
  signals: z.string(),
  sequence: z.number(),
  atMs: z.number(),
  timesForgotten: z.number(),
  /** The way to each piece, and how many bytes it has. */
  parts: z.array(z.tuple([z.string(), z.number()])),
  sha256: z.string(),
});
type Header = z.infer<typeof header>;

const longestHeader = 65_536;
const ending = '.snapshot';

/**
 * Each snapshot is a file of its own, which is never changed: windows can't get into each other's way, and where the
 * ledger's file can't be read, these can.
 */
export function fileSnapshots({ folder, ledger, log }: FileSnapshotsOptions): Snapshots {
  const nameOf = (head: SnapshotHead): string => {
    const kind = createHash('sha256').update(kindOf(head)).digest('hex').slice(0, 12);
    return `${ledger}.${kind}.${String(head.sequence)}${ending}`;
  };

  async function names(): Promise<readonly string[]> {
    const all = await readdir(folder).catch(() => []);
    return all.filter((name) => name.startsWith(`${ledger}.`) && name.endsWith(ending));
  }

  async function headOf(name: string): Promise<SnapshotHead | undefined> {
    const read = await fromFile(path.join(folder, name), false).catch(() => undefined);
    return read === undefined || nameOf(read.head) !== name ? undefined : read.head;
  }

  async function heads(): Promise<readonly SnapshotHead[]> {
    const found = await Promise.all((await names()).map(headOf));
    return found.flatMap((head) => head ?? []).toSorted((one, other) => other.sequence - one.sequence);
  }

  async function dropOld(): Promise<void> {
    const kept = new Set(keptOf(await heads()).map(nameOf));
    // Whatever can't be read is no snapshot.
    for (const name of await names()) if (!kept.has(name)) await rm(path.join(folder, name), { force: true });
  }

  return {
    heads,
    load: async (head) => {
      const file = path.join(folder, nameOf(head));
      try {
        const { state } = await fromFile(file, true);
        return { ...head, state };
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        log.warn(`${file} is left out, and what was learnt is folded from before it: ${detail}`);
        await rm(file, { force: true });
        return undefined;
      }
    },
    save: async ({ state, ...head }) => {
      const { line, chunks } = await inSlices(writing(head, state), clock);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = path.join(folder, nameOf(head));
      const temporary = `${file}.${randomUUID()}`;
      try {
        const handle = await open(temporary, 'wx', 0o600);
        try {
          await handle.writev([Buffer.from(`${JSON.stringify(line)}\n`), ...chunks]);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, file);
      } finally {
        await rm(temporary, { force: true });
      }
      await dropOld();
    },
    clear: async () => {
      for (const name of await names()) await rm(path.join(folder, name), { force: true });
    },
  };
}

/** Throws where it isn't a whole snapshot. Without its state where that isn't wanted. */
async function fromFile(
  file: string,
  withState: boolean,
): Promise<{ readonly head: SnapshotHead; readonly state: object }> {
  const handle = await open(file, 'r');
  try {
    const beginning = Buffer.alloc(longestHeader);
    const { bytesRead } = await handle.read(beginning, 0, longestHeader, 0);
    const end = beginning.subarray(0, bytesRead).indexOf('\n');
    if (end < 0) throw new Error('it has no head');
    const { parts, sha256, ...head } = header.parse(JSON.parse(beginning.toString('utf8', 0, end)));
    if (!withState) return { head, state: {} };
    const bytes = parts.reduce((sum, [, length]) => sum + length, 0);
    const { size } = await handle.stat();
    if (size !== end + 1 + bytes) throw new Error('it is not as long as it says');
    // A buffer for each: numbers stay where they were read to, and nothing else is kept with them.
    const chunks = parts.map(([, length]) => Buffer.allocUnsafeSlow(length));
    if ((await handle.readv(chunks, end + 1)).bytesRead !== bytes)
      throw new Error('it could not be read to its end');
    return { head, state: await inSlices(reading(head, parts, sha256, chunks), clock) };
  } finally {
    await handle.close();
  }
}

const clock = { monotonicMs: () => performance.now(), pause: () => setImmediate() };

function* writing(
  head: SnapshotHead,
  state: object,
): Steps<{ readonly line: Header; readonly chunks: readonly Buffer[] }> {
  const chunks: Buffer[] = [];
  const parts: Header['parts'] = [];
  for (const [way, piece] of piecesOf(state)) {
    const bytes = serialize(piece);
    chunks.push(bytes);
    parts.push([way, bytes.length]);
    yield;
  }
  return { line: { ...head, parts, sha256: yield* digestOf(head, parts, chunks) }, chunks };
}

function* reading(
  head: SnapshotHead,
  parts: Header['parts'],
  sha256: string,
  chunks: readonly Buffer[],
): Steps<object> {
  if ((yield* digestOf(head, parts, chunks)) !== sha256) throw new Error('its digest is another');
  const state = {};
  for (const [place, [way]] of parts.entries()) {
    const bytes = chunks[place];
    if (bytes !== undefined) putPiece(state, [way, deserialize(bytes)]);
    yield;
  }
  return state;
}

function* digestOf(
  { version, space, signals, sequence, atMs, timesForgotten }: SnapshotHead,
  parts: Header['parts'],
  chunks: readonly Uint8Array[],
): Steps<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([version, space, signals, sequence, atMs, timesForgotten, parts]));
  for (const chunk of chunks) {
    hash.update(chunk);
    yield;
  }
  return hash.digest('hex');
}
