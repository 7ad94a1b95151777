import type { CallOptions } from './call-options';
import type { KnownOfRequest } from './task';
import type { Image, ToolCall, ToolOffer, ToolResult } from './tools';

/** Where a request came from. A closed set: statistics and observation rules switch over it. */
export type RequestOrigin =
  | 'chat'
  | 'participant'
  | 'explain-selection'
  | 'edit'
  | 'fix'
  | 'tests'
  | 'document'
  | 'commit-message'
  | 'language-model';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
  /** Of the user; absent: none. */
  readonly images?: readonly Image[] | undefined;
  /** What the assistant asked for after its text; absent: nothing. */
  readonly toolCalls?: readonly ToolCall[] | undefined;
  /** What the tools answered, in the user's place and before the text; absent: nothing. */
  readonly toolResults?: readonly ToolResult[] | undefined;
}

/** One turn of a user. It knows nothing of bandits or SDKs. */
export interface RouteRequest extends ToolOffer {
  /** The pool's `model_name`. */
  readonly pool: string;
  /** The whole conversation, oldest first; the last one is the user's new message. */
  readonly messages: readonly Message[];
  readonly origin: RequestOrigin;
  /** Groups the turns of one conversation in the ledger. */
  readonly conversationId: string;
  /** What the surface knows of it; absent: nothing that the messages don't say. */
  readonly known?: KnownOfRequest | undefined;
  /** Options of this request; a deployment's own hold where these are silent. */
  readonly options?: CallOptions | undefined;
  /** True where the user agreed to go over the cost caps this once. */
  readonly overBudgetAgreed?: boolean | undefined;
  /** True where the user wants only models that cost nothing to be asked. */
  readonly freeOnly?: true | undefined;
  /** The decision whose tool loop goes on: its model is asked again. Absent: a new turn. */
  readonly continues?: string | undefined;
  /** True where the user agreed that the loop, which is stuck, goes on with another model. */
  readonly escalate?: true | undefined;
  /** The decision whose tool loop the user broke off by asking this. Absent: none. */
  readonly interrupts?: string | undefined;
  /** The deployment that the user chose: no other is asked, not even where it fails. Absent: the router chooses. */
  readonly only?: string | undefined;
  /** Deployments that the user wants another answer than theirs; asked all the same where no other can be. */
  readonly avoid?: readonly string[] | undefined;
}

/** The text that the router describes: what the user just asked, not the history, nor what tools answered. */
export function promptOf(request: RouteRequest): string {
  const asked = request.messages.findLast(
    ({ role, text, toolResults }) => role === 'user' && (text !== '' || toolResults === undefined),
  );
  return asked?.text ?? '';
}
