/**
 * A name from a file as a message may show it: in one line, without characters that change the direction or hide,
 * and not endless. A workspace's file must not be able to write a sentence of its own into a question. `longest` is
 * in characters.
 */
export function shown(name: string, longest = 60): string {
  const plain = name.replace(/[\p{C}\p{Zl}\p{Zp}'"‘’“”`]/gu, '�');
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
