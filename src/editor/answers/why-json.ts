import type { Conduit } from '../../core/conduit';
import { choiceSentence } from './choice-sentence';
import { reasonsOf } from './reasons';
import { whatIfSentences } from './what-if-text';

/** All that is known of a choice, as JSON to be read; undefined where the ledger has no such decision. */
export async function whyJson(
  conduit: Pick<Conduit, 'decision' | 'reconsider'>,
  decisionId: string,
): Promise<string | undefined> {
  const [decision, reconsidered] = await Promise.all([
    conduit.decision(decisionId),
    conduit.reconsider(decisionId),
  ]);
  if (decision === undefined) return undefined;
  const why = {
    sentence: choiceSentence(decision),
    reasons: reasonsOf(decision),
    ...(reconsidered && { whatWouldChangeIt: whatIfSentences(decision, reconsidered), reconsidered }),
    decision,
  };
  return JSON.stringify(why, undefined, 2);
}
