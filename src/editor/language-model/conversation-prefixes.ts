import type { NewId } from '../../core/ports';
import type { Message } from '../../core/request';
import { prefixHashes } from './prefix-hashes';

/** Recognises conversations by how they begin: the editor gives no id of them. */
export interface ConversationPrefixes {
  /** The conversation that a request goes on with, or a new one: also where anything before was edited. */
  conversationOf(pool: string, messages: readonly Message[]): string;
}

const mostRemembered = 1_000;

/** Forgets the conversations first that went on longest ago. */
export function createConversationPrefixes(newId: NewId, most = mostRemembered): ConversationPrefixes {
  /** By the hash of all messages of a request that was made. */
  const known = new Map<string, string>();
  return {
    conversationOf: (pool, messages) => {
      const hashes = prefixHashes(pool, messages);
      const whole = hashes.pop() ?? '';
      const begun = hashes.findLast((hash) => known.has(hash));
      const conversation = (begun === undefined ? undefined : known.get(begun)) ?? newId();
      if (begun !== undefined) known.delete(begun);
      // The shorter request stays known behind the longer one: a turn may be asked once more.
      for (const hash of [begun, whole]) if (hash !== undefined) known.set(hash, conversation);
      while (known.size > most) {
        const [oldest = ''] = known.keys();
        known.delete(oldest);
      }
      return conversation;
    },
  };
}
