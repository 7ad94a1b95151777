import { readMap, readNumber, readShape } from '../terms/saved';

/**
 * How large the answers of one arm turn out beside what their basis lets expect, for all and by kind of task: USD beside
 * the tokens of what was asked, or tokens of the answer beside 1.
 */
export interface TaskSizes {
  /** Of all kinds together. */
  readonly all: Size;
  of(task: string): Size;
  /** Spread of the logarithm of size by basis, ≥ 0: how unlike the answers are, whatever their kind. */
  readonly logDeviation: number;
  /** Puts `now` in the place of `before`, what was counted of the same decision so far; undefined: nothing was. */
  amend(task: string, basis: number, before: number | undefined, now: number): void;
  save(): SavedSizes;
}

/** Sums over decisions. */
export interface Size {
  readonly count: number;
  readonly size: number;
  readonly basis: number;
}

interface Logs {
  count: number;
  sum: number;
  squares: number;
}

export interface SavedSizes {
  readonly all: Size;
  readonly byTask: ReadonlyMap<string, Size>;
  readonly logs: Readonly<Logs>;
}

const readSize = readShape<Size>({ count: readNumber, size: readNumber, basis: readNumber });

export const readSizes = readShape<SavedSizes>({
  all: readSize,
  byTask: readMap(readSize),
  logs: readShape<Logs>({ count: readNumber, sum: readNumber, squares: readNumber }),
});

const none: Size = { count: 0, size: 0, basis: 0 };
/** Until there are some, answers are as unlike as this many of this spread. */
const usual = { logDeviation: 0.5, answers: 4 };

export function createTaskSizes(saved?: SavedSizes): TaskSizes {
  const byTask = new Map(saved?.byTask);
  let all = saved?.all ?? none;
  const logs: Logs = { count: 0, sum: 0, squares: 0, ...saved?.logs };

  function addLog(ratio: number, sign: 1 | -1): void {
    if (!(ratio > 0)) return;
    const log = Math.log(ratio);
    logs.count += sign;
    logs.sum += sign * log;
    logs.squares += sign * log * log;
  }

  return {
    get all() {
      return all;
    },
    of: (task) => byTask.get(task) ?? none,
    get logDeviation() {
      const { count, sum, squares } = logs;
      const own = count > 0 ? Math.max(0, squares - (sum * sum) / count) : 0;
      return Math.sqrt((own + usual.answers * usual.logDeviation ** 2) / (count + usual.answers));
    },
    amend: (task, basis, before, now) => {
      const added =
        before === undefined ? { count: 1, size: now, basis } : { count: 0, size: now - before, basis: 0 };
      all = sumOf(all, added);
      byTask.set(task, sumOf(byTask.get(task) ?? none, added));
      if (before !== undefined) addLog(before / basis, -1);
      addLog(now / basis, 1);
    },
    save: () => ({ all, byTask: new Map(byTask), logs: { ...logs } }),
  };
}

function sumOf(a: Size, b: Size): Size {
  return { count: a.count + b.count, size: a.size + b.size, basis: a.basis + b.basis };
}

/** So many answers of a kind are believed by half. */
const few = 5;

/**
 * What a request of this kind and basis is expected to come to at each arm, in their order; undefined where nothing is
 * known of an arm. An arm's own rate, times what requests of this kind come to at all arms beside their rates, times what
 * they come to at this one beside that, each shrunk towards 1.
 */
export function expectedSizes(
  arms: readonly TaskSizes[],
  task: string,
  basis: number,
): readonly (number | undefined)[] {
  const before = few * basis;
  let inRates = before;
  let ofKind = before;
  for (const arm of arms) {
    const rate = arm.all.size / arm.all.basis;
    if (!(rate > 0)) continue;
    const own = arm.of(task);
    inRates += own.size / rate;
    ofKind += own.basis;
  }
  const kind = inRates / ofKind;
  return arms.map((arm) => {
    if (arm.all.count === 0) return undefined;
    const rate = arm.all.size / arm.all.basis;
    if (rate === 0) return 0;
    const own = arm.of(task);
    return (rate * basis * (own.size / rate + before * kind)) / (own.basis + before);
  });
}
