import { Worker } from 'node:worker_threads';
import type { GenerationFiles } from '../store/generation-files';
import { makeDailyCopy } from './copies';
import { makeNextGeneration } from './next-generation';
import type { SalvageReport } from './salvage-report';
import { wholeCheck } from './whole-check';

/** What holds a thread for seconds, and so gets one of its own. */
export type LongWork =
  | { readonly kind: 'check'; readonly files: GenerationFiles }
  | {
      readonly kind: 'copy';
      readonly storage: string;
      readonly files: GenerationFiles;
      readonly nowMs: number;
    }
  | { readonly kind: 'salvage'; readonly storage: string; readonly nowMs: number };

/** What each comes to: what is wrong with the file, or what was salvaged. */
interface Results {
  readonly check: string | undefined;
  readonly copy: string | undefined;
  readonly salvage: SalvageReport | undefined;
}

/** Does it here: in a thread that has nothing else to do. */
export async function doLongWork(work: LongWork): Promise<Results[LongWork['kind']]> {
  switch (work.kind) {
    case 'check':
      return wholeCheck(work.files);
    case 'copy':
      return makeDailyCopy(work.storage, work.files, work.nowMs);
    case 'salvage':
      return makeNextGeneration(await import('node:sqlite'), work.storage, () => work.nowMs);
  }
}

/** What such a thread says when it is done. */
export type LongWorkDone = { readonly result: Results[LongWork['kind']] } | { readonly error: string };

/** Does it in a thread, which `script` runs with the work as its data. Rejects where it fails, or the thread dies. */
export function inOwnThread<Work extends LongWork>(
  script: string,
  work: Work,
): Promise<Results[Work['kind']]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(script, {
      workerData: { work },
      execArgv: process.execArgv,
      env: {},
      stdout: true,
      stderr: true,
    });
    thread.unref();
    thread.stdout.resume();
    thread.stderr.resume();
    thread.once('message', (done: LongWorkDone) => {
      if ('error' in done) reject(new Error(done.error));
      else resolve(done.result as Results[Work['kind']]);
    });
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('its thread ended')));
  });
}
