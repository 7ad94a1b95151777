import { appendFile, readFile, truncate } from 'node:fs/promises';
import { z } from 'zod';
import { codeOf, CorpusError } from '../routing/corpus-error';

/** What a pass is: everything that its figures depend on, beside the code. */
export type PassKey = Readonly<Record<string, string | number>>;

/** Passes that were made, so that a run that was broken off goes on where it was. */
export interface PassStore<Figures> {
  get(key: PassKey): Figures | undefined;
  add(key: PassKey, figures: Figures): Promise<void>;
  keys(): readonly PassKey[];
}

const keySchema = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * A file with a pass on each line, or the memory where there is no path. A last line that was broken off is cut away.
 * Throws CorpusError, with the line, where something else stands there.
 */
export async function openPassStore<Figures>(
  path: string | undefined,
  figures: z.ZodType<Figures>,
): Promise<PassStore<Figures>> {
  const passes = new Map<string, { readonly key: PassKey; readonly figures: Figures }>();
  if (path !== undefined) {
    const schema = z.object({ key: keySchema, figures });
    for (const [index, line] of (await wholeLines(path)).entries()) {
      const parsed = schema.safeParse(jsonOf(line));
      if (!parsed.success) {
        throw new CorpusError(path, `expected a pass\n${z.prettifyError(parsed.error)}`, { line: index + 1 });
      }
      passes.set(textOf(parsed.data.key), parsed.data);
    }
  }
  return {
    get: (key) => passes.get(textOf(key))?.figures,
    add: async (key, added) => {
      passes.set(textOf(key), { key, figures: added });
      if (path !== undefined) await appendFile(path, `${JSON.stringify({ key, figures: added })}\n`);
    },
    keys: () => [...passes.values()].map(({ key }) => key),
  };
}

async function wholeLines(path: string): Promise<readonly string[]> {
  const content = await contentOf(path);
  const end = content.lastIndexOf('\n') + 1;
  if (end < content.length) await truncate(path, Buffer.byteLength(content.slice(0, end)));
  return content.slice(0, end).split('\n').slice(0, -1);
}

async function contentOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return '';
    throw new CorpusError(path, String(failure), { cause: failure });
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function textOf(key: PassKey): string {
  return JSON.stringify(Object.entries(key).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
