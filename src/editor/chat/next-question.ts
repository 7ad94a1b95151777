import { kindOfCommand } from '../../text/slash-commands';
import type { AnsweredTurn } from '../observations/next-turns';
import type { Question } from './saved-conversation';
import type { Turn } from './turn';

/**
 * The answer that a question may say something of: the one before it, if it came whole and stands alone, and the question
 * is in the user's own words and comes after it. What a command writes out, or another feature, is nobody's words.
 */
export function answerBefore(before: Turn | undefined, question: Question): AnsweredTurn | undefined {
  if (before === undefined || before.rival !== undefined || !isInOwnWords(question)) return undefined;
  const { by, text, end } = before.answer.facts;
  if (by === undefined || text === '' || end?.type !== 'finished') return undefined;
  return {
    by,
    question: attachesMore(before.question, question) ? '' : before.question.prompt,
    answer: text,
  };
}

function isInOwnWords({ origin, prompt, apart }: Question): boolean {
  const namesPoolAlone = /^\/\S+$/.test(prompt);
  return origin === 'chat' && apart !== true && !namesPoolAlone && kindOfCommand(prompt) === undefined;
}

/** The same words about something else are another question. */
function attachesMore(before: Question, now: Question): boolean {
  return now.attachments.some(({ text }) => before.attachments.every((each) => each.text !== text));
}
