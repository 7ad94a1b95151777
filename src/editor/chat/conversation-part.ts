import type { TurnView } from '../../webview/protocol';

/** How many turns go to the page at a time: a long conversation opens as fast as a short one. */
const turnsAtATime = 30;

/** The last of these turns, and how many come before them. */
export function partOf(turns: readonly TurnView[]): { turns: TurnView[]; earlier: number } {
  const earlier = Math.max(0, turns.length - turnsAtATime);
  return { turns: turns.slice(earlier), earlier };
}
