import type { NoticedSignal, SurvivalMoment, TakenMoment } from '../../core/terms/observation';
import type { TellingLines } from '../../text/taken-code/telling-lines';
import { shareThere01, tells } from '../../text/taken-code/telling-lines';

export interface FollowedParts {
  readonly observe: (signal: NoticedSignal) => void;
  /** Runs something later; the result takes that back. */
  readonly later: (delayMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
  /** Hashes of the lines that stand in a file now; undefined where it can't be read. */
  readonly linesIn: (file: string) => Promise<ReadonlySet<number> | undefined>;
}

/** The code of one answer after it showed up: what becomes of it, as long as the window is open. */
export interface FollowedCode {
  /** Files that lines of it showed up in. */
  readonly files: ReadonlySet<string>;
  /** Lines of it showed up in another file, too. */
  also(file: string): void;
  /** One of the files was saved: the first time tells. */
  saved(file: string): void;
  /** The first commit that the code is in is still to come. */
  awaitsCommit(): boolean;
  /** A commit holds these lines in the files. */
  committed(lines: ReadonlySet<number>): void;
  dispose(): void;
}

const minuteMs = 60_000;
const moments: readonly (readonly [SurvivalMoment, number])[] = [
  ['5-minutes', 5 * minuteMs],
  ['30-minutes', 30 * minuteMs],
];
/** A machine that slept tells nothing of the moment that it missed. */
const tooLateMs = minuteMs;

/** `share01` of the lines is in `file`; that is told at once. */
export function followCode(
  { observe, later, nowMs, linesIn }: FollowedParts,
  lines: TellingLines,
  file: string,
  share01: number,
): FollowedCode {
  const sinceMs = nowMs();
  const files = new Set([file]);
  const told = new Set<TakenMoment>();
  let over = false;

  function tell(moment: TakenMoment, share: number): void {
    if (over || told.has(moment)) return;
    told.add(moment);
    observe({ kind: 'taken', moment, share01: share });
  }

  async function look(moment: SurvivalMoment): Promise<void> {
    if (over || told.has(moment)) return;
    const read = await Promise.all([...files].map(linesIn));
    const known = read.filter((each) => each !== undefined);
    if (known.length === 0) return;
    tell(moment, shareThere01(lines, new Set(known.flatMap((each) => [...each]))));
  }

  tell('seen', share01);
  const pending = moments.map(([moment, afterMs]) =>
    later(afterMs, () => {
      if (nowMs() - sinceMs - afterMs <= tooLateMs) void look(moment);
    }),
  );
  return {
    files,
    also: (other) => void files.add(other),
    saved: (saved) => {
      if (files.has(saved)) void look('save');
    },
    awaitsCommit: () => !told.has('commit'),
    committed: (there) => {
      if (tells(lines, there)) tell('commit', shareThere01(lines, there));
    },
    dispose: () => {
      over = true;
      for (const takeBack of pending) takeBack();
    },
  };
}
