import { createHash } from 'node:crypto';
import type { Message } from '../../core/terms/request';

/**
 * One hash for the messages up to each of them, the message itself included, as they were asked of a pool. What a vendor
 * wants back with a call makes no difference: the editor doesn't give it back.
 */
export function prefixHashes(pool: string, messages: readonly Message[]): string[] {
  let hash = pool;
  return messages.map((message) => (hash = hashAfter(hash, message)));
}

/** The hash with one message more, from that of all before it. */
export function hashAfter(before: string, message: Message): string {
  const { role, text, images, toolCalls, toolResults } = message;
  const calls = toolCalls?.map(({ id, name, input }) => [id, name, input]);
  const content = JSON.stringify([role, text, images, calls, toolResults]);
  return createHash('sha256').update(before).update(content).digest('base64');
}
