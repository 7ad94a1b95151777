import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { NewId } from '../../core/terms/ports';
import { beginningOf } from '../../text/beginning';
import { parseSaved, textOfSaved } from './conversation-file';
import type { SavedConversation, SavedTurn } from './saved-conversation';
import { titleOf } from './saved-conversation';

/** Conversations of all windows, one file each. All methods reject where the folder can't be read or written. */
export interface ConversationStore {
  /** All, the latest first. */
  list(): Promise<readonly SavedConversation[]>;
  /** Undefined where there is none with this id, or its file is broken. */
  read(id: string): Promise<SavedConversation | undefined>;
  /**
   * Writes one whole, and returns it as it was kept. Where another window wrote the same conversation since it was
   * read, both stay: this one becomes a copy with an id of its own.
   */
  write(conversation: SavedConversation): Promise<SavedConversation>;
  remove(id: string): Promise<void>;
}

export interface StoreParts {
  readonly folder: string;
  readonly newId: NewId;
  readonly nowMs: () => number;
  /** Told of a file that isn't a conversation, with the name under which it was set aside. */
  readonly onBroken: (setAside: string) => void;
  /** Told where the oldest turns of a conversation had to be left out. */
  readonly onShortened: (title: string) => void;
}

/** More are not kept: the ones not used for longest go. */
export const mostConversations = 200;
/** A longer file loses its oldest turns. In characters of JSON. */
export const longestFile = 4_000_000;
/** A draft that is older is no writing that is under way: its window was killed. */
export const oldestDraftMs = 24 * 60 * 60 * 1_000;

const draftEnding = '.tmp';

export function createConversationStore(parts: StoreParts): ConversationStore {
  const { folder, newId, nowMs } = parts;
  const fileOf = (id: string): string => path.join(folder, `${id}.json`);
  let writing: Promise<unknown> = Promise.resolve();

  async function read(id: string): Promise<SavedConversation | undefined> {
    let text: string;
    try {
      text = await readFile(fileOf(id), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const saved = parseSaved(text);
    if (saved?.id === id) return saved;
    const setAside = `${fileOf(id)}.broken`;
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

  async function dropOldDrafts(): Promise<void> {
    for (const name of await names(draftEnding)) {
      try {
        const { mtimeMs } = await stat(path.join(folder, name));
        if (mtimeMs < nowMs() - oldestDraftMs) await rm(path.join(folder, name));
      } catch {
        // It is gone meanwhile, or goes the next time.
      }
    }
  }

  async function list(): Promise<readonly SavedConversation[]> {
    await dropOldDrafts();
    const found: SavedConversation[] = [];
    for (const id of await ids()) {
      const saved = await read(id);
      if (saved !== undefined) found.push(saved);
    }
    return found.toSorted((a, b) => b.updatedMs - a.updatedMs);
  }

  /** A reader sees the file before or after, never in between, also where the editor is killed meanwhile. */
  async function replace(id: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const draft = path.join(folder, `${id}.${newId()}${draftEnding}`);
    try {
      await writeFile(draft, text);
      await rename(draft, fileOf(id));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async function dropOldest(): Promise<void> {
    if ((await ids()).length <= mostConversations) return;
    for (const { id } of (await list()).slice(mostConversations)) await rm(fileOf(id), { force: true });
  }

  async function write(conversation: SavedConversation): Promise<SavedConversation> {
    const stored = await read(conversation.id);
    const isCopy = stored !== undefined && stored.revision !== conversation.revision;
    const kept: SavedConversation = {
      ...conversation,
      ...(isCopy && { id: newId(), name: l10n.t('{0} (copy)', titleOf(conversation)) }),
      revision: newId(),
      updatedMs: nowMs(),
    };
    await replace(kept.id, textOf(kept));
    if (stored === undefined || isCopy) await dropOldest();
    return kept;
  }

  function textOf(conversation: SavedConversation): string {
    const whole = textOfSaved(conversation);
    if (whole.length <= longestFile) return whole;
    parts.onShortened(titleOf(conversation));
    let room = longestFile - 10_000;
    const { turns } = conversation;
    const firstKept = turns.findLastIndex((turn) => (room -= JSON.stringify(turn).length + 1) < 0) + 1;
    const kept = firstKept < turns.length ? turns.slice(firstKept) : turns.slice(-1).map(shortenedTurn);
    return textOfSaved({ ...conversation, name: titleOf(conversation), turns: kept });
  }

  return {
    list,
    read,
    write: (conversation) => {
      const written = writing.then(() => write(conversation));
      writing = written.catch(() => undefined);
      return written;
    },
    remove: (id) => rm(fileOf(id), { force: true }),
  };
}

/** The last turn is kept also where it alone is too long: with its question, and the beginning of its answer. */
function shortenedTurn({ question, answer, told }: SavedTurn): SavedTurn {
  const prompt = beginningOf(question.prompt, longestFile / 10);
  const text = beginningOf(answer.facts.text, longestFile / 10);
  const labels = question.attachments.map(({ label }) => label);
  return {
    question: { ...question, prompt, attachments: [] },
    answer: {
      ...answer,
      facts: { ...answer.facts, text },
      lostAttachments: [...(answer.lostAttachments ?? []), ...labels],
    },
    earlier: [],
    told,
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
