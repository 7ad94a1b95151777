import { createHash } from 'node:crypto';
import type { Message } from '../../core/request';

/**
 * One hash for the messages up to each of them, the message itself included, as they were asked of a pool. What a vendor
 * wants back with a call makes no difference: the editor doesn't give it back.
 */
export function prefixHashes(pool: string, messages: readonly Message[]): string[] {
  let hash = pool;
  return messages.map(({ role, text, images, toolCalls, toolResults }) => {
    const calls = toolCalls?.map(({ id, name, input }) => [id, name, input]);
    const message = JSON.stringify([role, text, images, calls, toolResults]);
    hash = createHash('sha256').update(hash).update(message).digest('base64');
    return hash;
  });
}
