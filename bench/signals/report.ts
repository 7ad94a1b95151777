import type { Corpus } from '../routing/corpus';
import type { Interval } from '../routing/over-cells';
import type { Difference, Result } from '../routing/result';
import { pairedDifference } from '../routing/result';
import { aligned, bounds, exactPercent, fixed } from '../routing/text-table';
import type { Options } from './arguments';
import type { Results } from './comparisons';
import { closedShare, decisionsUntil, pooledDifference } from './comparisons';
import { columnNames, mainScenarios, nameOf } from './scenario';

/** All results of one corpus; policies are scenarios. */
export interface SignalCell {
  readonly corpus: Pick<Corpus, 'name' | 'models'>;
  readonly rows: number;
  readonly results: readonly Result[];
}

type Asked = Pick<Options, 'thumbs' | 'apart' | 'lambdas' | 'within' | 'signals' | 'against'>;

const scored = nameOf({ scored: true, thumbs01: 0 });

/** Plain text: a table for each corpus and λ, and what they say together. */
export function reportOf(cells: readonly SignalCell[], asked: Asked): string {
  const thumbs = nameOf({ thumbs01: asked.thumbs[0] ?? 0 });
  const pooled = cells.filter(({ corpus }) => !asked.apart.includes(corpus.name));
  return [
    ...cells.flatMap((cell) =>
      asked.lambdas.map((lambda) => corpusTable(cell, lambda, thumbs, asked.within)),
    ),
    ...(pooled.length === 0
      ? []
      : lambdaGroups(asked.lambdas).map((group) => pooledTable(pooled, group, asked))),
    ...(pooled.length > 0 && asked.against ? [againstTable(pooled, asked)] : []),
  ].join('\n');
}

/** Each λ, and all of them together where there are several. */
function lambdaGroups(lambdas: readonly number[]): readonly (readonly number[])[] {
  return [...lambdas.map((lambda) => [lambda]), ...(lambdas.length > 1 ? [lambdas] : [])];
}

/** Of one corpus, the best first: what each has more than thumbs alone, and how much sooner it is right. */
function corpusTable(
  { corpus, rows, results }: SignalCell,
  lambda: number,
  thumbs: string,
  within: number,
): string {
  const own = results.filter((result) => result.lambda === lambda);
  const base = own.find(({ policy }) => policy === thumbs);
  if (base === undefined) throw new RangeError(`There is no result of ${thumbs}.`);
  const level = (base.curve.at(-1) ?? Number.NaN) - within;
  const lines = own
    .toSorted((a, b) => b.meanReward - a.meanReward)
    .map((result) => [
      result.policy,
      fixed(result.meanReward, 4),
      fixed(result.standardError, 4),
      fixed(result.windows['0-250'].mean, 4),
      fixed(result.windows.rest.mean, 4),
      result === base ? '' : shown(pairedDifference(result, base)),
      String(decisionsUntil(result, level) ?? '–'),
    ]);
  const header = [
    'told',
    'reward',
    '± se',
    '0-250',
    'rest',
    `minus ${thumbs} [95 %]`,
    `decisions to ${fixed(level, 4)}`,
  ];
  const title = `${corpus.name}, λ = ${String(lambda)}: ${String(rows)} prompts, ${String(corpus.models.length)} models, ${String(base.seeds.length)} seeds`;
  return `${title}\n${aligned([header, ...lines])}`;
}

function resultsOf(
  cells: readonly SignalCell[],
  lambdas: readonly number[],
  policy: string,
): Results | undefined {
  const found = cells.flatMap(({ results }) =>
    lambdas.map((lambda) => results.find((each) => each.policy === policy && each.lambda === lambda)),
  );
  const known = found.filter((each) => each !== undefined);
  return known.length === found.length ? known : undefined;
}

function needed(cells: readonly SignalCell[], lambdas: readonly number[], policy: string): Results {
  const results = resultsOf(cells, lambdas, policy);
  if (results === undefined) throw new RangeError(`There is no result of ${policy} at every λ.`);
  return results;
}

/** What is closed of the distance from thumbs alone to all answers scored, and by how much thumbs alone are beaten. */
function pooledTable(cells: readonly SignalCell[], lambdas: readonly number[], { thumbs }: Asked): string {
  const of = (policy: string): Results => needed(cells, lambdas, policy);
  const full = of(scored);
  const blocks = thumbs.map((rate) => {
    const alone = nameOf({ thumbs01: rate });
    const base = of(alone);
    const unrated = columnNames.map((column) => nameOf({ thumbs01: 0, column, judge: true }));
    const names = [...mainScenarios(rate).map(nameOf).slice(1), ...unrated, scored];
    const lines = names.map((name) => [
      name,
      shown(pooledDifference(of(name), base)),
      shown(pooledDifference(of(name), base, '0-250')),
      shownShare(closedShare(of(name), base, full)),
    ]);
    const header = [`minus ${alone}`, 'whole pass [95 %]', '0-250', 'of the distance to all scored [95 %]'];
    return aligned([header, ...lines]);
  });
  const where = cells.map(({ corpus }) => corpus.name).join(' and ');
  return [`${where} pooled, λ = ${lambdas.join(' and ')}`, ...blocks].join('\n');
}

/** What each signal costs when it says the opposite, as a share of what all of them gain. */
function againstTable(cells: readonly SignalCell[], { thumbs, signals, lambdas }: Asked): string {
  const of = (policy: string): Results => needed(cells, lambdas, policy);
  const told = { thumbs01: thumbs[0] ?? 0, column: 'pessimistic' } as const;
  const base = of(nameOf({ thumbs01: told.thumbs01 }));
  const cases = [
    ...signals.map((against) => ({ own: told, turned: { ...told, against } })),
    { own: { ...told, judge: true }, turned: { ...told, judge: true, against: 'judged' } },
  ] as const;
  const lines = cases.map(({ own, turned }) => {
    const [all, without] = [of(nameOf(own)), of(nameOf(turned))];
    // The share that is left, from nothing at thumbs alone to all of it.
    const { value, lower95, upper95 } = closedShare(without, base, all);
    return [
      turned.against,
      shown(pooledDifference(without, all)),
      shownShare({ value: 1 - value, lower95: 1 - upper95, upper95: 1 - lower95 }),
    ];
  });
  const header = ['turned round', 'costs [95 %]', 'of the gain over thumbs alone [95 %]'];
  return `${exactPercent(told.thumbs01)} rated, pessimistic, all λ pooled\n${aligned([header, ...lines])}`;
}

function shown({ mean, lower95, upper95 }: Difference): string {
  return bounds(mean, lower95, upper95);
}

function shownShare({ value, lower95, upper95 }: Interval): string {
  const percent = (share: number): string => `${fixed(share * 100, 0)} %`;
  return Number.isFinite(value) ? `${percent(value)} [${percent(lower95)}, ${percent(upper95)}]` : '–';
}
