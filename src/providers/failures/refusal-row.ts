import type { FailureReason } from '../../core/terms/failure';

/** One way in which servers refuse. Everything that a row names must hold. */
export interface RefusalRow {
  /** For tests and the log: which row decided. */
  readonly id: string;
  readonly reason: FailureReason;
  /** HTTP statuses; `undefined` among them stands for an error that came without one, within a stream. */
  readonly statuses?: StatusRule;
  /** One of these codes is there. Case, separators and a last "Error" or "Exception" don't matter. */
  readonly codes?: readonly string[];
  /** The message says this. */
  readonly words?: RegExp;
  /** The message doesn't say this: what the words could be mistaken for. */
  readonly not?: RegExp;
}

export type StatusRule = (status: number | undefined) => boolean;

/** Codes that no server sends: what is noticed of an error besides its own codes. */
export const noticed = {
  /** A limit of the day is used up: unlike one of the minute, it doesn't pass by waiting a little. */
  dailyQuota: 'noticed: daily quota',
  /** A limit of the account that one request exceeds all by itself. */
  requestedAboveLimit: 'noticed: requested above limit',
  /** OpenRouter's moderation tells what it found. */
  moderated: 'noticed: moderated',
  /** A web page came in the place of an error: a proxy, a bot wall, a wrong address. */
  page: 'noticed: page',
} as const;

/** A code as it is compared: "rate_limit_error", "RateLimitError" and "RATE-LIMIT" are one. */
export function bareCode(code: string): string {
  return code
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, '')
    .replace(/(?:error|exception)$/, '');
}
