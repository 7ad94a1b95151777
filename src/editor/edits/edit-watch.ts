import { survivingShare01, textHash } from '../../text/survival';
import type { EditSignal, SurvivalMoment } from '../../core/terms/observation';
import { survivalMoments } from '../../core/terms/observation';

/** What is known of an accepted edit, with no text in it. */
export interface WatchedEdit {
  /** Unix ms of the moment that it was accepted. */
  readonly sinceMs: number;
  /** Of the inserted lines, as `lineHashes` makes them. */
  readonly inserted: readonly number[];
  /** Of the whole document before the edit, as `textHash` makes it. */
  readonly textBefore: number;
  /** Errors and warnings just before the edit. */
  readonly problemsBefore: number;
}

/** What is told once of an edit, by whichever window. */
export const looks = ['changed', 'undone', 'problems', ...survivalMoments] as const;
export type Look = (typeof looks)[number];

/** What watching an accepted edit needs of the editor. */
export interface WatchParts {
  /** Records a signal of this edit. */
  readonly observe: (signal: EditSignal) => void;
  /** Runs something later; the result takes that back. */
  readonly later: (delayMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
  /** The document as it is now; undefined where it can't be read. */
  readonly text: () => Promise<string | undefined>;
  /** Errors and warnings that the editor shows for the document now; undefined where it isn't open. */
  readonly problems: () => number | undefined;
  /** True for one caller only, of all windows: who has it tells what was seen. */
  readonly claim: (look: Look) => boolean;
  /** Nothing is left to be told. */
  readonly ended: () => void;
}

/** Follows one accepted edit, and tells what becomes of it. Nothing of the text leaves. */
export interface EditWatch {
  /** The user typed in the inserted lines. Told once. */
  changed(): void;
  /**
   * All of it is taken back just now, or stands again after it was. What holds when the first minute is over counts: an
   * edit that is taken back then is told as undone, and the watch ends.
   */
  takenBack(isBack: boolean): void;
  /** The document was saved: the first time that the edit is in it tells how much is left. */
  saved(): void;
  /**
   * The document is no more, and what was not told by then can't be told. The editor empties a document without a file
   * before it closes it, also where it was saved as a file: that is no undo.
   */
  gone(): void;
  /** Nothing is left to be told. */
  isOver(): boolean;
  dispose(): void;
}

const minuteMs = 60_000;
/** Language servers take a while to look at a changed file. */
const untilProblemsMs = 10_000;
const moments: readonly (readonly [SurvivalMoment, number])[] = [
  ['5-minutes', 5 * minuteMs],
  ['30-minutes', 30 * minuteMs],
];
/** An opened window first brings back what was typed and not saved. */
const untilRestoredMs = 10_000;
/** The window that the edit was made in, if it is still open, looks first: it knows what isn't saved. */
const graceMs = 5_000;

/** Begins to watch an edit that was just accepted. */
export function watchEdit(parts: WatchParts, edit: WatchedEdit): EditWatch {
  parts.observe({ kind: 'edit', outcome: 'accepted' });
  return follow(parts, edit, [], { delayUntil: (dueMs) => Math.max(0, dueMs - parts.nowMs()) });
}

/**
 * Goes on watching an edit whose window was closed. A look that was due meanwhile is made soon, and says how late it
 * is; of several that were due the latest only, since there is but one look. `told` is what was told already.
 */
export function resumeWatch(parts: WatchParts, edit: WatchedEdit, told: readonly Look[]): EditWatch {
  return follow(parts, edit, told, {
    delayUntil: (dueMs) => Math.max(untilRestoredMs, dueMs - parts.nowMs() + graceMs),
    isBack: async () => {
      const text = await parts.text();
      return text !== undefined && textHash(text) === edit.textBefore;
    },
  });
}

interface Following {
  /** How long to wait until a look that is due at a moment, in Unix ms. */
  readonly delayUntil: (dueMs: number) => number;
  /** Whether the edit is taken back, where nobody says so: its lines are not known any more. */
  readonly isBack?: () => Promise<boolean>;
}

function follow(
  parts: WatchParts,
  edit: WatchedEdit,
  told: readonly Look[],
  { delayUntil, isBack }: Following,
): EditWatch {
  const { sinceMs } = edit;
  const looked = new Set(told);
  let back = false;
  let over = false;

  function claimed(look: Look): boolean {
    if (looked.has(look)) return false;
    looked.add(look);
    return parts.claim(look);
  }

  /** `dueMs` undefined: it is no matter of time. */
  async function tellSurvival(moment: SurvivalMoment, dueMs?: number): Promise<void> {
    const text = await parts.text();
    if (over) return;
    const share01 = text === undefined ? undefined : survivingShare01(edit.inserted, text);
    if (share01 !== undefined && claimed(moment))
      parts.observe({ kind: 'edit-survival', moment, share01, ...latenessOf(dueMs) });
    if (looked.has('save') && looked.has('30-minutes')) end();
  }

  /** What is read more than a minute too late is no undo: it shows in the share of lines that are left. */
  async function lookForUndo(dueMs: number): Promise<void> {
    const late = parts.nowMs() - dueMs > minuteMs;
    if (back || (!late && isBack !== undefined && (await isBack()))) endUndone();
  }

  function endUndone(): void {
    if (claimed('undone')) parts.observe({ kind: 'edit', outcome: 'undone' });
    end();
  }

  function latenessOf(dueMs: number | undefined): { readonly lateMs?: number } {
    const lateMs = dueMs === undefined ? 0 : parts.nowMs() - dueMs;
    return lateMs > minuteMs ? { lateMs } : {};
  }

  function tellProblems(dueMs: number): void {
    const after = back ? undefined : parts.problems();
    if (after !== undefined && claimed('problems'))
      parts.observe({ kind: 'edit-diagnostics', before: edit.problemsBefore, after, ...latenessOf(dueMs) });
  }

  const pending = moments.map(([moment, afterMs], index) => {
    const dueMs = sinceMs + afterMs;
    return parts.later(delayUntil(dueMs), () => {
      const next = moments[index + 1];
      if (next === undefined || sinceMs + next[1] > parts.nowMs()) void tellSurvival(moment, dueMs);
    });
  });
  const undoneDueMs = sinceMs + minuteMs;
  pending.push(parts.later(delayUntil(undoneDueMs), () => void lookForUndo(undoneDueMs)));
  const problemsDueMs = sinceMs + untilProblemsMs;
  pending.push(parts.later(delayUntil(problemsDueMs), () => tellProblems(problemsDueMs)));

  const dispose = (): void => {
    for (const takeBack of pending) takeBack();
  };
  function end(): void {
    over = true;
    dispose();
    parts.ended();
  }
  return {
    changed: () => {
      if (claimed('changed')) parts.observe({ kind: 'edit', outcome: 'changed' });
    },
    takenBack: (isNow) => {
      if (parts.nowMs() - sinceMs <= minuteMs) back = isNow;
    },
    saved: () => {
      if (!over && !back && !looked.has('save')) void tellSurvival('save');
    },
    gone: () => {
      if (!over) end();
    },
    isOver: () => over,
    dispose,
  };
}
