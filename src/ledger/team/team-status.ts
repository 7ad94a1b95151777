import type { TeamProblem } from './team-problem';

/** How a machine and its team's record stand. */
export type TeamStatus =
  | { readonly kind: 'none' }
  /** An address is configured, and the user hasn't agreed to what would go there. */
  | { readonly kind: 'not-agreed'; readonly host: string }
  | {
      readonly kind: 'joined';
      readonly host: string;
      /** False while it can't be reached, and before it was for the first time. */
      readonly connected: boolean;
      /** Number of the team's entries that are known here. */
      readonly upTo: number;
      /** Where reading them began, and whose snapshot that was; undefined: at the first of them, or not yet. */
      readonly begun: { readonly at: number; readonly from: 'machine' | 'server' } | undefined;
      /** The last snapshot that was left out, and why, in words for the user. */
      readonly leftOut: string | undefined;
      /** This machine's entries that the team doesn't have yet; undefined: that isn't known before it was reached. */
      readonly pending: number | undefined;
      /** Unix ms when all of them were there last; undefined: not since this window is open. */
      readonly syncedMs: number | undefined;
      /** The last failure, in words for the user; undefined: none since it was connected last. */
      readonly failure: { readonly problem: TeamProblem; readonly text: string } | undefined;
    };
