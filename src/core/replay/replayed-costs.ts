import { sum } from '../stats/facts-sums';
import { pricing } from '../stats/savings/money-saved';
import type { RateCard } from '../stats/savings/rate-card';
import { thresholdsIn } from '../stats/savings/rate-card';
import type { UsedCall } from '../stats/savings/usage-of';
import { usageOf } from '../stats/savings/usage-of';
import type { Attempt } from '../terms/attempt';
import type { UsageGroup, UsageStanding } from '../terms/savings';

/** Who a request goes to: as it went, as today's router would have it, and with the change. */
export interface Goals {
  readonly was: string;
  readonly asIs: string;
  readonly changed: string;
}
export type RunName = keyof Goals;

/** Why a request's costs can't be compared; see `UsageStanding`. */
export type CostLeftOut = Exclude<UsageStanding, 'counted'> | 'unanswered' | 'price-unknown';

/** What the requests cost that all runs can be told of, in USD. */
export interface ReplayedCost {
  readonly usd: number;
  /** For the lengths that the other models' own answers may have had. */
  readonly lowUsd: number;
  readonly highUsd: number;
}

export interface ReplayedCosts {
  readonly compared: number;
  readonly leftOut: Readonly<Record<CostLeftOut, number>>;
  readonly runs: Readonly<Record<RunName, ReplayedCost>>;
}

/** Gathers what requests used, and prices it once all is known: lengths of answers are learnt from all of them. */
export interface CostSums {
  add(
    request: { readonly pool: string; readonly task: string },
    goals: Goals,
    attempts: readonly Attempt[],
  ): void;
  costs(): ReplayedCosts;
}

interface Group {
  readonly usage: { -readonly [Field in keyof UsageGroup]: UsageGroup[Field] };
  readonly goals: Goals;
}

/**
 * `cards`: of each model whose price is known today. A request that goes where it went costs what it cost; elsewhere the same
 * tokens at that model's prices, as the savings have it. `factors`: what prices are multiplied with in the changed run.
 */
export function createCostSums(
  cards: ReadonlyMap<string, RateCard>,
  factors: ReadonlyMap<string, number>,
): CostSums {
  const thresholds = thresholdsIn(cards.values());
  const groups = new Map<string, Group>();
  const leftOut: Record<CostLeftOut, number> = {
    ...{ 'cost-unknown': 0, 'tokens-unknown': 0, simulated: 0, pending: 0 },
    ...{ unanswered: 0, 'price-unknown': 0 },
  };
  let compared = 0;

  function groupOf(pool: string, task: string, goals: Goals, { model, input }: UsedCall): Group {
    const band = thresholds.filter((each) => input > each).length;
    const key = JSON.stringify([pool, task, model, band, goals.was, goals.asIs, goals.changed]);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const usage: Group['usage'] = {
      ...{ pool, task, model, band, standing: 'counted', offer: { candidates: [], dearest: undefined } },
      ...{ calls: 0, input: 0, cached: 0, written: 0, writtenForAnHour: 0, output: 0, reasoning: 0 },
      ...{ outputSquares: 0, receiptUsd: 0, decisions: 0, paidUsd: 0, judgingUsd: 0, judgingUnpriced: 0 },
    };
    const group = { usage, goals };
    groups.set(key, group);
    return group;
  }

  function whyNot(
    standing: UsageStanding,
    calls: readonly UsedCall[],
    goals: Goals,
  ): CostLeftOut | undefined {
    if (standing !== 'counted') return standing;
    if (calls.length === 0) return 'unanswered';
    const unknown = [goals.asIs, goals.changed].some((goal) => goal !== goals.was && !cards.has(goal));
    return unknown ? 'price-unknown' : undefined;
  }

  function costOf(run: RunName): ReplayedCost {
    const usage = Array.from(groups.values(), (group) => group.usage);
    const priceOf = pricing({ groups: usage, thresholds, cards });
    const factorOf = (model: string): number => (run === 'changed' ? (factors.get(model) ?? 1) : 1);
    const each = Array.from(groups.values(), ({ usage: own, goals }): ReplayedCost => {
      const goal = goals[run];
      if (goal === goals.was) {
        // What failed calls cost stays; what the answers cost is theirs at the changed price.
        const usd = own.paidUsd + (factorOf(own.model ?? '') - 1) * own.receiptUsd;
        return { usd, lowUsd: usd, highUsd: usd };
      }
      const { usd, lowUsd, highUsd } = priceOf(own, goal);
      const factor = factorOf(goal);
      return { usd: factor * usd, lowUsd: factor * lowUsd, highUsd: factor * highUsd };
    });
    return {
      usd: sum(each, ({ usd }) => usd),
      lowUsd: sum(each, ({ lowUsd }) => lowUsd),
      highUsd: sum(each, ({ highUsd }) => highUsd),
    };
  }

  return {
    add: ({ pool, task }, goals, attempts) => {
      const { standing, calls, paidUsd } = usageOf({ candidates: [] }, attempts, []);
      const why = whyNot(standing, calls, goals);
      if (why !== undefined) {
        leftOut[why] += 1;
        return;
      }
      compared += 1;
      calls.forEach((call, index) => {
        const { usage } = groupOf(pool, task, goals, call);
        usage.calls += 1;
        usage.input += call.input;
        usage.cached += call.cached;
        usage.written += call.written;
        usage.writtenForAnHour += call.writtenForAnHour;
        usage.output += call.output;
        usage.outputSquares += call.output ** 2;
        usage.reasoning += call.reasoning;
        usage.receiptUsd += call.receiptUsd;
        if (index > 0) return;
        usage.decisions += 1;
        usage.paidUsd += paidUsd;
      });
    },
    costs: () => ({
      compared,
      leftOut: { ...leftOut },
      runs: { was: costOf('was'), asIs: costOf('asIs'), changed: costOf('changed') },
    }),
  };
}
