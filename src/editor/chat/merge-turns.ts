import type { EarlierAnswer, SavedAnswer, SavedTurn } from './saved-conversation';

/** Turns that two windows changed since both had the same ones. */
export interface Sides {
  /** As both last had them. */
  readonly base: readonly SavedTurn[];
  readonly mine: readonly SavedTurn[];
  readonly theirs: readonly SavedTurn[];
  /** Ids of turns that are gone for good. */
  readonly deleted: ReadonlySet<string>;
}

/** What tells turns apart: the answer that takes another's place takes its id, too. */
export function turnId(turn: SavedTurn): string {
  return turn.answer.id;
}

/**
 * The turns of both. One that a single side changed is as that side has it; of one that both changed each part is, and where
 * both gave it another answer, mine is the later and stays, with theirs among the earlier ones. No answer gets lost. The
 * order is theirs, with turns that only I have behind those that they follow. Its version is above both where I changed it.
 */
export function mergeTurns({ base, mine, theirs, deleted }: Sides): readonly SavedTurn[] {
  const [before, ours, others] = [byId(base), byId(mine), byId(theirs)];
  const merged = theirs.map((turn) => {
    const own = ours.get(turnId(turn));
    return own === undefined ? turn : mergeTurn(before.get(turnId(turn)), own, turn);
  });
  for (const [index, turn] of mine.entries()) {
    if (others.has(turnId(turn))) continue;
    // Behind the turn that it follows, and behind what others added there.
    const previous = mine[index - 1];
    let at = previous === undefined ? 0 : merged.findIndex((each) => turnId(each) === turnId(previous)) + 1;
    while (at < merged.length && !ours.has(turnId(merged[at] ?? turn))) at += 1;
    merged.splice(
      at,
      0,
      changedSince(before.get(turnId(turn)), turn) ? { ...turn, version: versionOf(turn) + 1 } : turn,
    );
  }
  return merged.filter((turn) => !deleted.has(turnId(turn)));
}

/** Whether a turn says something else than it did; which version it is says nothing. */
export function changedSince(before: SavedTurn | undefined, now: SavedTurn): boolean {
  return before === undefined || contentOf(before) !== contentOf(now);
}

function contentOf(turn: SavedTurn): string {
  return JSON.stringify({ ...turn, version: undefined });
}

function versionOf(turn: SavedTurn | undefined): number {
  return turn?.version ?? 0;
}

function byId(turns: readonly SavedTurn[]): ReadonlyMap<string, SavedTurn> {
  return new Map(turns.map((turn) => [turnId(turn), turn]));
}

function mergeTurn(base: SavedTurn | undefined, mine: SavedTurn, theirs: SavedTurn): SavedTurn {
  if (base !== undefined && !changedSince(base, mine)) return theirs;
  const version = Math.max(versionOf(base), versionOf(theirs)) + 1;
  const question = changedPart(base?.question ?? mine.question, mine.question, theirs.question);
  const answer = mergeAnswer(base?.answer, mine.answer, theirs.answer);
  const rival = mergeRival(base?.rival, mine.rival, theirs.rival);
  const shown = new Set([answer, rival].map(keyOf));
  const earlier = new Map<string, EarlierAnswer>();
  for (const each of [...theirs.earlier, ...mine.earlier, theirs.answer, theirs.rival, mine.rival]) {
    const key = keyOf(each);
    if (each === undefined || key === undefined || each.facts.text === '' || shown.has(key)) continue;
    const known = earlier.get(key);
    const { facts, words } = known === undefined ? each : further(known, each);
    earlier.set(key, { facts, words });
  }
  const told = mergeTold(theirs.told, mine.told);
  return {
    question,
    answer: { ...answer, id: mine.answer.id },
    ...(rival && { rival }),
    earlier: [...earlier.values()],
    ...(told && { told }),
    version,
  };
}

/** Whose an answer is; undefined for one that has neither begun nor anything to be told apart by. */
function keyOf(answer: EarlierAnswer | undefined): string | undefined {
  const { by, text } = answer?.facts ?? {};
  if (by !== undefined) return `decision ${by.decisionId}`;
  return text === undefined || text === '' ? undefined : `text ${text}`;
}

function mergeAnswer(base: SavedAnswer | undefined, mine: SavedAnswer, theirs: SavedAnswer): SavedAnswer {
  const [key, before, other] = [keyOf(mine), keyOf(base), keyOf(theirs)];
  if (key !== other) return key === before && base !== undefined ? theirs : mine;
  const { facts, words } = further(theirs, mine);
  const sameThumb = base !== undefined && base.thumb === mine.thumb && base.reason === mine.reason;
  const { thumb, reason } = sameThumb ? theirs : mine;
  return { ...mine, facts, words, thumb, reason };
}

/** A rival is there until somebody decides. Two of them can't stand beside one answer: then mine does. */
function mergeRival(
  base: SavedAnswer | undefined,
  mine: SavedAnswer | undefined,
  theirs: SavedAnswer | undefined,
): SavedAnswer | undefined {
  if (mine !== undefined && theirs !== undefined) return mergeAnswer(base, mine, theirs);
  const unchanged = base?.id === mine?.id;
  return unchanged ? theirs : mine;
}

/** Of the same answer the one that has come further: an end that is no mere stop, else more text, else any end. */
function further<Answer extends EarlierAnswer>(one: Answer, other: Answer): Answer {
  const [a, b] = [rankOf(one), rankOf(other)];
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0) ? one : other;
}

function rankOf({ facts: { end, text } }: EarlierAnswer): readonly number[] {
  return [end === undefined || end.type === 'stopped' ? 0 : 1, text.length, end === undefined ? 0 : 1];
}

function mergeTold(one: SavedTurn['told'], other: SavedTurn['told']): SavedTurn['told'] {
  if (one === undefined || other === undefined) return one ?? other;
  const all = { ...one };
  for (const [id, uses] of Object.entries(other)) all[id] = [...new Set([...(all[id] ?? []), ...uses])];
  return all;
}

/** Of something that both may have changed: mine where I changed it. Both are compared as JSON. */
export function changedPart<Part>(base: Part, mine: Part, theirs: Part): Part {
  return JSON.stringify(base) === JSON.stringify(mine) ? theirs : mine;
}
