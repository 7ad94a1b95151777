/** FNV-1a, 32 bits. */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/**
 * A number for each line that says something, without its indentation: formatting a file loses no line. The numbers
 * are kept instead of the lines, on this machine only.
 */
export function lineHashes(text: string): readonly number[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(hashOf);
}

/** A number for a whole text, whatever ends its lines. */
export function textHash(text: string): number {
  return hashOf(text.replaceAll('\r\n', '\n'));
}

/** Share of the lines, 0..1, that are still in a text, each as often as it was put in; undefined: no line was put in. */
export function survivingShare01(inserted: readonly number[], text: string): number | undefined {
  if (inserted.length === 0) return undefined;
  const there = new Map<number, number>();
  for (const hash of lineHashes(text)) there.set(hash, (there.get(hash) ?? 0) + 1);
  let alive = 0;
  for (const hash of inserted) {
    const left = there.get(hash) ?? 0;
    if (left === 0) continue;
    there.set(hash, left - 1);
    alive += 1;
  }
  return alive / inserted.length;
}

function hashOf(line: string): number {
  let hash = offsetBasis;
  for (let index = 0; index < line.length; index += 1) hash = Math.imul(hash ^ line.charCodeAt(index), prime);
  return hash >>> 0;
}
