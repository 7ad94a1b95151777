import type { TurnView } from '../../webview/protocol/chat';
import type { SavedTurn } from './saved-conversation';

/** Turns as the page shows them, and how many come before them. */
export interface ConversationPart {
  readonly turns: TurnView[];
  readonly earlier: number;
}

/** How many turns go to the page at a time: a long conversation opens as fast as a short one. */
const turnsAtATime = 30;

/** The last of these turns; no others are put into words. */
export function partOf<Turn extends SavedTurn>(
  turns: readonly Turn[],
  viewOf: (turn: Turn) => TurnView,
): ConversationPart {
  const earlier = Math.max(0, turns.length - turnsAtATime);
  return { turns: turns.slice(earlier).map(viewOf), earlier };
}
