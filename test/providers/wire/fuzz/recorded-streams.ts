import { readFileSync } from 'node:fs';
import type { Deployment } from '../../../../src/core/terms/deployment';
import type { ModelCall, ModelEvent } from '../../../../src/core/terms/ports';
import type { Cost } from '../../../../src/core/terms/receipt';
import { createPriceBook } from '../../../../src/providers/prices/prices';
import { createMessagesReader } from '../../../../src/providers/protocols/anthropic-reader';
import type { RunningCall } from '../../../../src/providers/stream/running-call';
import { createChatReader } from '../../../../src/providers/protocols/chat-reader';
import { createResponsesReader } from '../../../../src/providers/protocols/responses-reader';
import { readEvents } from '../../../../src/providers/stream/event-stream';
import { readAnswer } from '../../../../src/providers/stream/read-answer';
import { deploymentWith, question } from '../../stream-helpers';

/** A stream as a server sent it, or documents it. */
export interface RecordedStream {
  readonly name: string;
  readonly text: string;
  readonly call: ModelCall;
}

const chat = { protocol: 'chat-completions' } as const;
const messages = {
  provider: 'anthropic',
  protocol: 'anthropic-messages',
  model: 'claude-sonnet-4-5',
} as const;
const responses = { protocol: 'responses', model: 'gpt-5.5' } as const;

const price = {
  inputUsdPerToken: 1e-6,
  outputUsdPerToken: 4e-6,
  cachedInputUsdPerToken: 1e-7,
  cacheWriteUsdPerToken: 1.25e-6,
};

const recorded: readonly (readonly [file: string, deployment: Partial<Deployment>])[] = [
  ...['answer', 'reasoning', 'tool-call', 'truncated', 'cached-tokens', 'no-done'].map(
    (name) => [`openai/${name}`, chat] as const,
  ),
  ...['answer', 'reasoning', 'tool-call'].map((name) => [`azure/${name}`, { provider: 'azure' }] as const),
  ...['answer', 'thinking', 'tool-call'].map((name) => [`gemini/${name}`, { provider: 'gemini' }] as const),
  ...['answer', 'reasoning', 'tool-call'].map((name) => [`groq/${name}`, { provider: 'groq' }] as const),
  ...['answer', 'reasoning', 'tool-call'].map((name) => [`litellm/${name}`, chat] as const),
  ...['answer', 'reasoning', 'tool-call', 'truncated'].map(
    (name) => [`ollama/${name}`, { provider: 'ollama' }] as const,
  ),
  ...['answer', 'reasoning', 'tool-call'].map(
    (name) => [`openrouter/${name}`, { provider: 'openrouter' }] as const,
  ),
  ...[
    'deepseek/tools',
    'moonshot/tools',
    'mistral/thinking',
    'xai/thinking',
    'tools/openai',
    'tools/gemini',
    'tools/compatible',
  ].map((name) => [name, chat] as const),
  ...['answer', 'thinking', 'tool-call', 'truncated', 'cache-write'].map(
    (name) => [`anthropic/${name}`, messages] as const,
  ),
  ['tools/anthropic', messages],
  ...['answer', 'reasoning', 'tool-call', 'truncated'].map(
    (name) => [`responses/${name}`, responses] as const,
  ),
  ['tools/responses', responses],
];

/** The streams of test/fixtures that come to an end. */
export const recordedStreams: readonly RecordedStream[] = recorded.map(([name, change]) => {
  const text = readFileSync(new URL(`../../../fixtures/${name}.sse`, import.meta.url), 'utf8');
  const names = new Set([...text.matchAll(/"name": ?"([\w-]+)"/g)].map(([, found = '']) => found));
  const tools = [...names].map((each) => ({ name: each, description: '', inputSchema: undefined }));
  const deployment = deploymentWith({ apiBase: 'http://127.0.0.1:9/v1', price, ...change });
  return { name, text, call: { deployment, messages: question, tools } };
});

const { costOf } = createPriceBook();

/** What was read of a stream. */
export interface Reading {
  readonly text: string;
  readonly calls: readonly (readonly [name: string, input: unknown])[];
  readonly end: 'whole' | 'cut' | 'failed';
  readonly cost: Cost | undefined;
  /** Why it failed. */
  readonly detail?: string;
}

export async function readingOf({ call }: RecordedStream, pieces: readonly Uint8Array[]): Promise<Reading> {
  const running: RunningCall = {
    call,
    key: '',
    host: '127.0.0.1:9',
    signal: new AbortController().signal,
    http: { fetch: globalThis.fetch, errorReply: () => undefined, header: () => undefined },
    log: { debug: () => undefined },
    toolName: (name) => name,
  };
  const events: ModelEvent[] = [];
  for await (const event of readAnswer(readEvents(streamOf(pieces)), readerOf(running), running))
    events.push(event);
  return read(events, call.deployment);
}

function readerOf(running: RunningCall) {
  switch (running.call.deployment.protocol) {
    case 'anthropic-messages':
      return createMessagesReader(running);
    case 'responses':
      return createResponsesReader(running);
    default:
      return createChatReader(running);
  }
}

async function* streamOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

function read(events: readonly ModelEvent[], deployment: Deployment): Reading {
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const calls = events.flatMap((event) =>
    event.type === 'tool-call' ? [[event.call.name, event.call.input] as const] : [],
  );
  const last = events.at(-1);
  if (last?.type === 'failed')
    return { text, calls, end: 'failed', cost: undefined, detail: last.failure.detail };
  if (last?.type !== 'finished') throw new Error('The stream had no end.');
  const cost = last.usage && costOf(deployment, last.usage, true);
  return { text, calls, end: last.truncated ? 'cut' : 'whole', cost };
}
