import type { Options } from './arguments';
import type { Comparable, Difference, Result } from './result';
import { pairedDifference } from './result';
import { aligned, bounds, fixed, percent } from './text-table';
import type { WindowName } from './windows';
import { phaseWindows, windowNames } from './windows';

export type PassSettings = Pick<Options, 'seeds' | 'firstSeed' | 'features' | 'delay'> & {
  readonly feedback: number;
};

/** Plain text, a block for each λ, the best mean reward first. Windows are mean rewards. */
export function tableOf(
  results: readonly Result[],
  { seeds, firstSeed, features, delay, feedback }: PassSettings,
): string {
  const from = firstSeed === 1 ? '' : ` from ${String(firstSeed)} on`;
  const settings = [
    `${String(seeds)} seeds${from}`,
    `features: ${features}`,
    delay === 0 ? 'rewards at once' : `rewards ${String(delay)} decisions late`,
    feedback === 1 ? 'every decision rated' : `${percent(feedback)} of the decisions rated`,
  ].join(', ');
  const blocks = byLambda(results).map(([lambda, group]) => {
    const rows = group.toSorted((a, b) => b.meanReward - a.meanReward).map(rowOf);
    return `λ = ${String(lambda)}\n${aligned([header, ...rows])}`;
  });
  return [`${settings}\n`, ...blocks].join('\n');
}

const header = [
  'policy',
  'reward',
  '± se',
  ...windowNames,
  'quality',
  'USD/request',
  'regret',
  'choose µs',
  'learn µs',
];

function rowOf(result: Result): readonly string[] {
  return [
    result.policy,
    fixed(result.meanReward, 4),
    fixed(result.standardError, 4),
    ...windowNames.map((name) => fixed(result.windows[name].mean, 4)),
    fixed(result.meanQuality, 4),
    usd(result.meanCostUsd),
    fixed(result.regretVsBestSingle, 1),
    fixed(result.chooseMicros, 1),
    fixed(result.learnMicros, 1),
  ];
}

/** The whole pass, and the windows in which policies are compared. */
export const comparedWindows: readonly (WindowName | undefined)[] = [
  undefined,
  ...phaseWindows,
  'from-250',
  'last-1000',
];

/**
 * Plain text, a block for each λ: how much more reward each other policy had than `reference`, with 95 % bounds, over
 * the pass and in windows. Throws RangeError where no result is of `reference`.
 */
export function pairedTable(results: readonly Result[], reference: string): string {
  if (!results.some(({ policy }) => policy === reference)) {
    throw new RangeError(`There is no result of ${reference} to compare with.`);
  }
  const blocks = byLambda(results).flatMap(([lambda, group]) => {
    const base = group.find(({ policy }) => policy === reference);
    if (base === undefined) return [];
    const rows = group
      .filter((result) => result !== base)
      .toSorted((a, b) => b.meanReward - a.meanReward)
      .map((result) => differencesRow(result.policy, result, base));
    const title = `λ = ${String(lambda)}: difference of reward [95 % bounds]`;
    return [`${title}\n${aligned([differencesHeader(`minus ${reference}`), ...rows])}`];
  });
  return blocks.join('\n');
}

export function differencesHeader(title: string): readonly string[] {
  return [title, ...comparedWindows.map((window) => window ?? 'whole pass')];
}

/** `a` less `b` in each of the compared windows. Throws RangeError where the seeds differ. */
export function differencesRow(name: string, a: Comparable, b: Comparable): readonly string[] {
  return [name, ...comparedWindows.map((window) => shown(pairedDifference(a, b, window)))];
}

/** Where progress goes: `process.stderr`, or a test's own. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Says that `done` of `total` are finished; to be called after each one. A terminal shows one line that changes,
 * anything else gets a line for each tenth.
 */
export function progressLine(
  done: number,
  total: number,
  what: string,
  stream: ProgressStream = process.stderr,
): void {
  const text = `${String(done)}/${String(total)} (${percent(done / total)}) ${what}`;
  if (stream.isTTY === true) {
    // Back to the start of the line, and clear it: the one before may have been longer.
    stream.write(`\r\u001B[K${text}${done >= total ? '\n' : ''}`);
  } else if (Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total)) {
    stream.write(`${text}\n`);
  }
}

function byLambda(results: readonly Result[]): readonly (readonly [number, readonly Result[]])[] {
  return [...Map.groupBy(results, ({ lambda }) => lambda)].toSorted(([a], [b]) => a - b);
}

function shown({ mean, lower95, upper95 }: Difference): string {
  return bounds(mean, lower95, upper95);
}

/** Three significant digits, never in powers of ten: `0.00123`. */
function usd(value: number): string {
  if (!Number.isFinite(value) || value === 0) return fixed(value, 0);
  return value.toFixed(Math.min(12, Math.max(2, 2 - Math.floor(Math.log10(Math.abs(value))))));
}
