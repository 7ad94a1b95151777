import type { AbilityOrigin } from './ability';
import type { StuckReason } from './stuck';

/** The explicit phases of a pool: fast exploration first, the prompt's features after. */
export type Phase = 'ucb1' | 'lin-ucb';

/** Why a deployment was not eligible for a request. */
export const exclusionReasons = [
  'missing-key',
  'context-too-small',
  /** The user chose another model, or wanted another answer than this one's. */
  'not-wanted',
  /** An agent was stuck with it, and its tool loop goes on elsewhere. */
  'stuck',
  /** The request offers tools, and the model can't call any. */
  'no-tools',
  /** The conversation has images, and the model takes none. */
  'no-images',
  /** Its circuit breaker is open: it failed lately, too often or for good. */
  'breaker-open',
  /** The request is expected to cost more than `max_cost_per_request_usd`, or its price isn't known. */
  'over-request-cap',
  /** The request would go over what is left of `daily_budget_usd`, or its price isn't known. */
  'over-daily-budget',
  /** Likewise of a month's, a window's or a conversation's budget, or of that of the pool or of the model itself. */
  'over-month-budget',
  'over-session-budget',
  'over-conversation-budget',
  'over-pool-budget',
  'over-model-budget',
  /** The ledger can't be reached, and the request would go over this window's share of what was left of a budget. */
  'over-window-share',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

/** One arm as the policy saw it at the moment of choice. All figures are kept: the explanation shows them. */
export interface Candidate {
  readonly deploymentId: string;
  /** Expected quality 0..1 for this prompt, without the exploration bonus. */
  readonly quality01: number;
  /** Exploration bonus on quality, ≥ 0. */
  readonly bonus: number;
  /**
   * What was expected of its quality before its own outcomes, by so many outcomes' worth: by public figures, the user's
   * word and what the pool's others have shown. Absent: decided by a version that kept no such thing.
   */
  readonly before?: { readonly quality01: number; readonly weight: number } | undefined;
  /** What public figures said of it then. Absent: nothing is known, it wasn't asked for, or as `before`. */
  readonly known?: KnownAbility | undefined;
  /** What the user's configuration says of its quality for such a request, 0..1; absent: nothing. */
  readonly stated01?: number | undefined;
  /** By so many outcomes' worth its quality was learnt here, ≥ 0. Absent: as `before`. */
  readonly outcomes?: number | undefined;
  /** Predicted cost of this request, less what a prompt cache saves; undefined: unknown (the pool's median stood in for it). */
  readonly costUsd: number | undefined;
  /** How sure `costUsd` is where it was learnt; absent: prices by the token say it. */
  readonly costDoubt?: CostDoubt | undefined;
  /** What the vendor's prompt cache is expected to hold of this conversation; absent: nothing that would save money. */
  readonly cache?: ExpectedCache | undefined;
  /** Predicted total time; undefined: never tried (the pool's median stood in for it). */
  readonly latencyMs: number | undefined;
  /** Probability, beyond the usual, that it would have given no answer; absent: nothing was held against it, or as `before`. */
  readonly risk01?: number | undefined;
  /** w_q·(1 − risk)·(quality + bonus) − w_c·cost term − w_l·latency term. */
  readonly utility: number;
  /** Probability with which the draw picks this arm; sums to 1 over the candidates. */
  readonly probability: number;
}

/** How far a predicted cost can be trusted. */
export interface CostDoubt {
  /** Standard deviation of the logarithm of what such requests cost, ≥ 0. */
  readonly deviation: number;
  /** The share of the prediction that is taken for sure, 0..1: the more answers showed it, the nearer to 1. */
  readonly share01: number;
}

/**
 * True where a model was chosen only because it had never been: earlier versions gave such a bonus above every quality,
 * and kept nothing of what was expected.
 */
export function isFirstTry({ before, bonus }: Candidate): boolean {
  return before === undefined && bonus >= 10;
}

/** Of a table of abilities, as it was when it was looked up: an old decision is explained by what it said then. */
export interface KnownAbility {
  /** For the kind of task that was asked for, on the scale of `ModelAbility`. */
  readonly ability: number;
  readonly from: AbilityOrigin;
  /** The name in the table that it was taken for; absent: none. */
  readonly as?: string | undefined;
}

/** What asking a model again is expected to save, since its vendor has read the conversation before. */
export interface ExpectedCache {
  /** Estimated tokens of the request. */
  readonly tokens: number;
  /** > 0: the full price is the candidate's `costUsd` and this. */
  readonly savedUsd: number;
}

/** What asking a candidate costs with nothing in a prompt cache; undefined: unknown. */
export function fullUsdOf({ costUsd, cache }: Candidate): number | undefined {
  return costUsd === undefined ? undefined : costUsd + (cache?.savedUsd ?? 0);
}

export interface Exclusion {
  readonly deploymentId: string;
  readonly reason: ExclusionReason;
}

/** An arm whose outcomes are no longer what they were. It is part of the decision, so that every window learns it alike. */
export interface ArmChange {
  readonly deploymentId: string;
  /** Number of the decision in its pool, from 1, since which outcomes count in full. */
  readonly recentFrom: number;
  /** What outcomes of earlier decisions are multiplied with, 0 < scale ≤ 1. */
  readonly oldScale: number;
}

/** Why a tool loop went on with another model than the one that it began with. */
export interface Escalation {
  /** Who was stuck. */
  readonly deploymentId: string;
  /** How many steps the loop had, by its messages. */
  readonly steps: number;
  /** What the loop did without end; absent: no longer, but the user had agreed. */
  readonly stuck?: StuckReason | undefined;
  /**
   * What the next step was expected to cost with that model, less what its prompt cache saves; absent: unknown. The chosen
   * candidate's `costUsd` is the price of the step as it was taken: the new model reads all of the conversation anew.
   */
  readonly stayUsd?: number | undefined;
}

/** How a budget's pacer raised the price of cost, so that its money lasts to the end of its time. */
export interface Pace {
  /** What the weight of cost was multiplied with, > 1. */
  readonly multiplier: number;
  /** The budget, as conduit.yaml has it. */
  readonly budget: string;
  /** The arm that the same draw would have picked at the usual price. Absent: the same one. */
  readonly insteadOf?: string | undefined;
}

/** A share of the requests that goes to one arm, so that the others can be held against it. */
export interface MeasuredShare {
  readonly against: string;
  /** 0 < share < 1. */
  readonly share: number;
  /** What the policy had drawn, where the share drew `against`; it may be the same. Absent: the policy's draw it is. */
  readonly insteadOf?: string | undefined;
}

/** Which deployment answers a request, and everything that learning from it needs later. */
export interface Decision {
  readonly id: string;
  readonly pool: string;
  readonly origin: string;
  readonly conversationId: string;
  /** The chosen arm. */
  readonly deploymentId: string;
  /** Probability of the chosen arm in the draw that was made (its propensity), 0 < p ≤ 1. */
  readonly probability: number;
  /** True where ε drew an arm that was not the best by utility. */
  readonly explored: boolean;
  /** Eligible arms, best utility first. */
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly Exclusion[];
  /** The decision whose choice was kept, for an identical request of the same conversation; absent: a new choice. */
  readonly repeats?: string | undefined;
  /**
   * The arm that the same draw would have picked if nothing were in a prompt cache: the conversation stays with the
   * chosen one because reading it anew elsewhere costs more than it is worth. Absent: the caches decided nothing.
   */
  readonly stickyInsteadOf?: string | undefined;
  /**
   * Whether what prompt caches save makes another arm the likeliest, whichever was drawn. Absent: no cache would save any
   * money, or decided by a version that didn't ask.
   */
  readonly heldByCache?: boolean | undefined;
  /** A share of such requests went to one arm by chance, which the probabilities have in them. Absent: none did. */
  readonly measured?: MeasuredShare | undefined;
  /** What a budget that is spent fast did to the price of cost. Absent: nothing. */
  readonly pace?: Pace | undefined;
  /**
   * The decision whose tool loop was stuck and goes on here, with another model. What its first part showed is evidence
   * on the model of that decision. Absent: none was.
   */
  readonly escalatedFrom?: string | undefined;
  /** What led to that, and what it costs. Present with `escalatedFrom`. */
  readonly escalation?: Escalation | undefined;
  /** True where the user named the model: the router chose nothing, and `probability` is 1. Absent: it did. */
  readonly chosenByUser?: true | undefined;
  /** False where the user had paused learning: nothing that becomes of it is evidence. Absent: all of it is. */
  readonly learning?: false | undefined;
  /** Share of the ledger that was learnt from by then, 0..1, where it was still being read. Absent: all of it. */
  readonly learnt01?: number | undefined;
  /** The workspace that it was made for, by a name that says nothing of it. Absent: none, or as `before`. */
  readonly workspace?: string | undefined;
  /** Arms that were found changed when this was decided. */
  readonly changes: readonly ArmChange[];
  readonly phase: Phase;
  /**
   * How far public figures of models held in this pool by then (1 as published, 0 not at all, below 0 the other way
   * round; absent: there were none), and the mean quality that is expected of one of which nothing else is known.
   * Absent: as `before`.
   */
  readonly belief?: { readonly slope?: number | undefined; readonly level01: number } | undefined;
  /** Position of this decision in its pool, from 1; "UCB1, 37 of 100". */
  readonly poolSequence: number;
  readonly switchAfter: number;
  readonly preset: string;
  readonly features: readonly number[];
  readonly featureSpace: string;
  /** What was asked; undefined unless the user chose to keep prompts. */
  readonly prompt: string | undefined;
  /** Estimated tokens of the whole request. */
  readonly inputTokens: number;
  /** What the features saw, in words, for the explanation. */
  readonly task: string;
  readonly domain: string;
}
