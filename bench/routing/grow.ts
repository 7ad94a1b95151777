import type { ModelAbility } from '../../src/core/terms/ability';
import type { Random } from '../../src/core/terms/ports';
import { pick, seededRandom, shuffled } from '../../test/core/seeded-random';
import type { Corpus } from './corpus';
import type { AbilityTable } from './priors';
import { mean } from './statistics';
import { textHash } from './text-hash';

/** A model that was made from one of the corpus. */
export interface MadeModel {
  readonly name: string;
  readonly of: string;
  /** How far its stated ability is off that of `of`, in the deviations of that: a draw from N(0, 1). */
  readonly drawn: number;
  /** How much weaker it was made, in logits of mean quality, ≤ 0. */
  readonly weaker: number;
}

export interface Grown {
  readonly corpus: Corpus;
  readonly made: readonly MadeModel[];
}

/** Share of a copy's rows whose quality is drawn anew from its model's own. */
const leastRedrawn = 0.1;
const mostRedrawn = 0.2;
/** A copy costs as much, ± so much. */
const costSpread = 0.2;
/** Share of a weak model's rows that come to nothing. */
const leastThinned = 0.2;
const mostThinned = 0.6;

/**
 * The corpus with models added until there are `count`, by turns a near-copy of any model and a weak one made from the
 * weaker half; as it is where it has as many. A near-copy redraws some of the qualities from its model's own, all alike,
 * the better of two or the worse of two. A weak model's qualities come to 0 on some of the rows; it costs anything from
 * the cheapest to the dearest, evenly by logarithm. The same corpus gives the same models, and fewer are the first of
 * more. What counts as a cost of 1 stays as it is.
 */
export function grown(corpus: Corpus, count: number): Grown {
  const models = corpus.models.map((model, arm) => ({ model, arm, quality01: meanQuality(corpus, arm) }));
  const ranked = models.toSorted((a, b) => a.quality01 - b.quality01);
  const weaker = ranked.slice(0, Math.max(1, Math.floor(models.length / 2)));
  const random = seededRandom(textHash([corpus.name, ...corpus.models].join('\n')));
  const turns = { copy: shuffled(models, random), weak: shuffled(weaker, random) };
  const added = Array.from({ length: Math.max(0, count - models.length) }, (_, index) => {
    const kind = index % 2 === 0 ? 'copy' : 'weak';
    const number = Math.floor(index / 2);
    const source = turns[kind][number % turns[kind].length];
    if (source === undefined) throw new RangeError('There is no model to copy.');
    const name = `${source.model}~${kind}${String(number + 1)}`;
    const own = seededRandom(textHash(`${corpus.name}\n${name}`));
    const { qualities, costs } =
      kind === 'copy' ? copied(corpus, source.arm, own) : weakened(corpus, source.arm, own);
    const shift = kind === 'copy' ? 0 : Math.min(0, logit(mean(qualities)) - logit(source.quality01));
    return { name, of: source.model, drawn: normal(own), weaker: shift, qualities, costs };
  });
  const rows = corpus.rows.map((row, at) => ({
    ...row,
    quality01: Float64Array.of(
      ...row.quality01,
      ...added.map(({ qualities }) => qualities[at] ?? Number.NaN),
    ),
    costUsd: Float64Array.of(...row.costUsd, ...added.map(({ costs }) => costs[at] ?? Number.NaN)),
  }));
  return {
    corpus: { ...corpus, models: [...corpus.models, ...added.map(({ name }) => name)], rows },
    made: added.map(({ name, of, drawn, weaker: shift }) => ({ name, of, drawn, weaker: shift })),
  };
}

/**
 * The table with what would be said of the models that were made: that of their model, as far off as its deviation says
 * where it has figures. Of a copy of a model that is known by its size or price alone the same size or price would say
 * the same.
 */
export function withMade(table: AbilityTable, made: readonly MadeModel[]): AbilityTable {
  const more = made.flatMap(({ name, of, drawn, weaker }): (readonly [string, ModelAbility])[] => {
    const known = table.get(of);
    if (known === undefined) return [];
    const off = known.knownFrom === 'figures' ? drawn * known.deviation : 0;
    return [[name, { ...known, ability: known.ability + weaker + off }]];
  });
  return new Map([...table, ...more]);
}

interface Outcomes {
  readonly qualities: Float64Array;
  readonly costs: Float64Array;
}

function copied({ rows }: Corpus, arm: number, random: Random): Outcomes {
  const qualityAt = (row: (typeof rows)[number]): number => row.quality01[arm] ?? Number.NaN;
  const redrawn = between(leastRedrawn, mostRedrawn, random);
  const choice = pick(['alike', 'better', 'worse'] as const, random);
  const factor = between(1 - costSpread, 1 + costSpread, random);
  const anew = (): number => {
    const first = qualityAt(pick(rows, random));
    if (choice === 'alike') return first;
    const second = qualityAt(pick(rows, random));
    return choice === 'better' ? Math.max(first, second) : Math.min(first, second);
  };
  return {
    qualities: Float64Array.from(rows, (row) => (random() < redrawn ? anew() : qualityAt(row))),
    costs: Float64Array.from(rows, (row) => factor * (row.costUsd[arm] ?? Number.NaN)),
  };
}

function weakened({ rows, models }: Corpus, arm: number, random: Random): Outcomes {
  const thinned = between(leastThinned, mostThinned, random);
  const means = models.map((_, each) => mean(rows.map(({ costUsd }) => costUsd[each] ?? Number.NaN)));
  const prices = means.filter((price) => price > 0);
  const own = means[arm] ?? 0;
  const low = Math.log(Math.min(...prices));
  const price = prices.length === 0 ? 0 : Math.exp(between(low, Math.log(Math.max(...prices)), random));
  return {
    qualities: Float64Array.from(rows, ({ quality01 }) =>
      random() < thinned ? 0 : (quality01[arm] ?? Number.NaN),
    ),
    // A model that costs nothing has no costs to scale: each row costs the same.
    costs: Float64Array.from(rows, ({ costUsd }) =>
      own > 0 ? (price / own) * (costUsd[arm] ?? Number.NaN) : price,
    ),
  };
}

function meanQuality({ rows }: Corpus, arm: number): number {
  return mean(rows.map(({ quality01 }) => quality01[arm] ?? Number.NaN));
}

function between(least: number, most: number, random: Random): number {
  return least + (most - least) * random();
}

/** Box and Muller's. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Of a share that is kept from 0 and 1. */
function logit(share: number): number {
  const kept = Math.min(0.99, Math.max(0.01, share));
  return Math.log(kept / (1 - kept));
}
