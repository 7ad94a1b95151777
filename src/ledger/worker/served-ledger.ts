import type { StoredEntry } from '../../core/terms/ledger-entry';
import type { PortableLedger } from '../../core/terms/portable';
import type { Log } from '../../core/terms/ports';
import { watchChanges } from '../change-watch';
import type { ChangeWatch } from '../change-watch';
import type { Checkpoints } from '../checkpoints';
import { createCheckpoints } from '../checkpoints';
import { inodeOf } from '../inode';
import { LedgerError, troubleOf } from '../ledger-trouble';
import { patiently } from '../patient';
import { queuesOfOthers } from '../queue/left-queues';
import type { SqliteLedger } from '../sqlite-ledger';
import type { Retention } from '../store/retention';
import type { StoredLedger } from '../stored-ledger';

export interface ServedLedgerParts {
  /** Opens the ledger that is current now, or makes it. */
  readonly open: () => Promise<SqliteLedger>;
  /** Of the queues of all windows. */
  readonly queueFolder: string;
  readonly log: Log;
  /** How long another process's lock is waited for. */
  readonly withinMs: number;
  readonly checkpointBytes?: number | undefined;
}

/** The ledger as a worker serves it: opened with the first call, and anew where its file is gone. */
export interface ServedLedger extends StoredLedger, PortableLedger {
  /** Names the file whose numbers entries have now. */
  ledgerId(): Promise<string>;
  /** The last number whose entry retention has dropped; 0: none was. */
  droppedTo(): Promise<number>;
  keptNumbersBefore(): Promise<number>;
  /** Drops the oldest decisions, as far as that is allowed. Resolves to how many rows went. */
  retain(retention: Retention): Promise<number>;
  /** What other windows than `writer` have in their queues and the ledger hasn't. Sequence numbers have no meaning. */
  waitingElsewhere(writer: string): Promise<readonly StoredEntry[]>;
  /** Whether the user looks at this window: then changes are looked for. */
  attend(attentive: boolean): Promise<void>;
  /** Tells that there is something new to be looked at. */
  changed(): void;
}

/** What else is in the ledger's file, in the same connection. */
export interface LedgerAccess {
  reading<T>(work: (ledger: SqliteLedger) => Promise<T>): Promise<T>;
  /** In its turn among this window's writes. */
  writing<T>(work: (ledger: SqliteLedger) => Promise<T>): Promise<T>;
}

interface Opened {
  readonly ledger: SqliteLedger;
  readonly checkpoints: Checkpoints;
  readonly watch: ChangeWatch;
  readonly inode: string | undefined;
  /** It is the first one that was opened, or its `timesForgotten` was asked for. */
  isNewKnown: boolean;
}

/** Windows that are gone have left nothing for so long after it was looked for. */
const leftForMs = 30_000;
/**
 * A write that comes while a small file is still being looked through waits for so long: it is through by then. Of a large
 * one a question would wait in vain, and the queue is there.
 */
const checkPatienceMs = 40;

export function servedLedger(parts: ServedLedgerParts): ServedLedger & LedgerAccess {
  const { open, queueFolder, log, withinMs, checkpointBytes } = parts;
  const listeners = new Set<() => void>();
  let opening: Promise<Opened> | undefined;
  let attentive = false;
  /** What was opened last. */
  let lastFile: string | undefined;
  let lookedAtMs = -Infinity;
  /** Writes of this window have their turn one after the other: their numbers rise. */
  let writing: Promise<unknown> = Promise.resolve();

  async function opened(): Promise<Opened> {
    const ledger = await open();
    const { file } = ledger;
    const watch = watchChanges({
      file,
      // A file that is damaged has changed for the last time.
      version: () => (ledger.soundness() === 'damaged' ? -1 : ledger.dataVersion()),
      onChange: () => {
        for (const listener of listeners) listener();
      },
      log,
    });
    watch.attend(attentive);
    const checkpoints = createCheckpoints({
      file,
      checkpoint: () => ledger.checkpoint(),
      log,
      monotonicMs: () => performance.now(),
      mostBytes: checkpointBytes,
    });
    const isNewKnown = lastFile === undefined || lastFile === file;
    lastFile = file;
    return { ledger, checkpoints, watch, inode: inodeOf(file), isNewKnown };
  }

  async function there(): Promise<Opened> {
    opening ??= opened().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    const current = await opening;
    const { file } = current.ledger;
    if (current.ledger.soundness() === 'damaged') {
      await left();
      throw new LedgerError(`${file} is damaged`, 'damaged');
    }
    if (inodeOf(file) === current.inode) return current;
    // Nobody but this process could read what is written to a file that has no name any more.
    log.warn(`${file} is gone, or is another file now: the ledger is opened anew.`);
    await left();
    throw new LedgerError(`${file} is gone`, 'missing');
  }

  async function left(): Promise<void> {
    const current = await opening?.catch(() => undefined);
    opening = undefined;
    current?.watch.close();
    await current?.checkpoints.closing(() => void current.ledger.close());
  }

  /** A lock is waited for; where the file is gone, or damaged, what has taken its place is asked once more. */
  async function using<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const once = (): Promise<T> =>
      patiently(async () => {
        const current = await there();
        const value = await work(current);
        // What was read, or written, when damage was found isn't to be relied on.
        if (current.ledger.soundness() !== 'damaged') return value;
        throw new LedgerError(`${current.ledger.file} is damaged`, 'damaged');
      }, withinMs);
    try {
      return await once();
    } catch (error) {
      switch (troubleOf(error)) {
        case 'missing':
          if (opening !== undefined) throw error;
          return once();
        case 'damaged':
          await left();
          return once();
        default:
          throw error;
      }
    }
  }

  function written<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const result = writing.then(() =>
      using(async (current) => {
        // A small file is looked through sooner than a queue is written and read again.
        await current.ledger.checked(checkPatienceMs);
        const value = await work(current);
        current.checkpoints.wrote();
        takeLeft();
        return value;
      }),
    );
    writing = result.catch(() => undefined);
    return result;
  }

  const numbered: Pick<StoredLedger, 'take' | 'taken' | 'leave'> = {
    take: (writer, appends) => written(({ ledger }) => ledger.take(writer, appends)),
    leave: (writer) => written(({ ledger }) => ledger.leave(writer)),
    taken: (writer) => using(({ ledger }) => ledger.taken(writer)),
  };
  const others = queuesOfOthers(queueFolder, numbered, log);

  /** Where this window can write, it writes for those that are gone. */
  function takeLeft(): void {
    const nowMs = performance.now();
    if (nowMs < lookedAtMs + leftForMs) return;
    lookedAtMs = nowMs;
    others.takeLeft().then(
      (count) => {
        if (count > 0) for (const listener of listeners) listener();
      },
      (error: unknown) => log.debug(`What other windows have left was not taken: ${String(error)}`),
    );
  }

  return {
    reading: (work) => using(({ ledger }) => work(ledger)),
    writing: (work) => written(({ ledger }) => work(ledger)),
    ...numbered,
    waitingElsewhere: (writer) => others.waiting(writer),
    append: (entries) => written(({ ledger }) => ledger.append(entries)),
    forget: (which) => written(({ ledger }) => ledger.forget(which)),
    readAfter: (sequence, limit) =>
      using(async (current) => {
        // Another generation has other numbers. Who asks how often something was forgotten begins anew with it.
        if (sequence > 0 && !current.isNewKnown) return [];
        return current.ledger.readAfter(sequence, limit);
      }),
    ledgerId: () => using(({ ledger }) => Promise.resolve(ledger.ledgerId)),
    droppedTo: () => using(({ ledger }) => ledger.droppedTo()),
    keptNumbersBefore: () => using(({ ledger }) => ledger.keptNumbersBefore()),
    retain: (retention) => written(({ ledger }) => ledger.retain(retention)),
    exportTo: (file) => using(({ ledger }) => ledger.exportTo(file)),
    previewImport: (file) => using(({ ledger }) => ledger.previewImport(file)),
    importFrom: (file) => written(({ ledger }) => ledger.importFrom(file)),
    lastSequence: () => using(({ ledger }) => ledger.lastSequence()),
    readDecision: (id) => using(({ ledger }) => ledger.readDecision(id)),
    timesForgotten: () =>
      using((current) => {
        current.isNewKnown = true;
        return current.ledger.timesForgotten();
      }),
    changed: () => {
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    attend: async (now) => {
      attentive = now;
      (await opening?.catch(() => undefined))?.watch.attend(now);
    },
    close: async () => {
      await writing;
      await left();
    },
  };
}
