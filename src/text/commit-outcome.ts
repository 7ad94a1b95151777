import type { EditSignal } from '../core/terms/observation';

type Outcome = Extract<EditSignal, { kind: 'edit' }>['outcome'];

/** As in "Signed-off-by: Ada <ada@example.com>": hooks and settings add such lines, not the author. */
const trailer = /^[A-Za-z][A-Za-z-]*: \S/;

/**
 * What became of a proposed message once something was committed: it as it was, it with changes, or another one, where
 * neither its first line nor half of its words are left.
 */
export function outcomeOf(proposed: string, committed: string): Outcome {
  const [before, after] = [linesOf(proposed), linesOf(committed)];
  const added = after.slice(before.length).filter((line) => line !== '');
  const stands = before.every((line, index) => after[index] === line);
  if (stands && added.every((line) => trailer.test(line))) return 'accepted';
  return after[0] === before[0] || shareLeft01(proposed, committed) >= 0.5 ? 'changed' : 'rejected';
}

function linesOf(text: string): readonly string[] {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
}

/** Share of the words, each as often as it was there. */
function shareLeft01(proposed: string, committed: string): number {
  const left = new Map<string, number>();
  for (const word of wordsOf(committed)) left.set(word, (left.get(word) ?? 0) + 1);
  const words = wordsOf(proposed);
  const kept = words.filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count > 0;
  });
  return kept.length / Math.max(1, words.length);
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
