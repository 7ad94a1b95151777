import type { Message } from '../../terms/request';
import type { LoopSign } from '../../terms/observation';
import type { StuckReason } from '../../terms/stuck';
import { canonicalOf } from './canonical';
import type { LoopStep } from './loop-steps';
import { isAnswered, stepsOf } from './loop-steps';
import type { ReadCall } from './progress';
import { createProgressWatch } from './progress';
import { createStuckWatch } from './stuck';
import { plainOf } from './verdicts';

/** What the messages of a tool loop show. */
export interface LoopReading {
  /** Of all models that were asked. */
  readonly steps: number;
  /** What showed so far, whatever becomes of it. */
  readonly signs: readonly LoopSign[];
  /** What it comes to if the model calls no more tools now: how tests and builds went, and whether it gave up. */
  readonly ending: readonly LoopSign[];
  /** What it does without end; undefined: it isn't plainly stuck. */
  readonly stuck: StuckReason | undefined;
  /** Every call of the last step has its result. */
  readonly answered: boolean;
}

export interface LoopScope {
  /** So many of the latest steps are those that are read of, ≥ 0. */
  readonly ownSteps: number;
  /** So many steps of the same loop another model had taken before; undefined: none. */
  readonly earlierSteps: number | undefined;
  /** How many steps loops usually take. */
  readonly usualSteps: number;
}

/** Where too few loops were seen to know better: of coding agents most turns come to their end within so many steps. */
export const usualStepsBefore = 15;
/** Times the usual, and never below `fewestMany`: twice is a large task, not a bad model. */
const manyTimes = 3;
const fewestMany = 30;
/** Steps that are read, and those before them: what is older was read when it was new. */
const mostSteps = 120;
const sameCalls = 3;
/** A tool that is asked again whether something is ready says the same for a while. */
const sameWaits = 10;

/**
 * Reads the steps of one model in a loop. Linear in the messages, of which it takes bounded pieces: results are anybody's
 * text.
 */
export function readLoop(
  messages: readonly Message[],
  { ownSteps, earlierSteps, usualSteps }: LoopScope,
): LoopReading {
  const all = stepsOf(messages);
  const own = all.slice(all.length - Math.min(ownOf(all.length, ownSteps, earlierSteps), mostSteps));
  const earlier = earlierSteps === undefined ? [] : all.slice(0, all.length - own.length).slice(-mostSteps);
  const watch = createProgressWatch();
  const before = earlier.flatMap((step) => watch.take(step).calls);
  const stuckWatch = createStuckWatch();
  const repeats = createRepeatWatch();
  const signs = new Set<LoopSign>();
  const calls: ReadCall[] = [];
  for (const step of own) {
    const taken = watch.take(step);
    calls.push(...taken.calls);
    stuckWatch.take(taken.progress);
    for (const { fault } of taken.calls) {
      if (fault === 'bad-arguments') signs.add('bad-arguments');
      if (fault === 'failed-edit') signs.add('failed-edit');
    }
    if (repeats.take(taken.calls)) signs.add('repeated-call');
  }
  if (ownSteps >= Math.max(fewestMany, manyTimes * usualSteps)) signs.add('many-steps');
  return {
    steps: all.length,
    signs: [...signs],
    ending: endingOf(before, calls, own.at(-1)),
    stuck: stuckWatch.stuck(),
    answered: isAnswered(all),
  };
}

/**
 * How many of the latest steps are the model's own. A step that was asked for twice counts as two in the ledger, and stands
 * once in the messages: no step of another model is to be taken for it. Where the caller left out old messages, nobody
 * knows where the other's ended.
 */
function ownOf(all: number, ownSteps: number, earlierSteps: number | undefined): number {
  const left = earlierSteps !== undefined && all > earlierSteps ? all - earlierSteps : all;
  return Math.min(ownSteps, left);
}

/** Notices a call that brings the same for the third time. What changed a file, or may have, begins anew. */
function createRepeatWatch(): { take(calls: readonly ReadCall[]): boolean } {
  const counts = new Map<string, number>();
  const done = new Set<string>();
  return {
    take: (calls) => {
      let repeated = false;
      for (const { call, kind, fault } of calls) {
        if (call.result === undefined || fault === 'denied') continue;
        const key = `${call.name}\n${canonicalOf(call.input)}`;
        const brought = kind.is === 'check' ? plainOf(call.result.trim()) : call.result.trim();
        const pair = `${key}\n${brought}`;
        const changes = fault === undefined && (kind.is === 'edit' || kind.is === 'other') && !done.has(key);
        if (changes) counts.clear();
        done.add(key);
        const count = (counts.get(pair) ?? 0) + 1;
        counts.set(pair, count);
        if (count >= (kind.is === 'wait' || isWait(brought) ? sameWaits : sameCalls)) repeated = true;
      }
      return repeated;
    },
  };
}

function isWait(text: string): boolean {
  return text.length < 400 && /running|progress|pending|queued|waiting|no new output|not ready/i.test(text);
}

/** How tests and builds went from the first time to the last, and whether the model left its work undone. */
function endingOf(
  before: readonly ReadCall[],
  own: readonly ReadCall[],
  lastStep: LoopStep | undefined,
): readonly LoopSign[] {
  const signs = new Set<LoopSign>();
  for (const family of ['tests', 'build'] as const) {
    const verdicts = verdictsOf(own, family);
    const first = verdictsOf(before, family).at(-1) ?? verdicts[0];
    const last = verdicts.at(-1);
    if (first === 'red' && last === 'green') signs.add('turned-green');
    if (first === 'green' && last === 'red') signs.add('turned-red');
    if (last === 'red' && triedToMend(own, family)) signs.add('given-up');
  }
  if (signs.has('turned-red')) signs.delete('turned-green');
  const edit = own.findLast(({ kind }) => kind.is === 'edit');
  const lastCalls = own.slice(own.length - (lastStep?.length ?? 0));
  const allRefused = lastCalls.length > 0 && lastCalls.every(({ fault }) => fault === 'bad-arguments');
  if (edit?.fault === 'failed-edit' || allRefused) signs.add('given-up');
  return [...signs];
}

function verdictsOf(calls: readonly ReadCall[], family: string): readonly ('green' | 'red')[] {
  return calls.flatMap(({ kind, outcome }) =>
    kind.is === 'check' && kind.family === family && outcome?.verdict !== undefined ? [outcome.verdict] : [],
  );
}

/**
 * True where the model edited, saw red, edited again and left it red. What was red before its first edit is no sign: it
 * may have to be.
 */
function triedToMend(calls: readonly ReadCall[], family: string): boolean {
  const isEdit = ({ kind, fault }: ReadCall): boolean => kind.is === 'edit' && fault === undefined;
  const isRed = ({ kind, outcome }: ReadCall): boolean =>
    kind.is === 'check' && kind.family === family && outcome?.verdict === 'red';
  const firstEdit = calls.findIndex(isEdit);
  if (firstEdit < 0 || calls.slice(0, firstEdit).some(isRed)) return false;
  const after = calls.slice(firstEdit);
  const firstRed = after.findIndex(isRed);
  const mended = after.findIndex((call, at) => at > firstRed && isEdit(call));
  return firstRed >= 0 && mended >= 0 && after.slice(mended).some(isRed);
}
