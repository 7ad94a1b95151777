import type { Corpus } from './corpus';
import { readCorpus } from './corpus';
import type { MadeModel } from './grow';
import { grown, withMade } from './grow';
import { halfOf } from './half';
import type { AbilityTable } from './priors';
import { readAbilities } from './priors';
import type { VectorFiles } from './prompt-features';
import { readAllVectors, readVectors } from './vectors';
import type { WalkOptions } from './walk-arguments';

export interface Material {
  /** The rows that are walked, with the models that were made. */
  readonly corpus: Corpus;
  readonly vectors: VectorFiles;
  /** What is publicly known of the models; undefined: no table was named. */
  readonly table: AbilityTable | undefined;
}

/** The options that name files and rows. */
export type MaterialOptions = Omit<WalkOptions, 'jobs'> & {
  readonly grow?: number;
  readonly table?: string;
};

/** Reads the files that the options name for one of the corpora. Throws a CorpusError that says what is wrong, and where. */
export async function readMaterial(options: MaterialOptions, index: number): Promise<Material> {
  const { limit, vectors, projectionFrom, dims } = options;
  const path = options.corpora[index] ?? '';
  const whole = await readCorpus(path, limit);
  const { corpus, made } = options.grow === undefined ? unchanged(whole) : grown(whole, options.grow);
  const surplus = limit === undefined ? 'refused' : 'allowed';
  const file = vectors?.[index];
  const own = file === undefined ? undefined : await readVectors(file, whole.rows.length, dims, surplus);
  const walked = corpus.rows.map(({ id }) => options.half === 'all' || halfOf(id) === options.half);
  const kept = <Each>(all: readonly Each[]): readonly Each[] => all.filter((_, at) => walked[at]);
  const rows = kept(corpus.rows);
  if (rows.length === 0) throw new RangeError(`${whole.name}: no row is in half ${options.half}.`);
  const known = options.table === undefined ? undefined : await readAbilities(options.table, whole);
  return {
    // What counts as a cost of 1 is that of all rows, so that rewards of the halves can be compared.
    corpus: { ...corpus, rows },
    table: known && withMade(known, made),
    vectors: {
      own: own && kept(own),
      others: projectionFrom === undefined ? undefined : await readAllVectors(projectionFrom, dims),
    },
  };
}

function unchanged(corpus: Corpus): { readonly corpus: Corpus; readonly made: readonly MadeModel[] } {
  return { corpus, made: [] };
}
