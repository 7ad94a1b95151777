import { fencedBlocks } from '../edits/fenced-blocks';
import { hashableLines } from './hashable-lines';
import type { TellingLines } from './telling-lines';
import { tellingLines, tells } from './telling-lines';

/** More of an answer's lines are not compared. */
const mostLines = 2_000;

/** The lines of the code of an answer, as they would stand in a file. A diff's marks, and what it takes away, are left out. */
export function codeLines(answer: string): readonly string[] {
  const { blocks } = fencedBlocks(answer.split(/\r?\n/), '', false);
  const lines = blocks.flatMap((block) =>
    block.language === 'diff'
      ? block.lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1))
      : block.lines,
  );
  return lines.slice(0, mostLines);
}

/** Those of some lines that don't stand in a text, however they are indented. Compared as text: nothing is hashed. */
export function linesNotIn(text: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return lines;
  const left = new Set(lines.map((line) => line.trim()));
  for (const line of text.split('\n')) left.delete(line.trim());
  return lines.filter((line) => left.has(line.trim()));
}

/**
 * What is kept of an answer: hashes of those lines of its code that are its own, `own`. Undefined where too little of them
 * tells to be recognised.
 */
export function hashedCode(code: readonly string[], own: readonly string[]): TellingLines | undefined {
  // Looked through as a whole: some secrets go over several lines.
  const hashable = new Set(hashableLines('answer.ts', code.join('\n')));
  const lines = tellingLines(own.filter((line) => hashable.has(line)));
  return tells(lines, new Set(lines.keys())) ? lines : undefined;
}
