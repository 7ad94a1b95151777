import { createHash } from 'node:crypto';

/**
 * SHA-256 of a text, in hex: a key of one size for any text, that tells nothing of it. Of UTF-16, since in UTF-8 all
 * halves of surrogate pairs are the same.
 */
export function digestOf(text: string): string {
  return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}
