import { sum } from '../facts-sums';
import type { UsageGroup, UsageStanding } from '../../terms/savings';
import type { Lengths } from './answer-lengths';
import { lengthRange, lengthsIn } from './answer-lengths';
import type { RateCard } from './rate-card';
import { pricedAt, ratesInBand } from './rate-card';

/** What the router is held against. */
export type Comparator =
  /** One model for all requests of its pool. */
  | { readonly kind: 'always'; readonly pool: string; readonly model: string }
  /** Each candidate equally likely: their mean. */
  | { readonly kind: 'random' }
  /** The candidate that was expected to cost most. */
  | { readonly kind: 'dearest' };

export type LeftOut = Exclude<UsageStanding, 'counted'>;

/** What was saved against a comparator, in USD, over the requests that both sides can be told of. */
export interface MoneySaved {
  readonly comparator: Comparator;
  /** Requests of the pools that it is for, and of these the ones that are compared. */
  readonly requests: number;
  readonly compared: number;
  /** Of the others: for which of the comparator's models no price is known today. */
  readonly priceUnknown: number;
  /** And why the rest can't be compared. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** Receipts of all calls of what is compared, failed ones too. */
  readonly paidUsd: number;
  readonly judgingUsd: number;
  /** Judgements at a cost that nobody knows. */
  readonly judgingUnpriced: number;
  /** What the same tokens cost elsewhere. */
  readonly otherUsd: number;
  /** other − paid − judging; below 0 where the router cost more. */
  readonly savedUsd: number;
  /** For the length that the other model's own answers may have had. */
  readonly lowUsd: number;
  readonly highUsd: number;
  /** Share of the other side's output, by its cost, whose length is taken from too few answers, 0..1. */
  readonly assumed01: number;
}

export interface SavingsOf {
  readonly groups: readonly UsageGroup[];
  /** The thresholds by which the groups have their bands. */
  readonly thresholds: readonly number[];
  /** Of each model whose price is known. */
  readonly cards: ReadonlyMap<string, RateCard>;
}

export interface Priced {
  readonly usd: number;
  readonly lowUsd: number;
  readonly highUsd: number;
  readonly outputUsd: number;
  readonly assumedUsd: number;
}

/**
 * What was saved against each comparator: those of `pools` (model ids by pool), then random and the dearest. Undefined
 * prices leave a request out of both sides. A model's own answers cost what their receipts say, others what the same tokens
 * cost at its prices of today; requests without an answer cost the other side nothing.
 */
export function moneySaved(
  pools: ReadonlyMap<string, readonly string[]>,
  of: SavingsOf,
): readonly MoneySaved[] {
  const price = pricing(of);
  const always = Array.from(pools, ([pool, models]) => {
    const own = of.groups.filter((group) => group.pool === pool);
    return own.length === 0
      ? []
      : models.map((model) =>
          compared(
            { kind: 'always', pool, model },
            own,
            of.cards.has(model) ? () => [model] : unknown,
            price,
          ),
        );
  });
  return [
    ...always.flat(),
    compared(
      { kind: 'dearest' },
      of.groups,
      ({ dearest }) => (dearest !== undefined && of.cards.has(dearest) ? [dearest] : undefined),
      price,
    ),
    compared(
      { kind: 'random' },
      of.groups,
      ({ candidates }) =>
        candidates.length > 0 && candidates.every((each) => of.cards.has(each)) ? candidates : undefined,
      price,
    ),
  ];
}

const unknown = (): undefined => undefined;

/** `modelsOf`: whose mean is held against a request; undefined: it can't be told. */
function compared(
  comparator: Comparator,
  groups: readonly UsageGroup[],
  modelsOf: (offer: UsageGroup['offer']) => readonly string[] | undefined,
  price: (group: UsageGroup, model: string) => Priced,
): MoneySaved {
  const told = groups.filter(({ standing }) => standing === 'counted');
  const pairs = told.flatMap((group) => {
    const models = modelsOf(group.offer);
    return models === undefined ? [] : [{ group, prices: models.map((model) => price(group, model)) }];
  });
  const other = (of: (priced: Priced) => number): number =>
    sum(pairs, ({ prices }) => sum(prices, of) / prices.length);
  const paidUsd = sum(pairs, ({ group }) => group.paidUsd);
  // A judge judges the router's choices, whatever else is known of the request.
  const judgingUsd = sum(groups, (group) => group.judgingUsd);
  const otherUsd = other(({ usd }) => usd);
  const outputUsd = other((priced) => priced.outputUsd);
  const compared = sum(pairs, ({ group }) => group.decisions);
  return {
    comparator,
    requests: sum(groups, ({ decisions }) => decisions),
    compared,
    leftOut: leftOutOf(groups),
    priceUnknown: sum(told, ({ decisions }) => decisions) - compared,
    paidUsd,
    judgingUsd,
    judgingUnpriced: sum(groups, ({ judgingUnpriced }) => judgingUnpriced),
    otherUsd,
    savedUsd: otherUsd - paidUsd - judgingUsd,
    lowUsd: other(({ lowUsd }) => lowUsd) - paidUsd - judgingUsd,
    highUsd: other(({ highUsd }) => highUsd) - paidUsd - judgingUsd,
    assumed01: outputUsd === 0 ? 0 : other(({ assumedUsd }) => assumedUsd) / outputUsd,
  };
}

function leftOutOf(groups: readonly UsageGroup[]): MoneySaved['leftOut'] {
  const of = (standing: LeftOut): number =>
    sum(
      groups.filter((group) => group.standing === standing),
      ({ decisions }) => decisions,
    );
  return {
    'cost-unknown': of('cost-unknown'),
    'tokens-unknown': of('tokens-unknown'),
    simulated: of('simulated'),
    pending: of('pending'),
  };
}

const nothing: Priced = { usd: 0, lowUsd: 0, highUsd: 0, outputUsd: 0, assumedUsd: 0 };

/** What the calls of a group cost at a model, as the savings have it. */
export function pricing({
  groups,
  thresholds,
  cards,
}: SavingsOf): (group: UsageGroup, model: string) => Priced {
  const lengthsOf = lengthsIn(groups);
  return (group, model) => {
    if (group.calls === 0 || group.model === undefined) return nothing;
    const { receiptUsd: own } = group;
    if (model === group.model) return { usd: own, lowUsd: own, highUsd: own, outputUsd: 0, assumedUsd: 0 };
    const card = cards.get(model);
    const rates = card && ratesInBand(card, thresholds, group.band);
    if (rates === undefined) return nothing;
    const { inputUsd, outputUsd } = pricedAt(rates, group);
    const lengths = (of: string): Lengths => lengthsOf(group.pool, group.task, of);
    const { low, high, learnt } = lengthRange(lengths(model), lengths(group.model));
    return {
      usd: inputUsd + outputUsd,
      lowUsd: inputUsd + low * outputUsd,
      highUsd: inputUsd + high * outputUsd,
      outputUsd,
      assumedUsd: learnt ? 0 : outputUsd,
    };
  };
}
