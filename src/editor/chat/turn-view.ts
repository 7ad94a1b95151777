import type { AnswerView, TurnView } from '../../webview/protocol/chat';
import { lineOf, wordsOf } from './answer-words';
import type { Offer } from './rating-offers';
import type { EarlierAnswer, Question, SavedAnswer, SavedTurn } from './saved-conversation';

/** A turn as the page shows it, in the language that is spoken. `offer` is what is asked about its answer. */
export function viewOf(
  { question, answer, rival, earlier }: Omit<SavedTurn, 'told'>,
  offer?: Offer,
): TurnView {
  return {
    ...answerView(question, answer),
    ...(offer && { offer: offer.kind === 'rating' ? offer : { kind: offer.kind, model: offer.rivalId } }),
    ...(earlier.length > 0 && { earlier: earlier.map(earlierView) }),
    ...(rival && { rival: answerView(question, rival) }),
  };
}

function answerView(question: Question, answer: SavedAnswer): AnswerView {
  const { id, facts, words = wordsOf(facts), lostAttachments = [], thumb, reason } = answer;
  const attachments = [...lostAttachments, ...question.attachments.map(({ label }) => label)];
  return {
    id,
    prompt: question.prompt,
    ...(attachments.length > 0 && { attachments }),
    ...(facts.thoughts && { thoughts: facts.thoughts }),
    answer: facts.text,
    ...words,
    ...(facts.by && { decisionId: facts.by.decisionId }),
    ...(thumb && { thumb }),
    ...(reason && { reason }),
  };
}

function earlierView({ facts, words }: EarlierAnswer): NonNullable<TurnView['earlier']>[number] {
  const line = words === undefined ? lineOf(facts) : words.line;
  return {
    answer: facts.text,
    ...(line && { line }),
    ...(facts.by && { decisionId: facts.by.decisionId, answeredBy: facts.by.deploymentId }),
  };
}
