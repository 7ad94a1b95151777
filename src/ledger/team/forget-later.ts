import { access, appendFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Forgotten } from '../../core/terms/ports';

/** What the user had forgotten here and the team's database has still: it is deleted there when it can be reached. */
export interface ForgetLater {
  add(which: Forgotten): Promise<void>;
  /** Has each done, once at least, and forgets of it. Rejects where one can't be: it stays for later. */
  each(work: (which: Forgotten) => Promise<unknown>): Promise<void>;
  /** Nothing is left to be done. */
  isDone(): Promise<boolean>;
}

const line = z.union([z.literal('everything'), z.array(z.string())]);

/** Kept in files beside `file`, each written by one window and taken by one. */
export function forgetLater(file: string): ForgetLater {
  const folder = path.dirname(file);
  const name = path.basename(file);

  async function taken(): Promise<readonly string[]> {
    const files = await readdir(folder).catch(() => []);
    return files.filter((each) => each.startsWith(`${name}.`));
  }

  return {
    add: async (which) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(file, `${JSON.stringify(which)}\n`, { mode: 0o600, flush: true });
    },
    each: async (work) => {
      // Under a name of its own nobody adds to it meanwhile.
      await rename(file, `${file}.${randomUUID()}`).catch(() => undefined);
      for (const each of await taken()) {
        const text = await readFile(path.join(folder, each), 'utf8').catch(() => '');
        for (const written of text.split('\n')) {
          const which = parsed(written);
          if (which !== undefined) await work(which);
        }
        await rm(path.join(folder, each), { force: true });
      }
    },
    isDone: async () => (await taken()).length === 0 && !(await isThere(file)),
  };
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Undefined for an empty line, and for one that a crash cut off. */
function parsed(text: string): Forgotten | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
