import type { LedgerEntry, StoredEntry } from '../core/terms/ledger-entry';
import type { Ledger, Log } from '../core/terms/ports';
import { ledgerUnread } from '../core/terms/ports';
import { answered } from './answered';
import { decisionIdOf } from './entry-schema';
import type { LedgerTrouble } from './ledger-trouble';
import { LedgerError, troubleOf } from './ledger-trouble';
import type { QueueFile } from './queue/queue-file';
import { waitingAppends } from './queue/waiting-appends';
import { storable } from './storable-entry';
import type { StoredLedger } from './stored-ledger';
import type { ServedLedger } from './worker/served-ledger';

/** How a window's ledger is. */
export interface LedgerState {
  /** Why it can't be used now, with what it said, in English; undefined: it can. */
  readonly trouble: { readonly why: LedgerTrouble; readonly detail: string } | undefined;
  /** Since when it can't, Unix ms. */
  readonly sinceMs: number | undefined;
  /** Appends that wait for it. */
  readonly waiting: number;
  /** Those of them that are in memory alone. */
  readonly inMemory: number;
}

export interface AlwaysLedgerParts {
  readonly stored: StoredLedger & Partial<Pick<ServedLedger, 'waitingElsewhere'>>;
  readonly queue: QueueFile;
  /** The window's name in the ledger, unique to this start of it. */
  readonly writer: string;
  readonly nowMs: () => number;
  readonly log: Log;
  /** How long a request waits for the ledger before it goes on without. */
  readonly patienceMs?: number;
  /** How long to wait before what waits is tried again, after so many times in vain. */
  readonly backoffMs?: (times: number) => number;
  /** Called when its state becomes another one. */
  readonly onState?: (state: LedgerState) => void;
}

/** The ledger of a window, which always takes an entry and always answers. */
export interface AlwaysLedger extends Ledger {
  state(): LedgerState;
  waiting(): readonly StoredEntry[];
  onChange(listener: () => void): () => void;
}

/** Appends of one transaction. */
const batch = 100;
const usualPatienceMs = 1_500;
const usualBackoffMs = (times: number): number => Math.min(10_000, 250 * 2 ** Math.min(times - 1, 6));
/** Of the seconds that an editor leaves an extension to end. */
const closingMs = 1_500;

/**
 * What the ledger can't take now (it is locked, the disk is full, its worker is gone) waits in a queue on the disk, and
 * in memory where that can't be written either; it is in the ledger, once, as soon as that is possible. A ledger that
 * could never be read yet is replaced by what waits: then `timesForgotten` differs once it can be read, so that all is
 * folded anew. `append` rejects only what no ledger could store. `forget` rejects where the ledger can't be used.
 */
export function alwaysLedger(parts: AlwaysLedgerParts): AlwaysLedger {
  const { stored, writer, nowMs, log, patienceMs = usualPatienceMs, backoffMs = usualBackoffMs } = parts;
  const queue = waitingAppends(parts.queue, log);
  const listeners = new Set<() => void>();
  let number = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let trouble: LedgerState['trouble'];
  let sinceMs: number | undefined;
  let told = '';
  /** As it was when the ledger was last asked; undefined: it never answered. */
  let timesForgotten: number | undefined;
  /** Nothing was ever read from the ledger: what waits is all there is. */
  let fromMemory = false;
  /** What waits has the numbers behind this one then: up to it a snapshot knows. */
  let memoryAfter: number | undefined;
  /** What waits in other windows, as it was when the ledger was last asked. */
  let elsewhere: readonly StoredEntry[] = [];
  let draining: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let inVain = 0;
  let closed = false;

  function state(): LedgerState {
    return { trouble, sinceMs, waiting: queue.count(), inMemory: queue.inMemory() };
  }

  function tell(): void {
    const now = state();
    const shown = `${now.trouble?.why ?? ''} ${String(now.waiting > 0)} ${String(now.inMemory > 0)}`;
    if (shown === told) return;
    told = shown;
    parts.onState?.(now);
  }

  function failed(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    const why = troubleOf(error);
    if (trouble?.why !== why && why !== 'checking') log.warn(`The ledger can't be used for now: ${detail}`);
    trouble = { why, detail };
    sinceMs ??= nowMs();
    tryLater();
    tell();
  }

  function sound(): void {
    if (queue.count() > 0) return;
    if (trouble !== undefined && trouble.why !== 'checking')
      log.info('The ledger can be used again, and has all that waited for it.');
    [trouble, sinceMs, inVain] = [undefined, undefined, 0];
    tell();
  }

  function tryLater(): void {
    if (retry !== undefined || draining !== undefined || closed) return;
    inVain += 1;
    retry = setTimeout(() => {
      retry = undefined;
      void drain();
    }, backoffMs(inVain)).unref();
  }

  /** Writes what waits, and looks whether the ledger is there where nothing does. */
  function drain(): Promise<void> {
    draining ??= drained().finally(() => {
      draining = undefined;
      if (trouble !== undefined) tryLater();
    });
    return draining;
  }

  async function drained(): Promise<void> {
    await queue.keep();
    for (;;) {
      const appends = queue.first(batch);
      const call = (): Promise<readonly StoredEntry[]> => stored.take(writer, appends);
      const result = await answered(call, 10 * patienceMs);
      if (!result.ok) return failed(result.error);
      if (appends.length > 0) await queue.taken(appends.length, result.value);
      if (queue.count() > 0) continue;
      sound();
      changed();
      return;
    }
  }

  function changed(): void {
    for (const listener of listeners) listener();
  }

  async function write(entries: readonly LedgerEntry[]): Promise<readonly StoredEntry[]> {
    number += 1;
    const append = { number, atMs: nowMs(), entries };
    if (trouble === undefined && queue.count() === 0) {
      const result = await answered(() => stored.take(writer, [append]), patienceMs);
      if (result.ok) {
        sound();
        return result.value;
      }
      failed(result.error);
    }
    const shown = await queue.add(append);
    tryLater();
    tell();
    return shown;
  }

  function append(entries: readonly LedgerEntry[]): Promise<readonly StoredEntry[]> {
    if (closed) return Promise.reject(closedError());
    const result = writing.then(() => write(entries));
    writing = result.catch(() => undefined);
    return result;
  }

  function waitingElsewhere(): Promise<readonly StoredEntry[]> {
    return stored.waitingElsewhere?.(writer) ?? Promise.resolve([]);
  }

  /** What a read came to; undefined: the ledger didn't answer. */
  async function read<T>(call: () => Promise<T>): Promise<T | undefined> {
    if (closed) throw closedError();
    // Who was in vain waited for once isn't waited for long again.
    const result = await answered(call, trouble === undefined ? patienceMs : patienceMs / 5);
    if (result.ok) return result.value;
    failed(result.error);
    return undefined;
  }

  return {
    append: async (entries) => append(entries.map(storable)),
    readAfter: async (sequence, limit) => {
      if (fromMemory) {
        memoryAfter ??= sequence;
        const entries = numbered(queue.entries(), memoryAfter).slice(sequence - memoryAfter);
        return entries.slice(0, limit);
      }
      queue.seen(sequence);
      return (await read(() => stored.readAfter(sequence, limit))) ?? [];
    },
    lastSequence: async () =>
      fromMemory
        ? (memoryAfter ?? 0) + queue.entries().length
        : ((await read(() => stored.lastSequence())) ?? 0),
    readDecision: async (id) => {
      const waiting = queue.entries();
      const there = fromMemory ? [] : ((await read(() => stored.readDecision(id))) ?? []);
      const known = new Set(there.map(keyOf));
      return [...there, ...waiting.filter((entry) => belongsTo(entry, id) && !known.has(keyOf(entry)))];
    },
    timesForgotten: async () => {
      const times = await read(() => stored.timesForgotten());
      if (times !== undefined) elsewhere = (await read(() => waitingElsewhere())) ?? elsewhere;
      timesForgotten = times ?? timesForgotten;
      fromMemory = timesForgotten === undefined;
      return timesForgotten ?? ledgerUnread;
    },
    droppedTo: async () =>
      fromMemory ? 0 : ((await read(() => stored.droppedTo?.() ?? Promise.resolve(0))) ?? 0),
    keptNumbersBefore: async () =>
      fromMemory ? 0 : ((await read(() => stored.keptNumbersBefore?.() ?? Promise.resolve(0))) ?? 0),
    forget: async (which) => {
      await drain();
      if (trouble !== undefined) throw new LedgerError(trouble.detail, trouble.why);
      return stored.forget(which);
    },
    waiting: () => (fromMemory ? elsewhere : [...queue.entries(), ...elsewhere]),
    state,
    onChange: (listener) => {
      listeners.add(listener);
      const stop = stored.onChange?.(listener);
      return () => {
        listeners.delete(listener);
        stop?.();
      };
    },
    close: async () => {
      if (closed) return;
      await writing;
      closed = true;
      clearTimeout(retry);
      if (queue.count() > 0) await answered(drain, closingMs);
      await queue.keep();
      await queue.release();
      await answered(() => (queue.count() === 0 ? stored.leave(writer) : Promise.resolve()), closingMs);
      await stored.close();
    },
  };
}

function numbered(entries: readonly StoredEntry[], after: number): readonly StoredEntry[] {
  return entries.map((entry, index) => ({ ...entry, sequence: after + index + 1 }));
}

function keyOf(entry: StoredEntry): string {
  return JSON.stringify({ ...entry, sequence: 0 });
}

function belongsTo(entry: StoredEntry, id: string): boolean {
  return decisionIdOf(entry) === id;
}

function closedError(): Error {
  return new LedgerError('The ledger is closed.', 'other');
}
