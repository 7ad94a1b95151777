/**
 * Why an attempt failed. A closed set; every surface that shows it ends in an exhaustive check. `no-access`: whatever
 * the key, the account, its region or a wall in front of the server refuses.
 */
export const failureReasons = [
  'rate-limit',
  'quota',
  'refused-key',
  'missing-key',
  'no-access',
  'not-found',
  'context-too-long',
  'content-filter',
  'invalid-request',
  'timeout',
  'network',
  'server-error',
  'malformed-stream',
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** An expected failure of a provider: a value, not an exception. */
export interface Failure {
  readonly reason: FailureReason;
  /** One sentence from the provider or the network, with keys removed. */
  readonly detail: string;
  /** HTTP status, where there was one. */
  readonly status: number | undefined;
  /** How long the provider asks to be left alone, in ms; absent: it didn't say. */
  readonly retryAfterMs?: number | undefined;
  /** True where it was this machine's fault: no network, its proxy, or it slept. Absent: not that anybody knows. */
  readonly local?: true | undefined;
}
