import type { BudgetSubject } from '../../core/terms/budgets';
import { scopesOf } from '../../core/terms/budgets';
import type { Decision } from '../../core/terms/decision';
import type { LedgerEntry } from '../../core/terms/ledger-entry';
import type { Calendar } from '../../core/terms/ports';
import { usdOf } from '../../core/terms/receipt';

/** What an entry says of money: what is spent, and whose reservation it is taken from. */
export interface EntryMoney {
  /** Undefined: it cost something, and nobody knows what: as much as was reserved counts. */
  readonly usd: number | undefined;
  readonly scopes: readonly string[];
  /** `decision`: each that was made for the decision; `own`: the one with the judgement's id. */
  readonly reservedFor: { readonly kind: 'decision' | 'own'; readonly id: string };
  /** True where nothing else is spent of it. */
  readonly over: boolean;
}

/** What is needed beside the entry. */
export interface MoneyContext {
  readonly calendar: Calendar;
  /** Undefined where the entry is of no window that is open, as one that is taken over from elsewhere. */
  readonly window: string | undefined;
  readonly decisionOf: (id: string) => Pick<Decision, 'pool' | 'conversationId'> | undefined;
}

/** Undefined: the entry is about no money. Simulated prices are none, nor is a failure that says nothing of a cost. */
export function moneyOf(
  entry: LedgerEntry,
  atMs: number,
  { calendar, window, decisionOf }: MoneyContext,
): EntryMoney | undefined {
  const day = calendar.dayOf(atMs);
  const inScopes = (subjects: readonly BudgetSubject[], conversationId?: string): readonly string[] =>
    moneyScopes({ day, window: window ?? '', conversationId }, subjects).filter(
      (scope) => window !== undefined || !scope.startsWith('session:'),
    );
  switch (entry.kind) {
    case 'attempt': {
      const { decisionId, deploymentId, outcome, retried, receipt } = entry.attempt;
      const decision = decisionOf(decisionId);
      const subjects: readonly BudgetSubject[] = [
        { of: 'all' },
        ...(decision === undefined ? [] : [{ of: 'pool', name: decision.pool } as const]),
        { of: 'model', name: deploymentId },
      ];
      const { kind } = receipt.cost;
      const nothing = kind === 'simulated' || (kind === 'unknown' && outcome === 'failed');
      return {
        usd: nothing ? 0 : usdOf(receipt.cost),
        scopes: inScopes(subjects, decision?.conversationId),
        reservedFor: { kind: 'decision', id: decisionId },
        over: outcome !== 'failed' && retried !== true,
      };
    }
    case 'judgement': {
      const { id, judge, outcome, mostUsd, receipt } = entry.judgement;
      if (outcome === 'reserved') return undefined;
      const simulated = receipt?.cost.kind === 'simulated';
      return {
        usd: simulated ? 0 : ((receipt && usdOf(receipt.cost)) ?? mostUsd),
        scopes: inScopes([{ of: 'all' }, { of: 'model', name: judge }, { of: 'judge' }]),
        reservedFor: { kind: 'own', id },
        over: true,
      };
    }
    case 'decision':
    case 'observation':
      return undefined;
  }
}

/** Pools, models and judges have budgets of a day and of a month alone: what a conversation costs is one number. */
function moneyScopes(
  occasion: Parameters<typeof scopesOf>[0],
  subjects: readonly BudgetSubject[],
): readonly string[] {
  return scopesOf(occasion, subjects).filter(
    (scope) => /^(?:day|month):/.test(scope) || scope.endsWith('/all'),
  );
}
