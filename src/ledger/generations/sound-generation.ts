import { makeOwnFolderSync } from '../../files/private-files';
import type { GenerationFiles } from '../store/generation-files';
import { ledgerFolderOf } from '../store/generation-files';
import { damageText } from '../store/ledger-damage';
import { checkBeforeWrite } from './check-before-write';
import { makeNextGeneration } from './next-generation';
import type { SalvageReport } from './salvage-report';
import { isMarked, mark, tracesIn } from './traces';

export interface SoundGenerationParts {
  readonly sqlite: typeof import('node:sqlite');
  /** The extension's storage. */
  readonly storage: string;
  readonly nowMs: () => number;
  /** A generation was salvaged here, by this window. */
  readonly onSalvaged?: ((report: SalvageReport) => void) | undefined;
  /** Salvages, perhaps in a thread of its own. Absent: in this one. */
  readonly makeNext?: typeof makeNextGeneration | undefined;
}

/** A new generation that is damaged again at once tells of a disk that spoils whatever it is given. */
const mostGenerations = 3;

/**
 * The generation that windows use, looked at before this start's first write. One that is damaged, or whose database is
 * gone, is marked and followed by the next, with all that can be salvaged; where that is under way in another window, it is
 * waited for. Undefined: there is none yet. Rejects where the folder can't be written, or what is written doesn't stay.
 */
export async function soundGeneration(parts: SoundGenerationParts): Promise<GenerationFiles | undefined> {
  const { sqlite, storage, nowMs, onSalvaged, makeNext = makeNextGeneration } = parts;
  for (let tries = 0; tries <= mostGenerations; tries += 1) {
    const newest = tracesIn(storage).at(-1);
    if (newest === undefined) return undefined;
    if (!isMarked(newest)) {
      const damage = await checkBeforeWrite(sqlite, newest);
      if (damage === undefined) return newest;
      makeOwnFolderSync(ledgerFolderOf(storage));
      mark(newest, { atMs: nowMs(), why: damageText(damage) });
    }
    const report = await makeNext(sqlite, storage, nowMs);
    if (report !== undefined) onSalvaged?.(report);
  }
  throw new Error('each new file of it is damaged, too');
}
