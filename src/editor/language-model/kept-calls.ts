import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../core/terms/ports';
import type { Verbatim } from '../../core/terms/tools';
import { writePrivatelySync } from '../../files/private-files';
import { errorText } from '../shown/error-text';

/** Which decision a tool call belongs to, and what its vendor wants back with it. */
export interface KnownCall {
  /** The server's: some servers give the same ones in every conversation. */
  readonly callId: string;
  /** A hash of what is called, with what. */
  readonly content: string;
  /** A hash of the conversation before the call. */
  readonly prefix: string;
  readonly pool: string;
  readonly decisionId: string;
  readonly verbatim: Verbatim | undefined;
}

/** Tool calls over a reload of the window: on this machine only, and for a day. No method throws. */
export interface KeptCalls {
  /** In the place of one of the same id and content after the same conversation. */
  keep(call: KnownCall): void;
  /** Those with this id, in no order; none where they are too old, or their files are broken. */
  read(callId: string): readonly KnownCall[];
  /** Deletes what is too old, and the oldest of what is too much. */
  sweep(): void;
}

/** What vendors want back is of no use to them later. */
const longestMs = 24 * 3_600_000;
/** More files are not kept: the oldest go. */
export const mostKept = 1_000;
/** Characters of JSON; usual are some ten thousand. Longer ones last as long as the window. */
const longestFile = 1_000_000;
/** So many are kept before it is looked again whether some can go. */
const betweenSweeps = 100;
/** A request may ask for hundreds of calls at once: so long the folder isn't looked through again, in ms. */
const listedForMs = 1_000;

const schema = z.object({
  callId: z.string(),
  content: z.string(),
  prefix: z.string(),
  pool: z.string(),
  decisionId: z.string(),
  verbatim: z
    .object({ deploymentId: z.string(), items: z.array(z.record(z.string(), z.unknown())) })
    .optional(),
});

/** Ids come from other extensions: what is in them leads nowhere. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A file for each call, so that windows don't wait for each other. `nowMs` is compared with the files' own times. */
export function createKeptCalls(folder: string, nowMs: () => number, log: Log): KeptCalls {
  let untilSweep = 0;
  let listed: { readonly atMs: number; readonly names: readonly string[] } | undefined;

  function names(): readonly string[] {
    const atMs = nowMs();
    if (listed === undefined || Math.abs(atMs - listed.atMs) > listedForMs)
      listed = { atMs, names: namesIn(folder) };
    return listed.names;
  }

  function keep(call: KnownCall): void {
    const text = JSON.stringify(call);
    if (text.length > longestFile) return;
    const own = hashOf(JSON.stringify([call.content, call.prefix]));
    const file = path.join(folder, `${hashOf(call.callId)}-${own}.json`);
    try {
      if (untilSweep === 0) removeOld(folder, nowMs());
      untilSweep = untilSweep === 0 ? betweenSweeps : untilSweep - 1;
      writePrivatelySync(file, text);
      listed = undefined;
    } catch (error) {
      log.warn(`A tool loop will not be recognised after this window: ${errorText(error)}`);
    }
  }

  function readFile(file: string): readonly KnownCall[] {
    try {
      if (isOld(file, nowMs())) return [];
      const { verbatim, ...call } = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
      return [{ ...call, verbatim }];
    } catch {
      // Nothing that could be read: the loop goes on as a new turn.
      return [];
    }
  }

  return {
    keep,
    sweep: () => {
      try {
        removeOld(folder, nowMs());
      } catch (error) {
        log.warn(`Old tool calls could not be removed: ${errorText(error)}`);
      }
    },
    read: (callId) => {
      const begin = `${hashOf(callId)}-`;
      return names()
        .filter((name) => name.startsWith(begin) && name.endsWith('.json'))
        .flatMap((name) => readFile(path.join(folder, name)))
        .filter((call) => call.callId === callId);
    },
  };
}

function removeOld(folder: string, nowMs: number): void {
  const files = namesIn(folder)
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, ageMs: ageOf(file, nowMs) }))
    .toSorted((a, b) => a.ageMs - b.ageMs);
  for (const [index, { file, ageMs }] of files.entries())
    if (ageMs > longestMs || index >= mostKept) rmSync(file, { force: true });
}

function isOld(file: string, nowMs: number): boolean {
  return ageOf(file, nowMs) > longestMs;
}

/** Infinite where the file is gone: another window removed it. */
function ageOf(file: string, nowMs: number): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? Infinity : nowMs - stats.mtimeMs;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is none yet.
    return [];
  }
}
