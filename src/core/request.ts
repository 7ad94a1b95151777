import type { CallOptions } from './pool/call-options';

/** Where a request came from. A closed set: statistics and observation rules switch over it. */
export type RequestOrigin = 'chat' | 'participant' | 'explain-selection' | 'language-model';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** One turn of a user. It knows nothing of bandits or SDKs. */
export interface RouteRequest {
  /** The pool's `model_name`. */
  readonly pool: string;
  /** The whole conversation, oldest first; the last one is the user's new message. */
  readonly messages: readonly Message[];
  readonly origin: RequestOrigin;
  /** Groups the turns of one conversation in the ledger. */
  readonly conversationId: string;
  /** Options of this request; a deployment's own hold where these are silent. */
  readonly options?: CallOptions | undefined;
  /** True where the user agreed to go over the cost caps this once. */
  readonly overBudgetAgreed?: boolean | undefined;
}

/** The text that the router describes: what the user just asked, not the history. */
export function promptOf(request: RouteRequest): string {
  return request.messages.findLast((message) => message.role === 'user')?.text ?? '';
}
