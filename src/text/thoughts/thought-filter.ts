import { createLonelyEnd } from './lonely-end';
import type { Marks } from './thought-marks';
import { ambiguous, answerMarks, answerTags, partialAtEnd, placeOf, thoughtMarks } from './thought-marks';

/** What a model writes of its thoughts and of its answer, told apart. `rethought`: all text before was a thought. */
export type Parted =
  { readonly type: 'text' | 'thought'; readonly text: string } | { readonly type: 'rethought' };

/** Parts a text as it streams. */
export interface ThoughtFilter {
  take(text: string): readonly Parted[];
  /**
   * What was held back; at the end of a stream. `cut`: it ends at its limit, and thoughts that aren't over are none of an
   * answer; `alone`: nothing but the text is one.
   */
  end(how?: { readonly cut: boolean; readonly alone: boolean }): readonly Parted[];
}

/**
 * Thoughts stand at the beginning of an answer alone: the same marks later on are what it is about. Where an answer ends
 * within them, and nothing else came, they are the answer: better than none.
 */
export function createThoughtFilter(): ThoughtFilter {
  let phase: 'beginning' | 'thinking' | 'answering' = 'beginning';
  let held = '';
  /** What ends the thoughts, or the answer; '' where nothing does. */
  let close = '';
  /** True where thoughts came. */
  let thought = false;
  /** Thoughts of the block that is open. */
  let open = '';
  /** True until something of an answer comes that had marks before it. */
  let skipsBlanks = false;
  /** The last thoughts, where their tags may be what was asked for. */
  let lastOfTags = '';
  let answered = false;
  const lonely = createLonelyEnd();

  function begin(): Parted[] | undefined {
    const start = held.trimStart();
    if (start === '') return undefined;
    const marks = [...thoughtMarks, ...answerMarks, ...(thought ? answerTags : [])];
    const found = marks.find((mark) => mark.opens(start) > 0);
    if (found === undefined && marks.some((mark) => mark.mayOpen(start))) return undefined;
    if (found !== undefined) {
      held = start.slice(found.opens(start));
      close = found.close;
    }
    phase = found !== undefined && isThought(found) ? 'thinking' : 'answering';
    skipsBlanks = thought || found !== undefined;
    return [];
  }

  function think(): Parted[] | undefined {
    const at = placeOf(close, held);
    const end = at === -1 ? held.length - partialAtEnd(held, close) : at;
    const text = held.slice(0, end);
    open += text;
    held = held.slice(at === -1 ? end : at + close.length);
    const out: Parted[] = text === '' ? [] : [{ type: 'thought', text }];
    if (at === -1) return out.length === 0 ? undefined : out;
    thought = true;
    phase = 'beginning';
    lastOfTags = ambiguous.has(close) ? open : '';
    close = '';
    open = '';
    return out;
  }

  function answer(): readonly Parted[] {
    if (skipsBlanks) {
      if (held.trim() === '') return [];
      // Empty lines between marks and answer belong to neither; the indentation of its first line is the answer's own.
      held = held.replace(/^\s*\n/, '');
      skipsBlanks = false;
    }
    answered = true;
    const text = held;
    held = '';
    if (!thought && close === '') {
      const parted = lonely.take(text);
      if (parted.end === undefined) return textParts(parted.text);
      thought = true;
      phase = 'beginning';
      held = parted.end;
      return [...textParts(parted.text), { type: 'rethought' }];
    }
    const keep = close === '' ? 0 : keptFor(text, close);
    held = text.slice(text.length - keep);
    return textParts(text.slice(0, text.length - keep));
  }

  function run(): readonly Parted[] {
    const out: Parted[] = [];
    for (;;) {
      const before = phase;
      const parts = phase === 'beginning' ? begin() : phase === 'thinking' ? think() : answer();
      if (parts === undefined) return out;
      out.push(...parts);
      if (phase === before) return out;
    }
  }

  return {
    take: (text) => {
      held += text;
      return run();
    },
    end: ({ cut, alone } = { cut: false, alone: true }) => {
      const rest = phase === 'thinking' ? (cut || !alone ? '' : open + held) : held + lonely.end();
      held = '';
      if (phase === 'answering' && close !== '' && isOnly(rest, close)) return [];
      if ((skipsBlanks || (phase === 'beginning' && thought)) && rest.trim() === '')
        // Tags that may be what was asked for, with nothing behind them.
        return cut || !alone || answered ? [] : textParts(lastOfTags);
      return textParts(rest);
    },
  };
}

function isThought(mark: Marks): boolean {
  return thoughtMarks.includes(mark);
}

function textParts(text: string): readonly Parted[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

/** How many characters at the end of `text` may be `mark` and what follows it to the end. */
function keptFor(text: string, mark: string): number {
  const trimmed = text.trimEnd();
  const whole = trimmed.toLowerCase().endsWith(mark.toLowerCase());
  return whole ? text.length - trimmed.length + mark.length : partialAtEnd(text, mark);
}

function isOnly(text: string, mark: string): boolean {
  return text.trim().toLowerCase() === mark.toLowerCase();
}
