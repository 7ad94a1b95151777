import { unwatchFile, watchFile } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { NewId } from '../../core/terms/ports';
import { withFileLock } from '../../files/file-lock';
import { draftName, isMissing, writePrivately } from '../../files/private-files';
import { parseSaved, saysRevision, textOfSaved } from './conversation-file';
import { deletedTurns, textOfDeleted } from './deleted-conversation';
import { fittedToFile } from './fit-conversation';
import { changedPart, mergeTurns, turnId } from './merge-turns';
import type { SavedConversation } from './saved-conversation';
import { titleOf } from './saved-conversation';

/**
 * Conversations of all windows, one file each. Methods reject where the folder can't be read or written; what was written
 * before is still there then.
 */
export interface ConversationStore {
  /** All that can be read, the latest first. */
  list(): Promise<readonly SavedConversation[]>;
  /** Undefined where there is none with this id, or its file is broken. */
  read(id: string): Promise<SavedConversation | undefined>;
  /** What another window made of it, or `deleted`; undefined: it is as it was at this revision. */
  readChanged(id: string, revision: string): Promise<SavedConversation | 'deleted' | undefined>;
  /**
   * Writes what changed since `base`, the conversation as the caller last had it in common with its file, and returns it as
   * it was kept: `joined` with what another window wrote meanwhile. Turns of a conversation that was deleted stay deleted.
   */
  write(conversation: SavedConversation, base?: SavedConversation): Promise<WrittenConversation>;
  remove(id: string): Promise<void>;
  /** Writes one that was removed, whole. */
  restore(conversation: SavedConversation): Promise<SavedConversation>;
  /** Calls `listener` within a second when any window wrote or removed it. */
  watch(id: string, listener: () => void): { dispose(): void };
}

export interface WrittenConversation extends SavedConversation {
  readonly joined?: true;
}

export interface StoreParts {
  readonly folder: string;
  readonly newId: NewId;
  readonly nowMs: () => number;
  /** Told of a file that isn't a conversation, with the name under which it was set aside, or its own where it couldn't be. */
  readonly onBroken: (setAside: string) => void;
  /** Told where the oldest turns of a conversation had to be left out. */
  readonly onShortened: (title: string) => void;
}

/** More are not kept: the ones not used for longest go. */
export const mostConversations = 200;
/** A draft that is older is no writing that is under way: its window was killed. */
export const oldestDraftMs = 24 * 60 * 60 * 1_000;
/** So long a window that shows a deleted conversation may stay open and not bring it back. */
const oldestDeletedMs = 90 * 24 * 60 * 60 * 1_000;
/** One `stat` of one file each; it works in any folder, on a share too, where notices of the system may not come. */
const watchEveryMs = 700;

const draftEnding = '.tmp';
const deletedEnding = '.deleted';

export function createConversationStore(parts: StoreParts): ConversationStore {
  const { folder, newId, nowMs } = parts;
  const fileOf = (id: string): string => path.join(folder, `${id}.json`);
  const deletedFileOf = (id: string): string => path.join(folder, id + deletedEnding);
  let writing: Promise<unknown> = Promise.resolve();
  /** Told once each. */
  const unreadable = new Set<string>();

  async function read(id: string): Promise<SavedConversation | undefined> {
    const text = await textIn(fileOf(id));
    if (text === undefined) return undefined;
    const saved = parseSaved(text);
    if (saved?.id === id) return saved;
    const setAside = draftName(fileOf(id), '.broken');
    await rename(fileOf(id), setAside);
    parts.onBroken(setAside);
    return undefined;
  }

  async function names(ending: string): Promise<readonly string[]> {
    try {
      return (await readdir(folder)).filter((name) => name.endsWith(ending));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async function ids(): Promise<readonly string[]> {
    return (await names('.json')).map((name) => name.slice(0, -'.json'.length));
  }

  async function dropOld(ending: string, oldestMs: number): Promise<void> {
    for (const name of await names(ending)) {
      try {
        const { mtimeMs } = await stat(path.join(folder, name));
        if (mtimeMs < nowMs() - oldestMs) await rm(path.join(folder, name));
      } catch {
        // It is gone meanwhile, or goes the next time.
      }
    }
  }

  async function list(): Promise<readonly SavedConversation[]> {
    await dropOld(draftEnding, oldestDraftMs);
    await dropOld(deletedEnding, oldestDeletedMs);
    const found: SavedConversation[] = [];
    for (const id of await ids()) {
      try {
        const saved = await read(id);
        if (saved !== undefined) found.push(saved);
      } catch (error) {
        // One that can't be read, nor set aside, hides no other.
        if (!isMissing(error) && !unreadable.has(id)) parts.onBroken(fileOf(id));
        unreadable.add(id);
      }
    }
    return found.toSorted((a, b) => b.updatedMs - a.updatedMs);
  }

  async function dropOldest(): Promise<void> {
    if ((await ids()).length <= mostConversations) return;
    for (const { id } of (await list()).slice(mostConversations)) await rm(fileOf(id), { force: true });
  }

  /** One window at a time, of all, and one thing at a time in this one. */
  function alone<Result>(
    id: string,
    work: (isMine: () => Promise<boolean>) => Promise<Result>,
  ): Promise<Result> {
    const done = writing.then(() =>
      withFileLock(path.join(folder, `${id}.lock`), (lock) => work(lock.isMine)),
    );
    writing = done.catch(() => undefined);
    return done;
  }

  async function writeAlone(
    conversation: SavedConversation,
    base?: SavedConversation,
  ): Promise<WrittenConversation> {
    const written = await alone(conversation.id, (isMine) => write(conversation, base, isMine));
    // A window that was stopped for so long that it lost its lock looks at what was written meanwhile.
    return written ?? writeAlone(conversation, base);
  }

  /** Undefined: another window took the lock meanwhile, and nothing was written. */
  async function write(
    conversation: SavedConversation,
    base: SavedConversation | undefined,
    isMine: () => Promise<boolean>,
  ): Promise<WrittenConversation | undefined> {
    const stored = await read(conversation.id);
    const gone = deletedTurns(await textIn(deletedFileOf(conversation.id)));
    const before = base ?? (stored?.revision === conversation.revision ? stored : undefined);
    const deleted = new Set([...(stored?.deleted ?? []), ...(conversation.deleted ?? []), ...gone]);
    const joined = stored !== undefined && stored.revision !== (before?.revision ?? conversation.revision);
    const kept: SavedConversation = {
      ...conversation,
      ...(joined && {
        name: changedPart(before?.name, conversation.name, stored.name),
        lockedTo: changedPart(before?.lockedTo, conversation.lockedTo, stored.lockedTo),
      }),
      revision: newId(),
      updatedMs: nowMs(),
      turns: mergeTurns({
        base: before?.turns ?? [],
        mine: conversation.turns,
        theirs: stored?.turns ?? [],
        deleted,
      }),
    };
    const result = { ...kept, ...(deleted.size > 0 && { deleted: [...deleted] }), ...(joined && { joined }) };
    if (kept.turns.length === 0) return result;
    const fitted = fittedToFile(result);
    if (fitted !== result) parts.onShortened(titleOf(conversation));
    const text = textOfSaved(fitted);
    if (!(await isMine())) return undefined;
    await writePrivately(fileOf(kept.id), text, path.join(folder, `${kept.id}.${newId()}${draftEnding}`));
    if (stored === undefined) await dropOldest();
    return { ...result, ...(fitted.deleted && { deleted: fitted.deleted }) };
  }

  return {
    list,
    read,
    readChanged: async (id, revision) => {
      const beginning = await beginningIn(fileOf(id));
      if (beginning !== undefined && saysRevision(beginning, revision)) return undefined;
      const saved = await read(id);
      if (saved !== undefined) return saved.revision === revision ? undefined : saved;
      return (await textIn(deletedFileOf(id))) === undefined ? undefined : 'deleted';
    },
    write: writeAlone,
    remove: (id) =>
      alone(id, async () => {
        const stored = await read(id);
        const before = deletedTurns(await textIn(deletedFileOf(id)));
        const turns = [...before, ...(stored?.deleted ?? []), ...(stored?.turns ?? []).map(turnId)];
        if (turns.length > 0) await writePrivately(deletedFileOf(id), textOfDeleted(turns));
        await rm(fileOf(id), { force: true });
      }),
    restore: async (conversation) => {
      await alone(conversation.id, () => rm(deletedFileOf(conversation.id), { force: true }));
      return writeAlone(conversation);
    },
    watch: (id, listener) => {
      const file = fileOf(id);
      const told = (): void => listener();
      watchFile(file, { interval: watchEveryMs, persistent: false }, told);
      return { dispose: () => unwatchFile(file, told) };
    },
  };
}

async function textIn(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function beginningIn(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(512) });
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
