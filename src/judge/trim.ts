import { estimateTokens } from '../core/terms/tokens';

/** Which part of a text goes where it is too long. */
type Cut = 'middle' | 'beginning';

/** Share of what is kept that is the beginning, where the middle goes: an answer's end tells as much as its start. */
const beginningShare = 0.6;

/**
 * `text` in about so many tokens. What is left out is told in its place, by a line with the fence's mark, which no text
 * can forge.
 */
export function trimmed(text: string, tokens: number, cut: Cut, mark: string): string {
  const all = estimateTokens(text);
  if (all <= tokens) return text;
  const kept = Math.floor((text.length * tokens) / all);
  const head = cut === 'middle' ? Math.floor(kept * beginningShare) : 0;
  const tail = kept - head;
  const left = text.length - kept;
  const told = `[${mark}: ${String(left)} characters are left out here]`;
  return [text.slice(0, head), told, tail === 0 ? '' : text.slice(-tail)]
    .map((part) => part.toWellFormed())
    .filter((part) => part !== '')
    .join('\n');
}
