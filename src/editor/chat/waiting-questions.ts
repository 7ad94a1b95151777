import type { Question } from './saved-conversation';

/** Questions that wait for the answer that is under way, in order. */
export interface WaitingQuestions {
  readonly prompts: readonly string[];
  add(question: Question): void;
  /** Before all that wait. */
  addFirst(question: Question): void;
  /** Offers the first one; it waits no longer where `ask` takes it. */
  offer(ask: (question: Question) => boolean): void;
  /** Takes one back, if it still stands at this place: else undefined. */
  takeBack(index: number, prompt: string): Question | undefined;
  /** Takes all back. */
  takeAll(): readonly Question[];
}

/** `onChanged` is called when others wait than before. */
export function createWaitingQuestions(onChanged: () => void): WaitingQuestions {
  let waiting: readonly Question[] = [];

  function set(next: readonly Question[]): void {
    waiting = next;
    onChanged();
  }

  return {
    get prompts() {
      return waiting.map(({ prompt }) => prompt);
    },
    add: (question) => set([...waiting, question]),
    addFirst: (question) => set([question, ...waiting]),
    offer: (ask) => {
      const [first, ...rest] = waiting;
      if (first !== undefined && ask(first)) set(rest);
    },
    takeBack: (index, prompt) => {
      const question = waiting[index];
      if (question?.prompt !== prompt) return undefined;
      set(waiting.toSpliced(index, 1));
      return question;
    },
    takeAll: () => {
      const all = waiting;
      if (all.length > 0) set([]);
      return all;
    },
  };
}
