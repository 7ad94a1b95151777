import { randomUUID } from 'node:crypto';
import {
  cpSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LedgerEntry, StoredEntry } from '../../../src/core/terms/ledger-entry';
import type { Random } from '../../../src/core/terms/ports';
import { alwaysLedger } from '../../../src/ledger/always-ledger';
import type { AlwaysLedger } from '../../../src/ledger/always-ledger';
import { makeDailyCopy } from '../../../src/ledger/generations/copies';
import type { SalvageReport } from '../../../src/ledger/generations/salvage-report';
import { wholeCheck } from '../../../src/ledger/generations/whole-check';
import { queueFile, queueFolderOf } from '../../../src/ledger/queue/queue-file';
import { sqliteLedger } from '../../../src/ledger/sqlite-ledger';
import { filesOf } from '../../../src/ledger/store/generation-files';
import { servedLedger } from '../../../src/ledger/worker/served-ledger';
import { attemptWith, decisionWith } from '../../core/samples';
import { storedAttempt, storedDecision } from '../as-stored';
import type { DamageKind } from './damages';
import { damages } from './damages';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Entries of one decision, of about the size that real ones have. */
export function entriesOf(id: string): readonly LedgerEntry[] {
  const candidates = ['gpt-4o', 'gpt-4o-mini', 'claude-haiku', 'llama'].map((deploymentId, index) => ({
    deploymentId,
    quality01: (6_123 + index) / 10_000,
    bonus: index / 64,
    costUsd: 0.00123,
    latencyMs: 1_234,
    utility: 0.5,
    probability: 0.25,
  }));
  const decision = decisionWith({
    id,
    candidates,
    features: Array.from({ length: 24 }, (_, at) => (at * 7) % 3),
  });
  return [
    { kind: 'decision', decision: storedDecision(decision) },
    { kind: 'attempt', attempt: storedAttempt(attemptWith({ decisionId: id })) },
  ];
}

/** Ledgers to be damaged, each made once: with half of its entries in its log, and with nothing in it. */
export interface Template {
  readonly decisions: number;
  readonly folder: string;
  readonly older: string;
  readonly foreign: string;
  readonly entries: readonly LedgerEntry[];
}

export async function makeTemplate(decisions: number): Promise<Template> {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-damage-'));
  const entries: LedgerEntry[] = [];
  const make = async (name: string, into: LedgerEntry[]): Promise<void> => {
    const storage = path.join(folder, name);
    mkdirSync(storage);
    const ledger = await sqliteLedger({ storage, nowMs: () => 1_000, log: quiet });
    const { database } = filesOf(storage, 1);
    const [quarter, half] = [Math.floor(decisions / 4), Math.floor(decisions * 0.9)];
    for (let index = 0; index < decisions; index += 1) {
      if (index === half || index === quarter) ledger.checkpoint();
      // By ones at the end, as a window does, and by many before.
      const end = index < quarter ? quarter : half;
      const many = index < half ? Math.min(100, end - index) : 1;
      const made = Array.from({ length: many }, () => entriesOf(randomUUID())).flat();
      into.push(...made);
      await ledger.append(made);
      index += many - 1;
      if (index >= decisions / 2 && !existsSync(path.join(folder, `${name}-older.db`))) {
        for (const end of ['', '-wal'])
          copyFileSync(`${database}${end}`, path.join(folder, `${name}-older.db${end}`));
      }
    }
    // As a process leaves them that is killed.
    cpSync(path.join(storage, 'ledger'), path.join(folder, `${name}-killed`, 'ledger'), { recursive: true });
    await ledger.close();
  };
  await make('own', entries);
  await make('foreign', []);
  const foreign = path.join(folder, 'foreign-killed', 'ledger', 'ledger-1.db');
  return { decisions, folder, older: path.join(folder, 'own-older.db'), foreign, entries };
}

export interface DamagedCase {
  readonly kind: DamageKind;
  /** Damaged while a window has it open. */
  readonly open: boolean;
  /** Its last window was killed: there is a log beside the database. */
  readonly killed: boolean;
  /** There is a copy of the day. */
  readonly copied: boolean;
}

export interface Outcome {
  readonly damaged: boolean;
  /** What isn't as it has to be, in words. */
  readonly faults: readonly string[];
  readonly saved: number;
  readonly of: number;
  readonly reports: readonly SalvageReport[];
}

const hangMs = 60_000;

/** Damages a ledger, and asks a window for all that it is asked for. */
export async function damagedCase(template: Template, how: DamagedCase, random: Random): Promise<Outcome> {
  const storage = mkdtempSync(path.join(tmpdir(), 'conduit-damaged-'));
  const files = filesOf(storage, 1);
  cpSync(path.join(template.folder, how.killed ? 'own-killed' : 'own'), storage, { recursive: true });
  const faults: string[] = [];
  const reports: SalvageReport[] = [];
  let before: string | undefined;
  const expected = [...template.entries];
  try {
    if (how.copied) await makeDailyCopy(storage, files, 1_000);
    const window = openWindow(storage, reports, () => (before ??= bytesOf(files.database)));
    const answer = async <T>(name: string, call: () => Promise<T>): Promise<T | undefined> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => {
          faults.push(`${name} hangs`);
          resolve(undefined);
        }, hangMs);
      });
      try {
        return await Promise.race([call(), late]);
      } catch (error) {
        faults.push(`${name} has no answer: ${String(error)}`);
        return undefined;
      } finally {
        clearTimeout(timer);
      }
    };
    const append = async (): Promise<void> => {
      const made = entriesOf(randomUUID());
      expected.push(...made);
      const stored = await answer('append', () => window.append(made));
      if (stored?.length !== made.length) faults.push('append took less than it was given');
    };
    if (how.open) {
      await answer('timesForgotten', () => window.timesForgotten());
      await answer('readAfter', () => window.readAfter(0));
      await append();
      await settled(window);
    }
    const damaged = damages[how.kind]({ files, older: template.older, foreign: template.foreign, random });
    // Nobody writes to a file that is closed, and nobody who opens it does before he has looked.
    // One that is gone is left as it was found.
    if (!how.open || how.kind === 'gone' || how.kind === 'a folder in its place')
      before = bytesOf(files.database);
    await answer('timesForgotten', () => window.timesForgotten());
    await answer('readAfter', () => window.readAfter(0));
    await append();
    const one = expected[2 * Math.floor(random() * template.decisions)];
    if (one?.kind === 'decision') await answer('readDecision', () => window.readDecision(one.decision.id));
    await append();
    if (!(await settled(window))) faults.push(`not back after a while: ${JSON.stringify(window.state())}`);
    await answer('timesForgotten', () => window.timesForgotten());
    const read = (await answer('readAfter', () => window.readAfter(0))) ?? [];
    await append();
    await settled(window);
    const stored = (await answer('readAfter', () => window.readAfter(0))) ?? [];
    // As readers do, who go on from where they are: what they have isn't shown as waiting any more.
    const later = (await answer('readAfter', () => window.readAfter(stored.at(-1)?.sequence ?? 0))) ?? [];
    const all = [...stored, ...later, ...window.waiting()];
    if (read.length > all.length) faults.push('a later read had less');
    await answer('close', () => window.close());
    faults.push(...compared(expected, all, reports));
    if (reports.length > 0 && before !== bytesOf(files.database))
      faults.push('a damaged file was written to');
    return {
      damaged,
      faults,
      reports,
      saved: all.length,
      of: expected.length,
    };
  } finally {
    rmSync(storage, { recursive: true, force: true });
  }
}

function openWindow(storage: string, reports: SalvageReport[], onDamaged: () => void): AlwaysLedger {
  const open = (): ReturnType<typeof sqliteLedger> =>
    sqliteLedger({
      storage,
      nowMs: () => 2_000,
      log: quiet,
      check: (files) => ({ isSoon: true, wrong: wholeCheck(files) }),
      onSalvaged: (report) => void reports.push(report),
      onSoundness: (soundness) => {
        if (soundness === 'damaged') onDamaged();
      },
    });
  const writer = randomUUID();
  return alwaysLedger({
    stored: servedLedger({ open, queueFolder: queueFolderOf(storage), log: quiet, withinMs: 1_000 }),
    queue: queueFile(queueFolderOf(storage), writer),
    writer,
    nowMs: () => 2_000,
    log: quiet,
    patienceMs: 10_000,
    backoffMs: () => 10,
  });
}

/** Waits until the ledger is used again, and has all that waited. */
async function settled(window: AlwaysLedger): Promise<boolean> {
  const until = performance.now() + hangMs / 2;
  while (performance.now() < until) {
    const { trouble, waiting } = window.state();
    if (trouble === undefined && waiting === 0) return true;
    await new Promise((resolve) => void setTimeout(resolve, 5));
  }
  return false;
}

/** All that was read has to be what was written, once and in its order; what is missing has to be counted. */
function compared(
  expected: readonly LedgerEntry[],
  read: readonly StoredEntry[],
  reports: readonly SalvageReport[],
): readonly string[] {
  const places = new Map(expected.map((entry, index) => [keyOf(entry), index]));
  const faults: string[] = [];
  let last = -1;
  for (const { sequence: _, atMs: __, ...entry } of read) {
    const place = places.get(keyOf(entry));
    if (place === undefined) faults.push('something was read that nobody wrote, or twice');
    else if (place < last) faults.push('something was read in another order');
    places.delete(keyOf(entry));
    last = place ?? last;
  }
  const counted = reports.reduce((sum, { saved, of }) => sum + ((of ?? NaN) - saved), 0);
  if (places.size > 0 && places.size !== counted)
    faults.push(`${String(places.size)} are missing, ${String(counted)} were counted`);
  return [...new Set(faults)];
}

function keyOf(entry: LedgerEntry): string {
  return JSON.stringify(entry, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** What must not change any more: the database and its log. */
function bytesOf(database: string): string {
  return [database, `${database}-wal`]
    .map((file) => {
      try {
        return readFileSync(file).toString('base64');
      } catch {
        return existsSync(file) ? readdirSync(file).join() : '';
      }
    })
    .join(' ');
}
