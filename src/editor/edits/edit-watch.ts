import { lineHashes, survivingShare01 } from '../../core/edits/survival';
import type { EditSignal, SurvivalMoment } from '../../core/observation';

/** What watching an accepted edit needs of the editor. */
export interface WatchParts {
  /** Records a signal of this edit. */
  readonly observe: (signal: EditSignal) => void;
  /** Runs something later; the result takes that back. */
  readonly later: (delayMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
  /** The document as it is now; undefined where it can't be read. */
  readonly text: () => Promise<string | undefined>;
  /** Errors and warnings that the editor shows for the document now. */
  readonly problems: () => number;
}

/** Follows one accepted edit, and tells what becomes of it. Nothing of the text leaves. */
export interface EditWatch {
  /** The user typed in the inserted lines. Told once. */
  changed(): void;
  /** All of it was taken back: evidence only within a minute; the watch ends. */
  undone(): void;
  /** The document was saved: the first time tells how much is left. */
  saved(): void;
  dispose(): void;
}

const minuteMs = 60_000;
/** Language servers take a while to look at a changed file. */
const untilProblemsMs = 10_000;
const moments: readonly (readonly [SurvivalMoment, number])[] = [
  ['5-minutes', 5 * minuteMs],
  ['30-minutes', 30 * minuteMs],
];

/** Begins to watch an edit that was just accepted; `inserted` are its new lines, `before` the problems before it. */
export function watchEdit(parts: WatchParts, inserted: string, before: number): EditWatch {
  const hashes = lineHashes(inserted);
  const sinceMs = parts.nowMs();
  const told = { changed: false, saved: false };
  parts.observe({ kind: 'edit', outcome: 'accepted' });

  async function tellSurvival(moment: SurvivalMoment): Promise<void> {
    const text = await parts.text();
    const share01 = text === undefined ? undefined : survivingShare01(hashes, text);
    if (share01 !== undefined) parts.observe({ kind: 'edit-survival', moment, share01 });
  }
  const pending = [
    ...moments.map(([moment, delayMs]) => parts.later(delayMs, () => void tellSurvival(moment))),
    parts.later(untilProblemsMs, () =>
      parts.observe({ kind: 'edit-diagnostics', before, after: parts.problems() }),
    ),
  ];
  const dispose = (): void => {
    for (const takeBack of pending) takeBack();
  };
  return {
    changed: () => {
      if (!told.changed) parts.observe({ kind: 'edit', outcome: 'changed' });
      told.changed = true;
    },
    undone: () => {
      if (parts.nowMs() - sinceMs <= minuteMs) {
        parts.observe({ kind: 'edit', outcome: 'undone' });
        dispose();
      }
    },
    saved: () => {
      if (!told.saved) void tellSurvival('save');
      told.saved = true;
    },
    dispose,
  };
}
