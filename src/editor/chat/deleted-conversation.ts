import { z } from 'zod';

const schema = z.object({ turns: z.array(z.string()) });

/**
 * The ids of the turns that a deleted conversation had, from the file that stands in its place: a window that still shows
 * them doesn't bring them back with what it writes. None where there is no such file, or nobody can read it.
 */
export function deletedTurns(text: string | undefined): readonly string[] {
  try {
    return text === undefined ? [] : schema.parse(JSON.parse(text)).turns;
  } catch {
    return [];
  }
}

export function textOfDeleted(turns: readonly string[]): string {
  return JSON.stringify({ turns: [...new Set(turns)] });
}
