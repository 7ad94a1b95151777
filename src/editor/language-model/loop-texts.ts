import { createHash } from 'node:crypto';
import type { Message } from '../../core/terms/request';

/**
 * Tells the user's next message from what a caller says along with each step of a tool loop. Most callers send the
 * results alone; some send the question or their context once more behind them, as a message of its own. A user who
 * stopped a tool and asks for something else looks the same but for the words.
 */
export interface LoopTexts {
  /** `messages` were asked in a step of the decision's loop. */
  remember(decisionId: string, messages: readonly Message[]): void;
  /**
   * True where a message behind the last results says what no step of the loop was asked with. A text in one message
   * with results doesn't count: callers put context of their own there, which is another one each time.
   */
  isNewTurn(decisionId: string, messages: readonly Message[]): boolean;
  /** False of a loop of which no step was remembered: whether its texts are new isn't known. */
  knows(decisionId: string): boolean;
}

const mostRemembered = 1_000;

/** Forgets the loops first that went on longest ago. With a loop that it doesn't know every text is new. */
export function createLoopTexts(most = mostRemembered): LoopTexts {
  /** Hashes of texts, by decision. */
  const known = new Map<string, ReadonlySet<string>>();
  return {
    remember: (decisionId, messages) => {
      const spoke = messages.findLastIndex(({ role }) => role === 'assistant');
      const texts = new Set([...(known.get(decisionId) ?? []), ...textsOf(messages.slice(spoke + 1))]);
      known.delete(decisionId);
      known.set(decisionId, texts);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    knows: (decisionId) => known.has(decisionId),
    isNewTurn: (decisionId, messages) => {
      const answered = messages.findLastIndex(({ toolResults }) => toolResults !== undefined);
      const texts = known.get(decisionId);
      return textsOf(messages.slice(answered + 1)).some((text) => texts?.has(text) !== true);
    },
  };
}

function textsOf(messages: readonly Message[]): readonly string[] {
  return messages
    .filter(({ role, text }) => role === 'user' && text.trim() !== '')
    .map(({ text }) => createHash('sha256').update(text.trim()).digest('base64'));
}
