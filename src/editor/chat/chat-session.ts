import type { NewId } from '../../core/terms/ports';
import type { Conversation } from './conversation';
import type { ConversationKeeper } from './conversation-keeper';
import { createKeeper } from './conversation-keeper';
import type { ConversationStore } from './conversation-store';
import type { Remembered } from './remembered';
import type { SavedConversation, SavedTurn } from './saved-conversation';
import type { ModelChoice } from '../answers/choose-model';

/** The conversation that the chat view shows, kept in step with its file. */
export interface ChatSession {
  readonly conversation: Conversation;
  readonly saved: SavedConversation;
  /** The conversation of before a reload is back, or there was none. Never rejects. */
  readonly restored: Promise<void>;
  /** Leaves the conversation, whose answer is stopped, and goes on with another. */
  open(saved: SavedConversation): void;
  /** The same with a new one, which begins with `turns`. */
  startNew(turns?: readonly SavedTurn[]): void;
  /** Lets only this model answer from now on; undefined: the router chooses. */
  lock(choice: ModelChoice | undefined): void;
  rename(saved: SavedConversation, name: string): Promise<void>;
  /** Deletes it; where it is shown a new one takes its place. */
  remove(saved: SavedConversation): Promise<void>;
  /** Stops what is under way; resolves when all is written. */
  close(): Promise<void>;
}

export interface ChatSessionParts {
  readonly store: ConversationStore;
  readonly newId: NewId;
  /** Which conversation this workspace showed last. */
  readonly last: Remembered;
  /** `isShown` tells whether it is still the one that is shown: what an abandoned one says is not. */
  readonly create: (saved: SavedConversation, isShown: () => boolean, onChanged: () => void) => Conversation;
  readonly onShown: () => void;
  /** The conversation that is shown has taken in what another window wrote. */
  readonly onTakenIn: () => void;
  /** The conversation could not be written or read. */
  readonly onProblem: (error: unknown) => void;
}

interface Shown {
  readonly conversation: Conversation;
  readonly keeper: ConversationKeeper;
  readonly watching: { dispose(): void };
}

export function createChatSession(parts: ChatSessionParts): ChatSession {
  const { store, newId, last } = parts;
  /** Of conversations that were left and may still be written. */
  const leaving = new Set<Promise<void>>();
  /** Of all that were shown, as long as something that is still under way, such as a rating, may write them. */
  const keepers = new Set<WeakRef<ConversationKeeper>>();
  let shown = shownOf(blank());

  function blank(turns: readonly SavedTurn[] = []): SavedConversation {
    return { id: newId(), revision: '', updatedMs: 0, turns };
  }

  function shownOf(saved: SavedConversation): Shown {
    const isShown = (): boolean => shown.conversation === conversation;
    const conversation = parts.create(saved, isShown, () => keeper.changed());
    const keeper = createKeeper(
      {
        store,
        turns: conversation.saved,
        takeIn: (turns) => {
          conversation.takeIn(turns);
          if (isShown()) parts.onTakenIn();
        },
        onKept: (id) => {
          if (isShown()) last.set(id);
        },
        // What is under way is not taken from who waits for it; it goes on in a conversation of that turn alone.
        onGone: () => {
          if (isShown() && !conversation.answering) show(blank());
        },
        onProblem: parts.onProblem,
      },
      saved,
    );
    const watching = store.watch(saved.id, () => keeper.refresh());
    keepers.add(new WeakRef(keeper));
    return { conversation, keeper, watching };
  }

  /** What is still told of a conversation doesn't bring its file back. */
  async function closeKeepers(id: string): Promise<void> {
    const closed: Promise<void>[] = [];
    for (const reference of keepers) {
      const keeper = reference.deref();
      if (keeper === undefined) keepers.delete(reference);
      else if (keeper.saved.id === id) closed.push(keeper.close());
    }
    await Promise.all(closed);
  }

  async function end({ conversation, keeper, watching }: Shown): Promise<void> {
    watching.dispose();
    await conversation.stop();
    await keeper.flushed();
  }

  function show(saved: SavedConversation): void {
    const left = end(shown);
    leaving.add(left);
    void left.finally(() => leaving.delete(left));
    shown = shownOf(saved);
    last.set(saved.id);
    if (saved.turns.length > 0 && saved.revision === '') shown.keeper.changed();
    parts.onShown();
  }

  async function restore(): Promise<void> {
    const id = last.get();
    if (id === undefined) return;
    try {
      const saved = await store.read(id);
      // A question that came meanwhile began a conversation of its own, which stays.
      if (saved !== undefined && shown.conversation.length === 0) show(saved);
    } catch (error) {
      parts.onProblem(error);
    }
  }

  return {
    get conversation() {
      return shown.conversation;
    },
    get saved() {
      return shown.keeper.saved;
    },
    restored: restore(),
    open: (saved) => {
      if (saved.id !== shown.keeper.saved.id) show(saved);
    },
    startNew: (turns) => show(blank(turns)),
    lock: (lockedTo) => shown.keeper.changed({ lockedTo }),
    rename: async (saved, name) => {
      if (saved.id !== shown.keeper.saved.id) {
        await store.write({ ...saved, name }, saved);
        return;
      }
      shown.keeper.changed({ name });
      await shown.keeper.flushed();
      parts.onShown();
    },
    remove: async (saved) => {
      const closed = closeKeepers(saved.id);
      if (saved.id === shown.keeper.saved.id) show(blank());
      await Promise.all([closed, ...leaving]);
      await store.remove(saved.id);
    },
    close: async () => {
      await end(shown);
      await Promise.all(leaving);
      last.flush();
    },
  };
}
