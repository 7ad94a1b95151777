import type { Message, RouteRequest } from '../terms/request';
import type { TaskKind } from '../terms/task';
import { toolKindOf } from '../terms/tool-kind';

/**
 * The step that an agent is at, by the tools whose results came last: 'agent-step' where none has, or their names don't
 * tell; 'agent-answer' where it may call no more. Undefined for a request that is no agent's: one without tools, or
 * with one that must be called, which asks for an answer in a form.
 */
export function agentKindOf({ messages, tools = [], toolUse }: RouteRequest): TaskKind | undefined {
  const results = resultsOfTurn(messages);
  if (tools.length === 0) return results.length > 0 ? 'agent-answer' : undefined;
  if (results.length === 0) return toolUse === 'required' && tools.length === 1 ? undefined : 'agent-step';
  const phase = results.map(phaseOfTool).findLast((kind) => kind !== undefined);
  return phase ?? 'agent-step';
}

/** The names of the tools whose results came last, oldest first; none where the user has spoken since. */
function resultsOfTurn(messages: readonly Message[]): readonly string[] {
  const spoke = messages.findLastIndex(({ role }) => role === 'assistant');
  const results = messages.slice(spoke + 1).flatMap(({ toolResults = [] }) => toolResults);
  const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls);
  return results.map(({ callId }) => calls.findLast(({ id }) => id === callId)?.name ?? '');
}

/** Undefined where the name doesn't tell, or it is no work on the task. */
function phaseOfTool(name: string): TaskKind | undefined {
  const kind = toolKindOf(name);
  return kind === undefined || kind === 'plan' ? undefined : `agent-${kind}`;
}
