import { thoughtTags } from './thought-marks';

/** Tags that models write around what they think, in any place of an answer: more than an answer may begin with. */
const name = [...thoughtTags, 'antthinking', 'thought_process', 'analysis', 'scratchpad'].join('|');
const opening = new RegExp(`^[ \\t]*<(${name})(?:\\s[^<>]{0,100})?>`, 'i');
const lonelyEnd = new RegExp(`^[ \\t]*</(?:${name})>`, 'i');
const anyTag = new RegExp(`</?(?:${name})\\b`, 'i');

/**
 * An answer without what its model thought on the way. The stream has taken out what stood at its beginning; this takes
 * out what comes later. A document that has such tags itself keeps them. Where the thoughts don't end, and the answer
 * has, they are the answer: better than none.
 */
export function withoutThoughtsWithin(answer: string, documentText: string, whole: boolean): string {
  if (!anyTag.test(answer) || anyTag.test(documentText)) return answer;
  let kept = '';
  let at = 0;
  let fence = '';
  while (at < answer.length) {
    const stop = answer.indexOf('\n', at);
    const end = stop === -1 ? answer.length : stop + 1;
    const line = answer.slice(at, end);
    const found = fence === '' ? opening.exec(line) : null;
    if (found !== null) {
      const close = closeOf(answer, found[1] ?? '', at + found[0].length);
      if (close === undefined) return kept + (whole ? answer.slice(at + found[0].length) : '');
      at = close;
      continue;
    }
    const ended = fence === '' ? lonelyEnd.exec(line) : null;
    if (ended !== null) {
      kept = line.slice(ended[0].length);
    } else {
      fence = fenceAfter(line, fence);
      kept += line;
    }
    at = end;
  }
  return kept;
}

/** Behind the tag that closes the thoughts; the line's end goes with it. */
function closeOf(answer: string, tag: string, from: number): number | undefined {
  const close = new RegExp(`</${tag}>[ \\t]{0,100}\\n?`, 'gi');
  close.lastIndex = from;
  const found = close.exec(answer);
  return found === null ? undefined : found.index + found[0].length;
}

/** The fence that is open behind a line; '': none. */
function fenceAfter(line: string, open: string): string {
  const marks = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1];
  if (marks === undefined) return open;
  if (open === '') return marks;
  return marks.startsWith(open) && line.trim() === marks ? '' : open;
}
