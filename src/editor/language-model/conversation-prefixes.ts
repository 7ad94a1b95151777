import type { NewId } from '../../core/terms/ports';

/** Recognises conversations by how they begin: the editor gives no id of them. */
export interface ConversationPrefixes {
  /**
   * The conversation that a request goes on with, by its `prefixHashes`, or a new one: also where anything before was
   * edited.
   */
  conversationOf(hashes: readonly string[]): string;
  /** `hash` is that of a request with its answer: it tells two conversations apart that were asked the same. */
  answered(hash: string, conversationId: string): void;
}

/** Two for each turn: the request, and the request with its answer. */
const mostRemembered = 2_000;

/** Forgets the conversations first that went on longest ago. */
export function createConversationPrefixes(newId: NewId, most = mostRemembered): ConversationPrefixes {
  /** By the hash of all messages of a request that was made, without and with its answer. */
  const known = new Map<string, string>();

  function remember(hash: string, conversationId: string): void {
    known.delete(hash);
    known.set(hash, conversationId);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
  }

  return {
    conversationOf: (hashes) => {
      const whole = hashes.at(-1) ?? '';
      const begun = hashes.slice(0, -1).findLast((hash) => known.has(hash));
      const conversation = (begun === undefined ? undefined : known.get(begun)) ?? newId();
      // The shorter request stays known behind the longer one: a turn may be asked once more.
      if (begun !== undefined) remember(begun, conversation);
      remember(whole, conversation);
      return conversation;
    },
    answered: remember,
  };
}
