import type { Message } from '../../core/terms/request';
import type { ToolCall, ToolResult } from '../../core/terms/tools';

/** What a model reads where a tool never answered, such as one that was stopped. */
const noResult = '(The tool gave no result.)';

/**
 * A conversation in the form that every vendor takes: without messages that say nothing, with a result behind each tool
 * call, and with no result of a call that isn't there.
 */
export function wholeHistory(messages: readonly Message[]): readonly Message[] {
  const kept = withUniqueIds(messages.filter(saysSomething));
  return kept.flatMap((message, index) => {
    const { toolCalls = [] } = message;
    if (message.role === 'assistant' && toolCalls.length > 0)
      return [message, ...missingResults(toolCalls, kept.slice(index + 1))];
    return message.toolResults === undefined
      ? [message]
      : [withoutOrphans(message, callsBefore(kept, index))];
  });
}

/** Some servers give the same ids in every turn, or to every call: a result belongs to the call before it. */
function withUniqueIds(messages: readonly Message[]): readonly Message[] {
  const used = new Set<string>();
  /** The new ids of the last turn's calls, by their old ones, in order. */
  let renamed = new Map<string, string[]>();
  return messages.map((message) => {
    const { toolCalls, toolResults } = message;
    if (message.role === 'assistant') renamed = new Map();
    return {
      ...message,
      ...(toolCalls && { toolCalls: toolCalls.map((call) => ({ ...call, id: unique(call.id) })) }),
      ...(toolResults && {
        toolResults: toolResults.map((result) => ({ ...result, callId: idOfResult(result.callId) })),
      }),
    };
  });

  function unique(id: string): string {
    let own = id;
    for (let count = 2; used.has(own); count += 1) own = `${id}_${String(count)}`;
    used.add(own);
    renamed.set(id, [...(renamed.get(id) ?? []), own]);
    return own;
  }

  function idOfResult(id: string): string {
    const [first, ...rest] = renamed.get(id) ?? [];
    if (first === undefined) return id;
    // The last one stays: a result may be told twice.
    if (rest.length > 0) renamed.set(id, rest);
    return first;
  }
}

function saysSomething({ text, images = [], toolCalls = [], toolResults = [] }: Message): boolean {
  return text.trim() !== '' || images.length > 0 || toolCalls.length > 0 || toolResults.length > 0;
}

function missingResults(calls: readonly ToolCall[], following: readonly Message[]): readonly Message[] {
  const end = following.findIndex(({ role }) => role === 'assistant');
  const answers = (end === -1 ? following : following.slice(0, end)).flatMap(
    ({ toolResults = [] }) => toolResults,
  );
  const missing = calls.filter(({ id }) => !answers.some(({ callId }) => callId === id));
  if (missing.length === 0) return [];
  const toolResults = missing.map(({ id }) => ({ callId: id, text: noResult }));
  return [{ role: 'user', text: '', toolResults }];
}

/** The calls of the assistant's turn before a message. */
function callsBefore(messages: readonly Message[], index: number): readonly ToolCall[] {
  const before = messages.slice(0, index);
  const start = before.findLastIndex(({ role }) => role === 'assistant');
  return before[start]?.toolCalls ?? [];
}

/** What a tool said stays, as the user's words. */
function withoutOrphans(message: Message, calls: readonly ToolCall[]): Message {
  const { toolResults = [], images = [] } = message;
  const belongs = ({ callId }: ToolResult): boolean => calls.some(({ id }) => id === callId);
  const orphans = toolResults.filter((result) => !belongs(result));
  if (orphans.length === 0) return message;
  const texts = orphans.map(({ text }) => `A tool answered:\n${text}`);
  const kept = toolResults.filter(belongs);
  return {
    ...message,
    text: [...texts, message.text].filter((text) => text !== '').join('\n\n'),
    images: [...orphans.flatMap((result) => result.images ?? []), ...images],
    toolResults: kept.length > 0 ? kept : undefined,
  };
}
