import { z } from 'zod';
import { shippedSettings } from '../../src/core/bandit/settings';
import type { ModelAbility } from '../../src/core/terms/ability';
import { seededRandom, shuffled } from '../../test/core/seeded-random';
import type { Corpus } from './corpus';
import { CorpusError } from './corpus-error';
import { readJson } from './json-file';
import { mean } from './statistics';

/**
 * What the router is told of the models before the pass: what the table says, nothing, the mean qualities of the rows
 * (hindsight, the limit), the table with its best and worst changed places, the table shuffled by the seed, or of each
 * model that nothing is known.
 */
export type PriorsKind = (typeof priorsKinds)[number];
export const priorsKinds = ['table', 'off', 'true', 'reversed', 'random', 'unknown'] as const;

/** The name of a variant with other priors than the first. */
export function nameWith(name: string, kind: PriorsKind, first: PriorsKind | undefined): string {
  return kind === first ? name : `${name}-priors-${kind}`;
}

/** By the model's name in the corpus. */
export type AbilityTable = ReadonlyMap<string, ModelAbility>;

export interface Priors {
  /** Absent: the router is to go without a table. Of a model: undefined where the table doesn't know it. */
  readonly abilities?: (model: string) => ModelAbility | undefined;
  /** A model's mean quality over the rows, exactly. */
  readonly trueMeans01?: (model: string) => number | undefined;
}

/** Throws RangeError where the kind needs a table and there is none. */
export function priorsOf(
  kind: PriorsKind,
  corpus: Corpus,
  table: AbilityTable | undefined,
  seed: number,
): Priors {
  switch (kind) {
    case 'off':
      return {};
    case 'unknown':
      return { abilities: () => undefined };
    case 'true': {
      const means = trueMeansOf(corpus);
      return { trueMeans01: (model) => means.get(model) };
    }
    case 'table':
      return told(given(table, corpus));
    case 'reversed':
      return told(reversed(given(table, corpus)));
    case 'random':
      return told(dealtOut(given(table, corpus), (all) => shuffled(all, seededRandom(seed + 31_337))));
  }
}

/** What the router believes of the models' qualities before the first outcome; undefined: it was told nothing. */
export function expectedQualities(
  { models }: Pick<Corpus, 'models'>,
  { abilities, trueMeans01 }: Priors,
): ((model: string) => number) | undefined {
  const { abilityScale, belief } = shippedSettings;
  if (trueMeans01 !== undefined) return (model) => trueMeans01(model) ?? belief.level01;
  if (abilities === undefined) return undefined;
  const known = models.flatMap((model) => abilities(model)?.ability ?? []);
  const middle = known.length === 0 ? 0 : mean(known);
  return (model) => belief.level01 + abilityScale * ((abilities(model)?.ability ?? middle) - middle);
}

/** Mean quality of each model over the corpus's rows. */
function trueMeansOf({ models, rows }: Corpus): ReadonlyMap<string, number> {
  return new Map(
    models.map((model, arm) => [model, mean(rows.map(({ quality01 }) => quality01[arm] ?? Number.NaN))]),
  );
}

/** The best model gets what is said of the worst, the second what is said of the second last. */
function reversed(table: AbilityTable): AbilityTable {
  const ranked = new Map([...table].toSorted(([, a], [, b]) => b.ability - a.ability));
  return dealtOut(ranked, (all) => all.toReversed());
}

const abilitySchema = z.object({
  ability: z.number(),
  deviation: z.number().positive(),
  byFamily: z.record(z.string(), z.number()).exactOptional(),
  knownFrom: z.enum(['figures', 'family', 'size', 'price', 'nothing']),
  knownAs: z.string().exactOptional(),
});
const fileSchema = z.record(z.string(), z.record(z.string(), abilitySchema));

/** Reads `{corpus: {model: ability}}`, and what it says of this corpus's models. Throws CorpusError. */
export async function readAbilities(path: string, { name, models }: Corpus): Promise<AbilityTable> {
  const parsed = fileSchema.safeParse(await readJson(path));
  if (!parsed.success) throw new CorpusError(path, z.prettifyError(parsed.error));
  const table = parsed.data[name];
  if (table === undefined) {
    const known = Object.keys(parsed.data).join(', ');
    throw new CorpusError(path, `there is no corpus ${name}. Corpora: ${known}`);
  }
  return new Map(models.flatMap((model) => (table[model] === undefined ? [] : [[model, table[model]]])));
}

function told(table: AbilityTable): Priors {
  return { abilities: (model) => table.get(model) };
}

function dealtOut(
  table: AbilityTable,
  order: (all: readonly ModelAbility[]) => readonly ModelAbility[],
): AbilityTable {
  const abilities = order([...table.values()]);
  return new Map([...table].map(([model, own], index) => [model, abilities[index] ?? own]));
}

function given(table: AbilityTable | undefined, { name }: Corpus): AbilityTable {
  if (table === undefined)
    throw new RangeError(`There is no table of what is known of the models of ${name}.`);
  return table;
}
