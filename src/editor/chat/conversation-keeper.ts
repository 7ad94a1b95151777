import type { ConversationStore } from './conversation-store';
import type { SavedConversation, SavedTurn } from './saved-conversation';

/** Keeps one conversation's file in step with it. */
export interface ConversationKeeper {
  /** As it was last kept, with what has changed of its name and lock since; its turns are made when they are read. */
  readonly saved: SavedConversation;
  /** Something changed: it is written a moment later, so that what changed goes on first, as a request does. */
  changed(change?: Partial<Pick<SavedConversation, 'name' | 'lockedTo'>>): void;
  /** Resolves when all that changed is written, or could not be. */
  flushed(): Promise<void>;
  /** Nothing is written from now on; resolves when nothing is being written any more. */
  close(): Promise<void>;
}

export interface KeeperParts {
  readonly store: ConversationStore;
  /** The turns of the moment; a conversation without any has no file. */
  readonly turns: () => readonly SavedTurn[];
  /** It was written under this id: another one than before where two windows wrote it. */
  readonly onKept: (id: string) => void;
  readonly onProblem: (error: unknown) => void;
}

const momentMs = 50;

export function createKeeper(parts: KeeperParts, first: SavedConversation): ConversationKeeper {
  const { store, turns, onProblem } = parts;
  let saved = first;
  let waiting = false;
  let failing = false;
  let closed = false;
  let writing: Promise<void> = Promise.resolve();
  /** How many wait for all to be written, and what ends the moment for them. */
  let hurrying = 0;
  let endMoment: (() => void) | undefined;

  function moment(): Promise<void> {
    if (hurrying > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, momentMs);
      endMoment = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function write(): Promise<void> {
    waiting = false;
    const now = turns();
    if (closed || now.length === 0) return;
    try {
      const kept = await store.write({ ...saved, turns: now });
      // What the user changed while it was written is not lost: the next writing has it.
      saved = { ...kept, name: kept.id === saved.id ? saved.name : kept.name, lockedTo: saved.lockedTo };
      failing = false;
      parts.onKept(saved.id);
    } catch (error) {
      // An answer that grows is written again and again: that it fails is told once.
      if (!failing) onProblem(error);
      failing = true;
    }
  }

  async function flushed(): Promise<void> {
    let seen: Promise<void> | undefined;
    hurrying += 1;
    endMoment?.();
    while (seen !== writing) {
      seen = writing;
      await seen;
    }
    hurrying -= 1;
  }

  return {
    get saved() {
      return {
        ...saved,
        get turns() {
          return turns();
        },
      };
    },
    changed: (change) => {
      saved = { ...saved, ...change };
      if (waiting || closed) return;
      waiting = true;
      writing = writing.then(moment).then(write);
    },
    flushed,
    close: () => {
      closed = true;
      return flushed();
    },
  };
}
