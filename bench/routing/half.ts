import { textHash } from './text-hash';

/** Settings are chosen on the rows of half a; those of b are looked at once, at the end. */
export type Half = (typeof halves)[number];
export const halves = ['a', 'b'] as const;

/**
 * Which half a row belongs to, by its id alone: a where the lowest bit of the id's hash is 0. A row stays in its half
 * whatever else is in the file.
 */
export function halfOf(id: string): Half {
  return (textHash(id) & 1) === 0 ? 'a' : 'b';
}
