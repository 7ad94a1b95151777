import { partialAtEnd } from './thought-marks';

/**
 * The end of thoughts whose beginning was left out: at the beginning of a line, or right behind a word or a sentence.
 * Behind anything else it is what the text is about.
 */
const lonelyEnd = /(^[ \t]*|[\p{L}\p{N}.!。！])(<\/think(?:ing)?>|\[\/THINK\]|◁\/think▷)/giu;
const marks: readonly string[] = ['</think>', '</thinking>', '[/THINK]', '◁/think▷'];
/** What shows that a text writes of the marks. */
const anyOpening = /<think|\[THINK\]|◁think/i;
/** A mark, with what stands before it. */
const longestTail = 32;
/** As much of a line as shows that it begins or ends a block of code. */
const longestHead = 16;

/** A piece of an answer, as far as it is known; `end`: all before was thought, and this follows it. */
export interface Told {
  readonly text: string;
  readonly end: string | undefined;
}

/** Finds the end of thoughts in an answer, outside of code. Looks at each character a few times, however long a line is. */
export function createLonelyEnd(): { take(text: string): Told; end(): string } {
  let mayCome = true;
  let inCode = false;
  let held = '';
  let line = { length: 0, head: '', tail: '', ticks: 0 };

  /** Where in a part of the line the mark begins, which may be before it, and how long it is. */
  function endIn(part: string): { readonly at: number; readonly length: number } | undefined {
    const { tail, length, ticks } = line;
    // One that was over before was looked at before.
    const found = [...(tail + part).matchAll(lonelyEnd)].find(
      ({ index, 0: mark }) => index + mark.length > tail.length,
    );
    if (found === undefined || inCode) return undefined;
    // What is searched may begin within the line.
    if (found.index === 0 && length > tail.length && (found[1] ?? '').trim() === '') return undefined;
    const at = found.index + (found[1]?.length ?? 0) - tail.length;
    const before = ticks + ticksIn(part.slice(0, Math.max(0, at)));
    return before % 2 === 1 ? undefined : { at, length: found[2]?.length ?? 0 };
  }

  function add(part: string): void {
    line = {
      length: line.length + part.length,
      head: (line.head + part.slice(0, longestHead)).slice(0, longestHead),
      tail: (line.tail + part.slice(-longestTail)).slice(-longestTail),
      ticks: line.ticks + ticksIn(part),
    };
  }

  function endLine(): void {
    if (/^\s*(```|~~~)/.test(line.head)) inCode = !inCode;
    line = { length: 0, head: '', tail: '', ticks: 0 };
  }

  return {
    take: (text) => {
      if (!mayCome) return { text, end: undefined };
      const all = held + text;
      const keep = Math.max(...marks.map((mark) => partialAtEnd(all, mark)));
      const fresh = all.slice(0, all.length - keep);
      held = all.slice(all.length - keep);
      let told = 0;
      for (;;) {
        const stop = fresh.indexOf('\n', told);
        const part = fresh.slice(told, stop === -1 ? undefined : stop);
        const end = endIn(part);
        if (end !== undefined) {
          mayCome = false;
          const rest = fresh.slice(told + end.at + end.length) + held;
          held = '';
          return { text: fresh.slice(0, Math.max(0, told + end.at)), end: rest };
        }
        const opens = anyOpening.test(line.tail + part);
        add(part);
        if (opens) {
          mayCome = false;
          held = '';
          return { text: all, end: undefined };
        }
        if (stop === -1) return { text: fresh, end: undefined };
        endLine();
        told = stop + 1;
      }
    },
    end: () => held,
  };
}

function ticksIn(text: string): number {
  return text.split('`').length - 1;
}
