import type { StuckReason } from '../../terms/stuck';
import { canonicalOf, pathIn, textsIn } from './canonical';
import type { CallKind } from './commands';
import { callKindOf } from './commands';
import type { CallFault } from './faults';
import { faultOf } from './faults';
import type { LoopCall, LoopStep } from './loop-steps';
import type { Outcome } from './verdicts';
import { isSameFault, outcomeOf, plainOf } from './verdicts';

/** A call, and what it showed. */
export interface ReadCall {
  readonly call: LoopCall;
  readonly kind: CallKind;
  readonly fault: CallFault | undefined;
  /** Of a check. */
  readonly outcome: Outcome | undefined;
}

/** Whether a step got the loop on; undefined: neither. `stall`: it brought nothing that wasn't known, weighing so much. */
export type StepProgress =
  | { readonly is: 'progress' }
  | { readonly is: 'stall'; readonly weight: number; readonly reason: StuckReason }
  | undefined;

/** Watches a loop for what is new in it, step by step. */
export interface ProgressWatch {
  take(step: LoopStep): { readonly progress: StepProgress; readonly calls: readonly ReadCall[] };
}

/** As much of what a tool prints must be new, or one of its last lines: what is polled prints all of it again. */
const leastNew01 = 0.1;
const lastTold = 3;
const mostLines = 60_000;
/** A wait costs little, and what is waited for may come. */
const waitWeight = 0.5;
/** So often the same error may stay before another edit of the same file is taken for more of the same. */
const sameErrors = 3;
const waiting =
  /\b(?:still running|in[ _]progress|pending|queued|is running|waiting|no new output|not ready|please wait|no output yet)\b/;

interface Family {
  last: Outcome;
  /** How often in a row it failed for the same. */
  same: number;
  /** Files that were edited since it fails so. */
  readonly touched: Set<string>;
  editedSince: boolean;
}

export function createProgressWatch(): ProgressWatch {
  const lines = new Set<string>();
  const keys = new Set<string>();
  const families = new Map<string, Family>();

  /** True where enough of a text is new; takes it in. */
  function bringsNew(text: string): boolean {
    const told = text.split('\n').flatMap((line) => lineOf(line) ?? []);
    const fresh = told.filter((line) => !lines.has(line));
    const grew = told.slice(-lastTold).some((line) => !lines.has(line));
    if (lines.size < mostLines) for (const line of fresh) lines.add(line);
    return grew || (fresh.length > 0 && fresh.length >= leastNew01 * told.length);
  }

  function isNewKey(key: string): boolean {
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  }

  function afterEdit({ call, fault }: ReadCall): StepProgress {
    const path = pathIn(call.input) ?? '';
    const own = canonicalOf(call.input);
    if (fault !== undefined) return stall('failed-edits');
    const isNew = isNewKey(`${call.name}\n${path}\n${plainOf(own)}`);
    // What the model wrote itself is no news when it reads it.
    for (const text of textsIn(call.input)) bringsNew(text);
    const failing = [...families.values()].filter(({ same }) => same >= sameErrors);
    const moreOfTheSame = failing.some(({ touched }) => touched.has(path));
    for (const family of families.values()) {
      family.editedSince = true;
      if (family.same > 0) family.touched.add(path);
    }
    if (moreOfTheSame) return stall('same-error');
    return isNew ? { is: 'progress' } : stall('repeats');
  }

  function afterCheck(name: string, outcome: Outcome): StepProgress {
    const known = families.get(name);
    const same = known !== undefined && isSameFault(known.last, outcome);
    const family: Family = same ? known : { last: outcome, same: 0, touched: new Set(), editedSince: true };
    const confirms = outcome.verdict === 'green' && (known === undefined || known.editedSince);
    const edited = known?.editedSince ?? true;
    family.same += outcome.verdict === 'red' ? 1 : 0;
    family.last = outcome;
    family.editedSince = false;
    families.set(name, family);
    if (outcome.verdict === 'red')
      return same ? stall(edited ? 'same-error' : 'repeats') : { is: 'progress' };
    return confirms || known?.last.verdict !== outcome.verdict ? { is: 'progress' } : stall('repeats');
  }

  function progressOf(read: ReadCall): StepProgress {
    const { call, kind, fault, outcome } = read;
    const { result = '' } = call;
    if (fault === 'denied') return undefined;
    if (fault === 'bad-arguments') return stall('bad-arguments');
    if (kind.is === 'edit') return afterEdit(read);
    if (kind.is === 'check' && outcome?.verdict !== undefined) return afterCheck(kind.family, outcome);
    const isNewCall = isNewKey(`${call.name}\n${canonicalOf(call.input)}`);
    const news = bringsNew(result);
    if (news && (fault === undefined || kind.is === 'other'))
      return fault === undefined ? { is: 'progress' } : undefined;
    if (kind.is === 'wait' || (result.length < 400 && waiting.test(result.toLowerCase())))
      return { is: 'stall', weight: waitWeight, reason: 'waits' };
    if (isNewCall && fault === undefined && (kind.is === 'other' || kind.is === 'plan')) return undefined;
    return stall(isNewCall ? 'nothing-new' : 'repeats');
  }

  return {
    take: (step) => {
      const calls = step.map(readCall);
      const answered = calls.filter(({ call }) => call.result !== undefined);
      return { progress: best(answered.map(progressOf)), calls };
    },
  };
}

/** Called in one step, the call that got on counts; where none did, the one that weighs most. */
function best(all: readonly StepProgress[]): StepProgress {
  const progress = all.find((each) => each?.is === 'progress');
  if (progress !== undefined) return progress;
  return all.reduce<StepProgress>((most, each) => (weightOf(each) > weightOf(most) ? each : most), undefined);
}

function weightOf(progress: StepProgress): number {
  return progress?.is === 'stall' ? progress.weight : 0;
}

function readCall(call: LoopCall): ReadCall {
  const kind = callKindOf(call);
  const fault = call.result === undefined ? undefined : faultOf(kind, call.result);
  const outcome =
    kind.is === 'check' && call.result !== undefined && fault !== 'bad-arguments'
      ? outcomeOf(call.result, kind)
      : undefined;
  return { call, kind, fault, outcome };
}

function stall(reason: StuckReason): StepProgress {
  return { is: 'stall', weight: 1, reason };
}

/** Without its number, as which tools print lines differently; figures that say which lines these are differ too. */
function lineOf(line: string): string | undefined {
  const text = line
    .slice(0, 300)
    .replace(/^\s*\d+ ?[:|→\t-] ?/, '')
    .trim();
  if (text === '') return undefined;
  return /\blines?\b/i.test(text) ? plainOf(text) : text;
}
