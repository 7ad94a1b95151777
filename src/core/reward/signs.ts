import type { EditSignal, Signal } from '../terms/observation';
import type { SignalCause, SignalName, SignalTable } from '../terms/signals';
import { causeOf, signalNames } from './signal-table';

/** What one signal says of an answer, by its row of the table. */
export interface Sign {
  readonly name: SignalName;
  readonly cause: SignalCause;
  /** 0..1. */
  readonly quality: number;
  /** As the table has it, 0..1. */
  readonly weight: number;
  readonly halfLife: number | undefined;
  /** Who judged; absent: no judge did. */
  readonly judge?: string | undefined;
}

/** A verdict on an answer of the judge's own vendor counts by half. */
const siblingShare = 0.5;

/**
 * What the signals of one pull say, one sign of each cause: the one that weighs most. The user's last rating replaces all
 * else, taken back it leaves what was there before; then the last comparison, then the last grade. Of an inline edit its
 * last outcome counts, and what is left of it only where it was accepted. Beyond that the order of the signals changes
 * nothing, nor does a signal that comes twice. That an answer came counts only where nothing else was told; what weighs
 * nothing is left out.
 */
export function signsOf(signals: readonly Signal[], table: SignalTable): readonly Sign[] {
  const replacement = replacementOf(signals, table);
  if (replacement !== undefined) return replacement;
  const outcome = signals.findLast((signal) => signal.kind === 'edit')?.outcome;
  const stands = outcome === 'accepted' || outcome === 'changed';
  const strongest = new Map<SignalCause, Sign>();
  for (const signal of signals) {
    if (replacing.has(signal.kind)) continue;
    if (isOfEdit(signal) && !stands && (signal.kind !== 'edit' || signal.outcome !== outcome)) continue;
    const sign = signOf(signal, table);
    const other = sign && strongest.get(sign.cause);
    if (sign !== undefined && (other === undefined || goesBefore(sign, other)))
      strongest.set(sign.cause, sign);
  }
  const telling = [...strongest.values()].filter(({ weight }) => weight > 0);
  const told = telling.filter(({ cause }) => cause !== 'outcome');
  return (told.length > 0 ? told : telling).sort(byTable);
}

/** What a user said before is no sign beside what they said last. */
const replacing: ReadonlySet<Signal['kind']> = new Set(['rating', 'compared', 'scored']);

function replacementOf(signals: readonly Signal[], table: SignalTable): readonly Sign[] | undefined {
  const rating = signals.findLast((signal) => signal.kind === 'rating');
  const last =
    (rating?.thumb === undefined ? undefined : rating) ??
    signals.findLast((signal) => signal.kind === 'compared') ??
    signals.findLast((signal) => signal.kind === 'scored');
  const sign = last && signOf(last, table);
  return sign === undefined || sign.weight === 0 ? undefined : [sign];
}

function isOfEdit(signal: Signal): signal is EditSignal {
  return signal.kind === 'edit' || signal.kind === 'edit-survival' || signal.kind === 'edit-diagnostics';
}

function byTable(one: Sign, other: Sign): number {
  return signalNames.indexOf(one.name) - signalNames.indexOf(other.name);
}

/** Of two of one cause. Where all is alike, the one that says less for the answer: it doesn't depend on who came first. */
function goesBefore(one: Sign, other: Sign): boolean {
  if (one.weight !== other.weight) return one.weight > other.weight;
  if (one.name !== other.name) return byTable(one, other) > 0;
  return one.quality < other.quality;
}

/** Undefined where it is in no row. */
function signOf(signal: Signal, table: SignalTable): Sign | undefined {
  const row = rowOf(signal);
  if (row === undefined) return undefined;
  const { name, share01 = 1 } = row;
  const { quality01, none01 = quality01, weight, halfLife } = table[name];
  const own = { quality: none01 + (quality01 - none01) * share01, weight, halfLife };
  if (signal.kind !== 'judged') return { name, cause: causeOf[name], ...own };
  const share = signal.sibling === true ? siblingShare : 1;
  return { name, cause: causeOf[name], ...own, weight: weight * share, judge: signal.judge };
}

export interface Row {
  readonly name: SignalName;
  /** Of a signal that has one, 0..1. */
  readonly share01?: number;
}

/** The row of the table that a signal is in; undefined: it is in none, and says nothing. */
export function rowOf(signal: Signal): Row | undefined {
  switch (signal.kind) {
    case 'completed':
    case 'failed':
    case 'copied':
    case 'inserted':
    case 'regenerated':
    case 'retried-elsewhere':
      return { name: signal.kind };
    case 'stopped':
      return undefined;
    case 'scored':
    case 'judged':
      return { name: signal.kind, share01: signal.quality01 };
    case 'rating':
      return signal.thumb && { name: `rating-${signal.thumb}` };
    case 'compared':
      return { name: signal.won ? 'compared-won' : 'compared-lost' };
    case 'edit':
      return { name: `edit-${signal.outcome}` };
    case 'edit-survival':
      return { name: `survived-${signal.moment}`, share01: signal.share01 };
    case 'edit-diagnostics':
      if (signal.after === signal.before) return undefined;
      return { name: signal.after > signal.before ? 'more-problems' : 'fewer-problems' };
    case 'next-turn':
      return { name: `turn-${signal.turn}` };
    case 'loop':
      return { name: `loop-${signal.sign}` };
    case 'taken':
      return { name: `taken-${signal.moment}`, share01: signal.share01 };
  }
}
