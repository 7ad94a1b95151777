import type { SavedConversation, SavedTurn } from '../../../src/editor/chat/saved-conversation';

/** A turn that was answered. */
export function savedTurnWith(prompt: string, change: Partial<SavedTurn['view']> = {}): SavedTurn {
  return {
    question: { prompt, attachments: [], origin: 'chat' },
    answeredBy: 'strong',
    view: { id: `turn ${prompt}`, prompt, answer: `About ${prompt}`, status: 'done', notices: [], ...change },
  };
}

export function conversationWith(change: Partial<SavedConversation> = {}): SavedConversation {
  return { id: 'first', revision: '', updatedMs: 0, turns: [savedTurnWith('Why?')], ...change };
}
