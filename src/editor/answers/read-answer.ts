import type { AnswerEvent } from '../../core/terms/answer-event';
import type { AnswerFacts } from './answer-facts';
import { nothingYet, take } from './answer-facts';

/**
 * Reads an answer to its end. `onEvent` is told what is known with each event; what it throws ends the answer, as what
 * the events throw does. Resolves to all that is known in the end, which is no `end` where the events stop without one.
 */
export async function readAnswer(
  events: AsyncIterable<AnswerEvent>,
  onEvent?: (facts: AnswerFacts, event: AnswerEvent) => void,
): Promise<AnswerFacts> {
  let facts = nothingYet;
  for await (const event of events) {
    facts = take(facts, event);
    onEvent?.(facts, event);
  }
  return facts;
}
