/** How long a budget lasts. `session`: as long as a window is open; `request`: one answer, with its fallbacks. */
export const budgetPeriods = ['request', 'conversation', 'session', 'day', 'month'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** What a budget is of: all that is asked, what goes to a pool or a model, or what judging costs. */
export type BudgetSubject =
  { readonly of: 'all' | 'judge' } | { readonly of: 'pool' | 'model'; readonly name: string };

/** Most that something may cost. */
export interface Budget {
  readonly period: BudgetPeriod;
  readonly subject: BudgetSubject;
  /** ≥ 0. */
  readonly usd: number;
  /** As conduit.yaml has it: "budgets.per_pool.gpt.day_usd", "router.daily_budget_usd". */
  readonly path: string;
}

/** The user's budgets, and how they are kept. */
export interface Budgets {
  /** All that hold, in the order in which they are shown; of each period and subject the tightest alone. */
  readonly caps: readonly Budget[];
  /** Whether the price of cost rises so that the money lasts to the end of a day or a month. */
  readonly pace: boolean;
}

export const noBudgets: Budgets = { caps: [], pace: true };

/** When and where something is spent. */
export interface Occasion {
  /** The date where the user is: "2026-12-01". */
  readonly day: string;
  readonly window: string;
  /** Absent: of no conversation. */
  readonly conversationId?: string | undefined;
}

/** What names the time that a budget is for, such as "month:2026-12": another one has its money anew. */
function periodKey(
  period: Exclude<BudgetPeriod, 'request'>,
  { day, window, conversationId }: Occasion,
): string {
  switch (period) {
    case 'day':
      return `day:${day}`;
    case 'month':
      return `month:${day.slice(0, 7)}`;
    case 'session':
      return `session:${window}`;
    case 'conversation':
      return `conversation:${conversationId ?? ''}`;
  }
}

function subjectKey(subject: BudgetSubject): string {
  switch (subject.of) {
    case 'all':
    case 'judge':
      return subject.of;
    case 'pool':
    case 'model':
      return `${subject.of}:${subject.name}`;
  }
}

/**
 * What a budget's money is counted under: its time and its subject. Days and months go by the user's date, so that each
 * date has its money once, however often a clock that is set, or a journey, passes over it. That a budget of one request
 * may be exceeded is said for a day.
 */
export function scopeOf({ period, subject }: Pick<Budget, 'period' | 'subject'>, occasion: Occasion): string {
  const time = period === 'request' ? `request:${occasion.day}` : periodKey(period, occasion);
  return `${time}/${subjectKey(subject)}`;
}

/** All that money spent on one occasion counts in. */
export function scopesOf(occasion: Occasion, subjects: readonly BudgetSubject[]): readonly string[] {
  const periods = (['day', 'month', 'session', 'conversation'] as const).filter(
    (period) => period !== 'conversation' || occasion.conversationId !== undefined,
  );
  return periods.flatMap((period) => subjects.map((subject) => scopeOf({ period, subject }, occasion)));
}

/** The budget of a period for all that is asked; undefined: there is none. */
export function budgetFor({ caps }: Budgets, wanted: BudgetPeriod): Budget | undefined {
  return caps.find(({ period, subject }) => period === wanted && subject.of === 'all');
}
