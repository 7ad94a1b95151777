import { beginningOf } from '../../text/beginning';
import { textOfSaved } from './conversation-file';
import { turnId } from './merge-turns';
import type { SavedConversation, SavedTurn } from './saved-conversation';
import { titleOf } from './saved-conversation';

/** A longer file loses its oldest turns. In characters of JSON. */
export const longestFile = 4_000_000;

/** The conversation itself where its file bears it; else without its oldest turns, which are deleted, under its old title. */
export function fittedToFile(conversation: SavedConversation): SavedConversation {
  if (textOfSaved(conversation).length <= longestFile) return conversation;
  let room = longestFile - 10_000;
  const { turns } = conversation;
  const firstKept = turns.findLastIndex((turn) => (room -= JSON.stringify(turn).length + 1) < 0) + 1;
  const kept = firstKept < turns.length ? turns.slice(firstKept) : turns.slice(-1).map(shortenedTurn);
  const left = new Set(kept.map(turnId));
  const dropped = turns.map(turnId).filter((id) => !left.has(id));
  const deleted = [...new Set([...(conversation.deleted ?? []), ...dropped])];
  return { ...conversation, name: titleOf(conversation), turns: kept, deleted };
}

/** The last turn is kept also where it alone is too long: with its question, and the beginning of its answer. */
function shortenedTurn({ question, answer, told, version }: SavedTurn): SavedTurn {
  const prompt = beginningOf(question.prompt, longestFile / 10);
  const text = beginningOf(answer.facts.text, longestFile / 10);
  const labels = question.attachments.map(({ label }) => label);
  return {
    question: { ...question, prompt, attachments: [] },
    answer: {
      ...answer,
      facts: { ...answer.facts, text },
      lostAttachments: [...(answer.lostAttachments ?? []), ...labels],
    },
    earlier: [],
    told,
    version,
  };
}
