import type { ConversationStore } from './conversation-store';
import { changedPart, changedSince, mergeTurns, turnId } from './merge-turns';
import type { SavedConversation, SavedTurn } from './saved-conversation';

/** Keeps one conversation in step with its file, which other windows write, too. */
export interface ConversationKeeper {
  /** As it was last kept, with what has changed of its name and lock since; its turns are made when they are read. */
  readonly saved: SavedConversation;
  /** Something changed: it is written a moment later, so that what changed goes on first, as a request does. */
  changed(change?: Partial<Pick<SavedConversation, 'name' | 'lockedTo'>>): void;
  /** Another window may have written it: takes in what that changed. */
  refresh(): void;
  /** Resolves when all that changed is written, or could not be. */
  flushed(): Promise<void>;
  /** Nothing is written from now on; resolves when nothing is being written any more. */
  close(): Promise<void>;
}

export interface KeeperParts {
  readonly store: Pick<ConversationStore, 'write' | 'readChanged'>;
  /** The turns of the moment; a conversation without any has no file. */
  readonly turns: () => readonly SavedTurn[];
  /** Shows turns as they are now in all windows. What is under way goes on. */
  readonly takeIn: (turns: readonly SavedTurn[]) => void;
  readonly onKept: (id: string) => void;
  /** Another window deleted it. */
  readonly onGone: () => void;
  readonly onProblem: (error: unknown) => void;
}

const momentMs = 50;

export function createKeeper(parts: KeeperParts, first: SavedConversation): ConversationKeeper {
  const { store, turns, onProblem } = parts;
  let saved = first;
  /** What this window and the file last had in common, with the turns as this window has them. */
  let base: SavedConversation = { ...first, turns: first.revision === '' ? [] : turns() };
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
      const asked = { ...saved, turns: now };
      const { joined, ...kept } = await store.write(asked, base);
      base = { ...asked, revision: kept.revision };
      if (joined === true) absorb(kept);
      else saved = { ...kept, name: saved.name, lockedTo: saved.lockedTo };
      failing = false;
      parts.onKept(saved.id);
    } catch (error) {
      // An answer that grows is written again and again: that it fails is told once.
      if (!failing) onProblem(error);
      failing = true;
    }
  }

  /** Takes in what others wrote; what changed here since is still to be written, and is seen to be so. */
  function absorb(theirs: SavedConversation): void {
    const before = base;
    const mine = turns();
    const had = new Map(before.turns.map((turn) => [turnId(turn), turn]));
    const changed = new Set(mine.filter((turn) => changedSince(had.get(turnId(turn)), turn)).map(turnId));
    const deleted = new Set(theirs.deleted ?? []);
    const [name, lockedTo] = [
      changedPart(before.name, saved.name, theirs.name),
      changedPart(before.lockedTo, saved.lockedTo, theirs.lockedTo),
    ];
    parts.takeIn(mergeTurns({ base: before.turns, mine, theirs: theirs.turns, deleted }));
    const now = new Map(turns().map((turn) => [turnId(turn), turn]));
    base = {
      ...theirs,
      turns: theirs.turns.map((turn) => (changed.has(turnId(turn)) ? turn : (now.get(turnId(turn)) ?? turn))),
    };
    saved = { ...theirs, name, lockedTo };
  }

  async function refresh(): Promise<void> {
    if (closed || saved.revision === '') return;
    try {
      const theirs = await store.readChanged(saved.id, saved.revision);
      if (theirs === undefined) return;
      if (theirs === 'deleted') parts.onGone();
      else absorb(theirs);
    } catch (error) {
      onProblem(error);
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
    refresh: () => {
      writing = writing.then(refresh);
    },
    flushed,
    close: () => {
      closed = true;
      return flushed();
    },
  };
}
