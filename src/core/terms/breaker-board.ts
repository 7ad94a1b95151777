/** Why a breaker opened. `down`: the deployment failed too often in a row; `refuses`: it fails until somebody mends it. */
export const openReasons = ['down', 'refuses'] as const;
export type OpenReason = (typeof openReasons)[number];

/** What a window last said of a deployment's breaker. */
export interface BreakerRow {
  readonly deploymentId: string;
  /** `probing`: a window is trying whether the deployment is up again. */
  readonly state: 'open' | 'probing' | 'closed';
  /** Unix ms: while it is open or probing, nobody else tries the deployment before. */
  readonly untilMs: number;
  /** Of a breaker that is open. */
  readonly reason: OpenReason | undefined;
  /** The window that said it. */
  readonly window: string;
  /** Higher than that of every row that was written before. */
  readonly version: number;
}

/**
 * The circuit breakers of all windows, one row for each deployment that ever failed. What it was that counted against a
 * deployment each window counts for itself: only that a breaker opened or closed is shared. Every method rejects where the
 * board can't be reached.
 */
export interface BreakerBoard {
  read(): Promise<readonly BreakerRow[]>;
  /** Opens it for all windows, for so long from now. */
  open(deploymentId: string, reason: OpenReason, forMs: number, window: string): Promise<void>;
  /** Closes it for all windows. One that nobody opened stays as it is. */
  close(deploymentId: string, window: string): Promise<void>;
  /**
   * Lets one window at a time try the deployment; a try lapses after `forMs`, for its window may die. False: another window
   * is at it, or has opened the breaker anew.
   */
  probe(deploymentId: string, forMs: number, window: string): Promise<boolean>;
  /** The try of this window told nothing: the next one may. */
  release(deploymentId: string, window: string): Promise<void>;
}
