import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Log } from '../../core/ports';
import type { Verbatim } from '../../core/tools';
import { errorText } from '../shown/error-text';

/** Which decision a tool call belongs to, and what its vendor wants back with it. */
export interface KnownCall {
  readonly pool: string;
  readonly decisionId: string;
  readonly verbatim: Verbatim | undefined;
}

/** Tool calls over a reload of the window: on this machine only, and for a day. No method throws. */
export interface KeptCalls {
  keep(callId: string, call: KnownCall): void;
  /** Undefined where it isn't known, is too old, or its file is broken. */
  read(callId: string): KnownCall | undefined;
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

const schema = z.object({
  callId: z.string(),
  pool: z.string(),
  decisionId: z.string(),
  verbatim: z
    .object({ deploymentId: z.string(), items: z.array(z.record(z.string(), z.unknown())) })
    .optional(),
});

/** A file for each call, so that windows don't wait for each other. `nowMs` is compared with the files' own times. */
export function createKeptCalls(folder: string, nowMs: () => number, log: Log): KeptCalls {
  let untilSweep = 0;
  // Ids come from other extensions: what is in them leads nowhere.
  const fileOf = (callId: string): string =>
    path.join(folder, `${createHash('sha256').update(callId).digest('hex')}.json`);

  function keep(callId: string, { pool, decisionId, verbatim }: KnownCall): void {
    const text = JSON.stringify({ callId, pool, decisionId, verbatim });
    if (text.length > longestFile) return;
    try {
      if (untilSweep === 0) removeOld(folder, nowMs());
      untilSweep = untilSweep === 0 ? betweenSweeps : untilSweep - 1;
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${fileOf(callId)}.tmp`, text);
      renameSync(`${fileOf(callId)}.tmp`, fileOf(callId));
    } catch (error) {
      log.warn(`A tool loop will not be recognised after this window: ${errorText(error)}`);
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
      const file = fileOf(callId);
      try {
        if (isOld(file, nowMs())) return undefined;
        const {
          pool,
          decisionId,
          verbatim,
          callId: kept,
        } = schema.parse(JSON.parse(readFileSync(file, 'utf8')));
        return kept === callId ? { pool, decisionId, verbatim } : undefined;
      } catch {
        // There is none, or nothing that could be read: the loop goes on as a new turn.
        return undefined;
      }
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
