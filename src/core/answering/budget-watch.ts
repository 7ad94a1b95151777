import type { Attempt } from '../terms/attempt';
import type { Spent } from '../stats/spending';
import type { Budget, BudgetSubject, Occasion } from '../terms/budgets';
import { scopeOf, scopesOf } from '../terms/budgets';
import type { Configuration } from '../terms/configuration';
import type { CostCaps } from '../terms/cost-caps';
import { noCaps } from '../terms/cost-caps';
import type { StoredEntry } from '../terms/ledger-entry';
import type { Calendar, Clock, Ledger, Log } from '../terms/ports';
import type { RouteRequest } from '../terms/request';
import type { BudgetsSeen, Reservations, ScopeCap } from '../terms/reservations';
import { grantOf, leftOf } from '../terms/reservations';
import type { PaceNow } from './pace-now';
import { createPaceNow } from './pace-now';
import { createWindowShare } from './window-share';

export interface BudgetParts {
  readonly clock: Clock;
  readonly calendar: Calendar;
  /** Unix ms of the midnight before a Unix time, where the user is. */
  readonly startOfDayMs: (nowMs: number) => number;
  readonly reservations: Reservations;
  readonly ledger: Pick<Ledger, 'waiting'>;
  /** A name of this window that no other has. */
  readonly window: string;
  readonly log: Log;
  /** What the ledger says was spent since a Unix time in ms. */
  readonly spentSince: (sinceMs: number) => Spent;
}

/** What a request that is asked for may cost, as of one look. */
export interface BudgetView {
  readonly caps: CostCaps;
  /** What the pacer makes of it; undefined: nothing. */
  readonly pace: PaceNow | undefined;
}

/** What a request needs of its budgets. */
export interface Need {
  readonly configuration: Configuration;
  readonly request: Pick<RouteRequest, 'pool' | 'conversationId' | 'overBudgetAgreed' | 'freeOnly'>;
}

/** What is asked for before a request is sent. */
export interface Holding extends Need {
  readonly id: string;
  readonly decisionId: string;
  /** The deployment that is asked. */
  readonly model: string;
  readonly leastUsd: number;
  readonly mostUsd: number;
}

/** Money that nobody else spends meanwhile. */
export interface Hold {
  /** The request may cost so much; Infinity: there is no cap. */
  readonly usd: number;
  /** The same for another deployment, which is asked instead; undefined: there is no room for it. */
  instead(asked: Pick<Holding, 'model' | 'leastUsd' | 'mostUsd'>): Promise<number | undefined>;
  /** Gives back what is left; where a receipt waits to be stored, the money stays until it is. */
  release(): void;
}

/** What judging may cost at most, before a judge is asked. */
export interface JudgeHolding {
  readonly id: string;
  readonly judge: string;
  readonly mostUsd: number;
}

/** What one of the user's budgets looks like now. */
export interface BudgetNow {
  readonly budget: Budget;
  readonly spentUsd: number;
  readonly reservedUsd: number;
  readonly allowed: boolean;
}

/** The user's budgets over all windows, and what this one may spend where the ledger can't be reached. */
export interface BudgetWatch {
  spentToday(): Spent;
  view(need: Need): Promise<BudgetView>;
  /** Undefined: there is no room for it. */
  hold(holding: Holding): Promise<Hold | undefined>;
  /** Undefined: there is no room for it, or the ledger can't be reached. */
  holdForJudge(
    configuration: Configuration,
    holding: JudgeHolding,
  ): Promise<{ readonly release: () => void } | undefined>;
  /** Lets the rest of a budget's time go over it. */
  allow(budget: Budget, conversationId: string): Promise<void>;
  /** Every budget that has a time, as of now; a conversation's where one is named. */
  now(configuration: Configuration, conversationId?: string): Promise<readonly BudgetNow[]>;
  /** What a conversation cost so far, in USD. */
  conversationUsd(conversationId: string): Promise<number>;
  /** An attempt that is about to be recorded. */
  spending(attempt: Attempt): void;
  /** Looks at what is left, so that it is known where the ledger can't be reached. */
  renew(configuration: Configuration): Promise<void>;
}

interface Scoped {
  readonly budget: Budget;
  readonly scope: string;
}

/** A request is over by its deadline; what it reserved lapses a minute later. */
const graceMs = 60_000;

export function createBudgetWatch(parts: BudgetParts): BudgetWatch {
  const { clock, calendar, reservations, window, log } = parts;
  const waiting = (): readonly StoredEntry[] => parts.ledger.waiting?.() ?? [];
  const share = createWindowShare(waiting);
  const pacer = createPaceNow({ clock, calendar, reservations });

  const occasion = (conversationId?: string): Occasion => ({
    day: calendar.dayOf(clock.nowMs()),
    window,
    conversationId,
  });

  /** The budgets that a request to a pool counts in; those of all its models. */
  function capsOf({ configuration, request }: Need): readonly Scoped[] {
    const own = configuration.budgets.caps.filter(
      ({ subject }) => subject.of !== 'judge' && (subject.of !== 'pool' || subject.name === request.pool),
    );
    return own.map((budget) => ({ budget, scope: scopeOf(budget, occasion(request.conversationId)) }));
  }

  const capsIn = (scoped: readonly Scoped[]): readonly ScopeCap[] =>
    scoped.flatMap(({ budget, scope }) => (budget.period === 'request' ? [] : [{ scope, usd: budget.usd }]));

  async function look(scoped: readonly Scoped[]): Promise<BudgetsSeen | undefined> {
    try {
      const seen = await reservations.look(scoped.map(({ scope }) => scope));
      share.saw(seen, capsIn(scoped));
      return seen;
    } catch (error) {
      if (share.lost())
        log.warn(
          `Budgets can't be looked up: this window spends no more than its share of what was left. ${textOf(error)}`,
        );
      return undefined;
    }
  }

  function leftIn(scoped: readonly Scoped[], seen: BudgetsSeen | undefined): CostCaps {
    let caps: CostCaps = seen === undefined ? { ...noCaps, unreachable: true } : noCaps;
    for (const [index, { budget, scope }] of scoped.entries()) {
      const money = seen?.scopes[index];
      const leftUsd =
        budget.period === 'request'
          ? money?.allowed === true
            ? Infinity
            : budget.usd
          : money === undefined
            ? share.leftUsd({ scope, usd: budget.usd })
            : leftOf(budget.usd, money) - share.unrecordedUsd(scope);
      if (leftUsd === Infinity) continue;
      const { period, subject } = budget;
      if (subject.of === 'all' && period === 'request') caps = { ...caps, requestUsd: leftUsd };
      else if (subject.of === 'all' && period === 'day') caps = { ...caps, dayLeftUsd: leftUsd };
      else caps = { ...caps, others: [...(caps.others ?? []), { budget, leftUsd }] };
    }
    return caps;
  }

  function scopesFor({ request, model }: Holding): readonly string[] {
    const subjects: readonly BudgetSubject[] = [
      { of: 'all' },
      { of: 'pool', name: request.pool },
      { of: 'model', name: model },
    ];
    return scopesOf(occasion(request.conversationId), subjects);
  }

  /** Where the ledger can't be reached: out of this window's share. */
  function holdOfShare(holding: Holding, caps: readonly ScopeCap[]): number | undefined {
    const { id, decisionId } = holding;
    share.release(id);
    const usd = grantOf(holding, Math.min(Infinity, ...caps.map((cap) => share.leftUsd(cap))));
    if (usd !== undefined) share.hold(id, { decisionId, usd, scopes: scopesFor(holding) });
    return usd;
  }

  /** So much may be spent; undefined: there is no room for it. */
  async function granted(holding: Holding): Promise<number | undefined> {
    const { id, decisionId, model, leastUsd, mostUsd, configuration, request } = holding;
    const agreed = request.overBudgetAgreed === true;
    const scoped = capsOf(holding).filter(
      ({ budget: { period, subject } }) =>
        period !== 'request' && (subject.of !== 'model' || subject.name === model),
    );
    const caps = agreed ? [] : capsIn(scoped);
    try {
      const reply = await reservations.reserve({
        id,
        decisionId,
        leastUsd,
        mostUsd: Math.max(leastUsd, mostUsd),
        scopes: scopesFor(holding),
        caps,
        lastsMs: configuration.limits.requestMs + graceMs,
      });
      share.saw(reply.seen, caps);
      if (!reply.granted) return undefined;
      share.reserved(reply.usd, caps);
      return agreed ? Infinity : reply.usd;
    } catch (error) {
      if (share.lost()) log.warn(`A budget could not be reserved in the ledger: ${textOf(error)}`);
      return agreed ? Infinity : holdOfShare(holding, caps);
    }
  }

  /** True where an attempt of the decision is in no ledger yet: its append gives the money back. */
  function waits(decisionId: string): boolean {
    return waiting().some((entry) => entry.kind === 'attempt' && entry.attempt.decisionId === decisionId);
  }

  function release(id: string): void {
    reservations
      .release(id)
      .catch((error: unknown) => log.warn(`A reservation lapses by itself: ${textOf(error)}`));
  }

  return {
    spentToday: () => parts.spentSince(parts.startOfDayMs(clock.nowMs())),
    view: async (need) => {
      const { configuration, request } = need;
      if (request.freeOnly === true) return { caps: { ...noCaps, requestUsd: 0 }, pace: undefined };
      const scoped = capsOf(need);
      if (request.overBudgetAgreed === true || scoped.length === 0) return { caps: noCaps, pace: undefined };
      const seen = await look(scoped);
      const pace = configuration.budgets.pace && seen ? await pacer.paceOf(scoped, seen) : undefined;
      return { caps: leftIn(scoped, seen), pace };
    },
    hold: async (holding) => {
      if (capsOf(holding).length === 0) return unlimited;
      const usd = await granted(holding);
      if (usd === undefined) return undefined;
      return {
        usd,
        instead: (asked) => granted({ ...holding, ...asked }),
        release: () => {
          share.release(holding.id);
          if (!waits(holding.decisionId)) release(holding.id);
        },
      };
    },
    holdForJudge: async ({ budgets, judge: { dailyBudgetUsd } }, { id, judge, mostUsd }) => {
      const own: Budget = {
        period: 'day',
        subject: { of: 'judge' },
        usd: dailyBudgetUsd,
        path: 'judge.daily_budget_usd',
      };
      const held = [own, ...budgets.caps].filter(
        ({ period, subject }) =>
          period !== 'conversation' &&
          period !== 'request' &&
          subject.of !== 'pool' &&
          (subject.of !== 'model' || subject.name === judge),
      );
      const scoped = held.map((budget) => ({ budget, scope: scopeOf(budget, occasion()) }));
      const subjects: readonly BudgetSubject[] = [
        { of: 'all' },
        { of: 'model', name: judge },
        { of: 'judge' },
      ];
      try {
        const reply = await reservations.reserve({
          id,
          leastUsd: mostUsd,
          mostUsd,
          scopes: scopesOf(occasion(), subjects),
          caps: capsIn(scoped),
          lastsMs: judgeLastsMs,
        });
        return reply.granted ? { release: () => release(id) } : undefined;
      } catch (error) {
        log.info(`Nothing is judged while budgets can't be looked up: ${textOf(error)}`);
        return undefined;
      }
    },
    allow: (budget, conversationId) => reservations.allow(scopeOf(budget, occasion(conversationId))),
    now: async ({ budgets }, conversationId) => {
      const scoped = budgets.caps
        .filter(
          ({ period }) => period !== 'request' && (period !== 'conversation' || conversationId !== undefined),
        )
        .map((budget) => ({ budget, scope: scopeOf(budget, occasion(conversationId)) }));
      const { scopes } = await reservations.look(scoped.map(({ scope }) => scope));
      return scoped.flatMap(({ budget }, index) => {
        const money = scopes[index];
        return money === undefined ? [] : [{ ...money, budget }];
      });
    },
    conversationUsd: async (conversationId) => {
      const scope = scopeOf({ period: 'conversation', subject: { of: 'all' } }, occasion(conversationId));
      const { scopes } = await reservations.look([scope]);
      return scopes[0]?.spentUsd ?? 0;
    },
    spending: (attempt) => share.spending(attempt),
    renew: async ({ budgets }) => {
      const scoped = budgets.caps
        .filter(({ period }) => period !== 'request' && period !== 'conversation')
        .map((budget) => ({ budget, scope: scopeOf(budget, occasion()) }));
      if (scoped.length > 0) await look(scoped);
    },
  };
}

const unlimited: Hold = {
  usd: Infinity,
  instead: () => Promise.resolve(Infinity),
  release: () => undefined,
};
/** Longer than a judge is waited for. */
const judgeLastsMs = 10 * 60_000;

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
