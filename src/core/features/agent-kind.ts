import type { Message, RouteRequest } from '../terms/request';
import type { TaskKind } from '../terms/task';

/** What a tool does, by the words of its name. The first list that has one of them decides. */
const toolWords = {
  none: 'agent subagent todo todos plan think memory ask question',
  'agent-edit':
    'edit write replace insert patch apply create delete remove rename move update modify refactor ' +
    'format save append multiedit',
  'agent-explore':
    'read search find grep ripgrep glob list ls view open cat show fetch browse web lookup ' +
    'inspect usages references definition definitions symbols symbol tree codebase semantic ' +
    'diff log status blame docs outline hover',
  'agent-verify':
    'run exec execute test tests terminal bash shell powershell command cmd build compile lint ' +
    'check verify validate errors problems diagnostics task debug process output python repl',
};
const phases = Object.entries(toolWords).map(([kind, words]) => ({
  kind: kind as keyof typeof toolWords,
  words: new Set(words.split(' ')),
}));

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

/** Undefined where the name doesn't tell. */
function phaseOfTool(name: string): TaskKind | undefined {
  const words = wordsOf(name);
  const kind = phases.find(({ words: known }) => words.some((word) => known.has(word)))?.kind;
  return kind === 'none' ? undefined : kind;
}

/** "copilot_readFile" → copilot, read, file. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}
