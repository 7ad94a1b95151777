import type { SavedConversation, SavedTurn } from '../../../src/editor/chat/saved-conversation';
import type { AnswerFacts } from '../../../src/editor/answers/answer-facts';

/** A turn that was answered. */
export function savedTurnWith(
  prompt: string,
  change: Partial<AnswerFacts> = {},
  id = `turn ${prompt}`,
): SavedTurn {
  const facts: AnswerFacts = {
    by: { decisionId: `decision ${prompt}`, deploymentId: 'strong' },
    text: `About ${prompt}`,
    notices: [],
    end: {
      type: 'finished',
      attempt: {
        deploymentId: 'strong',
        receipt: { cost: { kind: 'exact', usd: 0.01 }, totalMs: 2_000, servedModel: undefined },
      },
      truncated: false,
    },
    ...change,
  };
  return {
    question: { prompt, attachments: [], origin: 'chat' },
    answer: { id, facts },
    earlier: [],
  };
}

export function conversationWith(change: Partial<SavedConversation> = {}): SavedConversation {
  return { id: 'first', revision: '', updatedMs: 0, turns: [savedTurnWith('Why?')], ...change };
}
