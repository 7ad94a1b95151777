import { rmSync } from 'node:fs';
import path from 'node:path';
import { claimName } from '../../files/names-on-disk';
import { draftName, makeOwnFolderSync, makePrivateFileSync } from '../../files/private-files';
import { proofByChecksum } from '../salvage/proven-rows';
import { openReadOnly } from '../salvage/read-only';
import type { GenerationFiles } from '../store/generation-files';
import { metaOf } from '../store/ledger-database';
import { copiesFolderOf, copiesIn } from './traces';
import { wholeCheck } from './whole-check';

const dayMs = 86_400_000;
const kept = 2;

/**
 * Makes a copy of a sound generation where the newest one is of another day, and keeps two. It reads the database for as
 * long as it takes to write it anew: for a thread that has nothing else to do. Every row is looked at on the way, so that
 * a damaged one is found within a day, however old it is.
 *
 * @returns what is wrong with the generation; undefined: nothing. Rejects where the copy can't be written.
 */
export async function makeDailyCopy(
  storage: string,
  files: GenerationFiles,
  nowMs: number,
): Promise<string | undefined> {
  const newest = copiesIn(storage, files.generation)[0];
  // A clock that was ahead doesn't keep tomorrow's copies from being made.
  if (newest !== undefined && newest.atMs <= nowMs && nowMs - newest.atMs < dayMs) return undefined;
  return makeCopy(storage, files, nowMs);
}

/** All copies, also those of generations before: they hold what was forgotten. */
export function deleteCopies(storage: string): void {
  rmSync(copiesFolderOf(storage), { recursive: true, force: true });
}

async function makeCopy(storage: string, files: GenerationFiles, nowMs: number): Promise<string | undefined> {
  const sqlite = await import('node:sqlite');
  const folder = copiesFolderOf(storage);
  makeOwnFolderSync(folder);
  const file = path.join(folder, `ledger-${String(files.generation)}-${String(Math.round(nowMs))}.db`);
  const temporary = draftName(file);
  makePrivateFileSync(temporary);
  try {
    const database = openReadOnly(sqlite, files.database, true);
    try {
      // An empty file is taken for a new database: so the copy keeps the mode that it was made with.
      database?.prepare('VACUUM INTO ?').run(temporary);
    } finally {
      database?.close();
    }
    const wrong = (await wholeCheck({ database: temporary })) ?? wrongRowIn(sqlite, temporary);
    if (wrong !== undefined) return wrong;
    claimName(temporary, file);
    for (const old of copiesIn(storage).slice(kept)) rmSync(old.file, { force: true });
    return undefined;
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${temporary}${end}`, { force: true });
  }
}

/** The first row that doesn't prove itself. */
function wrongRowIn(sqlite: typeof import('node:sqlite'), file: string): string | undefined {
  const database = openReadOnly(sqlite, file, false);
  if (database === undefined) return undefined;
  try {
    const proof = proofByChecksum(String(metaOf(database, 'ledger_id')));
    const rows = database.prepare(`SELECT ${proof.columns.join(', ')} FROM entry ORDER BY sequence`);
    for (const row of rows.iterate()) {
      const values = proof.columns.map((column) => row[column]);
      if (proof.entry(row['sequence'], values) === undefined)
        return `entry ${String(row['sequence'])} was altered`;
    }
    return undefined;
  } finally {
    database.close();
  }
}
