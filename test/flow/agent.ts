import type { Conduit } from '../../src/core/conduit';
import type { AnswerEvent } from '../../src/core/terms/answer-event';
import type { Decision } from '../../src/core/terms/decision';
import type { Message, RouteRequest } from '../../src/core/terms/request';
import type { ToolCall } from '../../src/core/terms/tools';
import { ask } from './windows';

/** What one step of an agent came to. */
export interface AgentStep {
  readonly decision: Decision | undefined;
  readonly events: readonly AnswerEvent[];
  readonly calls: readonly ToolCall[];
}

/** An agent of another extension: it calls the tools that the model asks for, and brings what they say. */
export interface Agent {
  /** What was said so far. */
  messages(): readonly Message[];
  /** The decision that its loop stands under. */
  decisionId(): string | undefined;
  /** Another window of the editor goes on. */
  moveTo(conduit: Conduit): void;
  step(change?: Partial<RouteRequest>, signal?: AbortSignal): Promise<AgentStep>;
}

export interface AgentOptions {
  readonly conduit: Conduit;
  readonly pool?: string;
  readonly tools: RouteRequest['tools'];
  /** What a tool says; undefined: nothing comes. */
  readonly run: (call: ToolCall) => string | undefined;
}

export function agentOn({ conduit, pool = 'default', tools, run }: AgentOptions): Agent {
  const messages: Message[] = [{ role: 'user', text: 'Add a total to the invoice.' }];
  let window = conduit;
  let continues: string | undefined;
  return {
    messages: () => [...messages],
    decisionId: () => continues,
    moveTo: (next) => {
      window = next;
    },
    step: async (change = {}, signal) => {
      const request: RouteRequest = {
        ...{ pool, messages: [...messages], origin: 'language-model', conversationId: 'agent', tools },
        ...{ continues, ...change },
      };
      const events = await ask(window, signal, request);
      const calls = events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));
      const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
      const decision = events.findLast((event) => event.type === 'decided')?.decision;
      if (decision !== undefined) continues = decision.id;
      messages.push({ role: 'assistant', text, ...(calls.length > 0 && { toolCalls: calls }) });
      const results = calls.flatMap((call) => {
        const brought = run(call);
        return brought === undefined ? [] : [{ callId: call.id, text: brought }];
      });
      if (results.length > 0) messages.push({ role: 'user', text: '', toolResults: results });
      return { decision, events, calls };
    },
  };
}
