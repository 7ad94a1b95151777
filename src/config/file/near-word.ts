/** The known word that a typing mistake was probably meant to be: but for one letter, or two swapped, the same. */
export function nearWord(word: string, known: readonly string[]): string | undefined {
  return known.find((candidate) => candidate !== word && isNear(candidate, word));
}

function isNear(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  if (longest < 3) return false;
  let start = 0;
  while (start < longest && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < longest - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  if (start + end >= longest - 1) return true;
  return (
    a.length === b.length &&
    start + end === longest - 2 &&
    a[start] === b[start + 1] &&
    a[start + 1] === b[start]
  );
}
