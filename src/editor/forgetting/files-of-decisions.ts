import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Forgotten } from '../../core/terms/ports';

/** Folders of a workspace's storage whose files are each of one decision. */
const kinds = ['accepted-edits', 'tool-calls'] as const;

/**
 * Where files of decisions may be: in the storage of every workspace that the editor has one for, and in the one that
 * windows without a folder share.
 */
export function foldersOfDecisions(globalStorage: string, storage: string | undefined): readonly string[] {
  const all =
    storage === undefined
      ? path.join(path.dirname(path.dirname(globalStorage)), 'workspaceStorage')
      : path.dirname(path.dirname(storage));
  const extension = path.basename(globalStorage);
  // An editor that keeps its storage in another way has no others that could be found.
  const others = path.basename(all) === 'workspaceStorage' ? namesIn(all) : [];
  const storages = new Set([globalStorage, ...others.map((name) => path.join(all, name, extension))]);
  if (storage !== undefined) storages.add(storage);
  return [...storages].flatMap((each) => kinds.map((kind) => path.join(each, kind)));
}

const schema = z.object({ decisionId: z.string() });

/** Deletes the files of decisions that are to be forgotten. Throws where one can't be deleted. */
export function forgetFiles(folders: readonly string[], which: Forgotten): void {
  for (const folder of folders) {
    if (which === 'everything') rmSync(folder, { recursive: true, force: true });
    else removeOf(folder, new Set(which));
  }
}

function removeOf(folder: string, ids: ReadonlySet<string>): void {
  const names = namesIn(folder);
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const id = decisionOf(path.join(folder, name));
    if (id === undefined || !ids.has(id)) continue;
    // With those that say what was told of it.
    const own = names.filter((each) => each.startsWith(`${name.slice(0, -'.json'.length)}.`));
    for (const each of own) rmSync(path.join(folder, each), { force: true });
  }
}

function decisionOf(file: string): string | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8'))).decisionId;
  } catch {
    // It is gone meanwhile, or it says of no decision.
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // There is none.
    return [];
  }
}
