import type { ConversationStore } from './conversation-store';
import type { SavedConversation, SavedTurn } from './saved-conversation';

/** Keeps one conversation's file in step with it. */
export interface ConversationKeeper {
  /** As it was last kept, with what has changed of its name and lock since; its turns are made when they are read. */
  readonly saved: SavedConversation;
  /** Something changed: it is written soon. */
  changed(change?: Partial<Pick<SavedConversation, 'name' | 'lockedTo'>>): void;
  /** Resolves when all that changed is written, or could not be. */
  flushed(): Promise<void>;
  /** Nothing is written from now on; resolves when nothing is being written any more. */
  close(): Promise<void>;
}

/** `turns` gives the turns of the moment; a conversation without any has no file. */
export function createKeeper(
  store: ConversationStore,
  first: SavedConversation,
  turns: () => readonly SavedTurn[],
  onProblem: (error: unknown) => void,
): ConversationKeeper {
  let saved = first;
  let waiting = false;
  let failing = false;
  let closed = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    waiting = false;
    const now = turns();
    if (closed || now.length === 0) return;
    try {
      const kept = await store.write({ ...saved, turns: now });
      // What the user changed while it was written is not lost: the next writing has it.
      saved = { ...kept, name: kept.id === saved.id ? saved.name : kept.name, lockedTo: saved.lockedTo };
      failing = false;
    } catch (error) {
      // An answer that grows is written again and again: that it fails is told once.
      if (!failing) onProblem(error);
      failing = true;
    }
  }

  async function flushed(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== writing) {
      seen = writing;
      await seen;
    }
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
      writing = writing.then(write);
    },
    flushed,
    close: () => {
      closed = true;
      return flushed();
    },
  };
}
