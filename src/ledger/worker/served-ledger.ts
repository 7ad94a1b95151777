import { statSync } from 'node:fs';
import type { Log } from '../../core/terms/ports';
import type { Reservations } from '../../core/terms/reservations';
import { watchChanges } from '../change-watch';
import type { ChangeWatch } from '../change-watch';
import type { Checkpoints } from '../checkpoints';
import { createCheckpoints } from '../checkpoints';
import { LedgerError, troubleOf } from '../ledger-trouble';
import { patiently } from '../patient';
import type { SqliteLedger } from '../sqlite-ledger';
import type { StoredLedger } from '../stored-ledger';

export interface ServedLedgerParts {
  /** Opens the ledger that is current now, or makes it. */
  readonly open: () => Promise<SqliteLedger>;
  readonly log: Log;
  /** How long another process's lock is waited for. */
  readonly withinMs: number;
}

/** The ledger as a worker serves it: opened with the first call, and anew where its file is gone. */
export interface ServedLedger extends StoredLedger {
  /** Whether the user looks at this window: then changes are looked for. */
  attend(attentive: boolean): Promise<void>;
}

interface Opened {
  readonly ledger: SqliteLedger;
  readonly checkpoints: Checkpoints;
  readonly watch: ChangeWatch;
  readonly inode: string | undefined;
}

/** What a worker serves of one database. */
export interface Served {
  readonly ledger: ServedLedger;
  readonly reservations: Reservations;
}

export function served({ open, log, withinMs }: ServedLedgerParts): Served {
  const listeners = new Set<() => void>();
  let opening: Promise<Opened> | undefined;
  let attentive = false;
  /** Writes of this window have their turn one after the other: their numbers rise. */
  let writing: Promise<unknown> = Promise.resolve();

  async function opened(): Promise<Opened> {
    const ledger = await open();
    const { file } = ledger;
    const watch = watchChanges({
      file,
      version: () => ledger.dataVersion(),
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
    });
    return { ledger, checkpoints, watch, inode: inodeOf(file) };
  }

  async function there(): Promise<Opened> {
    opening ??= opened().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    const current = await opening;
    const { file } = current.ledger;
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

  /** A lock is waited for, and a file that is gone is looked for once more. */
  async function using<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const once = (): Promise<T> => patiently(async () => work(await there()), withinMs);
    try {
      return await once();
    } catch (error) {
      if (troubleOf(error) !== 'missing' || opening !== undefined) throw error;
      return once();
    }
  }

  function written<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const result = writing.then(() =>
      using(async (current) => {
        const value = await work(current);
        current.checkpoints.wrote();
        return value;
      }),
    );
    writing = result.catch(() => undefined);
    return result;
  }

  const ledger: ServedLedger = {
    append: (entries) => written(({ ledger }) => ledger.append(entries)),
    take: (writer, appends) => written(({ ledger }) => ledger.take(writer, appends)),
    leave: (writer) => written(({ ledger }) => ledger.leave(writer)),
    forget: (which) => written(({ ledger }) => ledger.forget(which)),
    taken: (writer) => using(({ ledger }) => ledger.taken(writer)),
    readAfter: (sequence, limit) => using(({ ledger }) => ledger.readAfter(sequence, limit)),
    readDecision: (id) => using(({ ledger }) => ledger.readDecision(id)),
    timesForgotten: () => using(({ ledger }) => ledger.timesForgotten()),
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
  const reservations: Reservations = {
    look: (scopes) => using((current) => current.ledger.reservations.look(scopes)),
    reserve: (reserving) => written((current) => current.ledger.reservations.reserve(reserving)),
    release: (id) => written((current) => current.ledger.reservations.release(id)),
    allow: (scope) => written((current) => current.ledger.reservations.allow(scope)),
    demand: (sinceDay) => using((current) => current.ledger.reservations.demand(sinceDay)),
  };
  return { ledger, reservations };
}

function inodeOf(file: string): string | undefined {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && `${String(found.dev)} ${String(found.ino)}`;
}
