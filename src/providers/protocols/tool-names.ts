import { createHash } from 'node:crypto';
import type { ModelCall } from '../../core/terms/ports';
import type { Message } from '../../core/terms/request';

/** What vendors take for a tool's name. */
const taken = /^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/;
const hashLength = 8;

/** A call whose tools have names that every vendor takes, and the way back. */
export interface NamedCall {
  readonly call: ModelCall;
  /** The tool's own name. */
  readonly toolName: (wireName: string) => string;
}

export function withTakenNames(call: ModelCall): NamedCall {
  const { messages } = call;
  const tools = [...new Map((call.tools ?? []).map((tool) => [tool.name, tool])).values()];
  const names = [
    ...tools.map(({ name }) => name),
    ...messages.flatMap(({ toolCalls = [] }) => toolCalls.map(({ name }) => name)),
  ];
  const odd = new Set(names.filter((name) => !taken.test(name)));
  if (odd.size === 0) return { call: { ...call, tools }, toolName: (name) => name };
  const wireNames = new Map([...odd].map((name) => [name, wireName(name)]));
  const own = new Map([...wireNames].map(([name, wire]) => [wire, name]));
  const renamed = (name: string): string => wireNames.get(name) ?? name;
  return {
    call: {
      ...call,
      tools: tools.map((tool) => ({ ...tool, name: renamed(tool.name) })),
      messages: messages.map((message) => withRenamedCalls(message, renamed)),
    },
    toolName: (name) => own.get(name) ?? name,
  };
}

function withRenamedCalls(message: Message, renamed: (name: string) => string): Message {
  const { toolCalls } = message;
  return toolCalls === undefined
    ? message
    : { ...message, toolCalls: toolCalls.map((each) => ({ ...each, name: renamed(each.name) })) };
}

/** The letters that are taken, and a hash: two names may differ in the others alone. */
function wireName(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  const plain = name.replace(/[^a-zA-Z0-9_-]/g, '_').replace(/^(?![a-zA-Z_])/, '_');
  return `${plain.slice(0, 64 - hashLength - 1)}_${hash}`;
}
