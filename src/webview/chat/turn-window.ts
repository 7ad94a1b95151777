/** Which turns of a conversation have elements on the page: from `first` up to and without `end`. */
export interface TurnWindow {
  readonly first: number;
  readonly end: number;
}

/** How many turns come with one step up or down. */
const step = 15;
/** More never have elements: a conversation of any length takes the same memory and layout. */
export const mostShown = 60;

/** The last turns, as a conversation is opened. */
export function atEnd(count: number): TurnWindow {
  return { first: Math.max(0, count - step), end: count };
}

/** One step up; what is then too far below goes. */
export function older({ first, end }: TurnWindow): TurnWindow {
  const now = Math.max(0, first - step);
  return { first: now, end: Math.min(end, now + mostShown) };
}

/** One step down; what is then too far above goes. */
export function newer({ first, end }: TurnWindow, count: number): TurnWindow {
  const now = Math.min(count, end + step);
  return { first: Math.max(first, now - mostShown), end: now };
}

/** The window after the conversation grew: new turns are shown, from whichever place in it. */
export function grown({ first }: TurnWindow, count: number): TurnWindow {
  return count - first <= mostShown ? { first, end: count } : atEnd(count);
}
