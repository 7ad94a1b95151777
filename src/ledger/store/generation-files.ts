import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The files of a ledger in the extension's storage. A generation that is damaged stays where it is; the next one goes on. */
export interface GenerationFiles {
  readonly generation: number;
  readonly database: string;
  /** The last number that was acknowledged. */
  readonly last: string;
  /** Is there where the generation was found damaged. */
  readonly damaged: string;
}

export function ledgerFolderOf(storage: string): string {
  return path.join(storage, 'ledger');
}

/** Where versions of before keep the ledger. */
export function firstFileOf(storage: string): string {
  return path.join(storage, 'conduit.db');
}

export function filesOf(storage: string, generation: number): GenerationFiles {
  const name = path.join(ledgerFolderOf(storage), `ledger-${String(generation)}`);
  return { generation, database: `${name}.db`, last: `${name}.last`, damaged: `${name}.damaged` };
}

/** All generations whose database is there, in order. */
function generationsIn(storage: string): readonly GenerationFiles[] {
  const folder = ledgerFolderOf(storage);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const number = /^ledger-(\d+)\.db$/.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    })
    .toSorted((one, other) => one - other)
    .map((generation) => filesOf(storage, generation));
}

/** The generation that is written to: the highest one, where it isn't damaged. Undefined: one has to be made. */
function currentGeneration(storage: string): GenerationFiles | undefined {
  const newest = generationsIn(storage).at(-1);
  return newest === undefined || existsSync(newest.damaged) ? undefined : newest;
}

/** The file to look at without writing: the current generation's, else that of before. Undefined: there is no ledger. */
export function ledgerFileOf(storage: string): string | undefined {
  const file = currentGeneration(storage)?.database ?? firstFileOf(storage);
  return existsSync(file) ? file : undefined;
}
