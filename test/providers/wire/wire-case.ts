import { existsSync, readFileSync } from 'node:fs';
import type { DispatchEvent, DispatchLimits } from '../../../src/core/terms/dispatch';
import type { Deployment } from '../../../src/core/terms/deployment';
import type { FailureReason } from '../../../src/core/terms/failure';
import type { Cost, Usage } from '../../../src/core/terms/receipt';
import type { Message } from '../../../src/core/terms/request';
import type { ToolCall, ToolDefinition } from '../../../src/core/terms/tools';
import { createBreakers } from '../../../src/providers/dispatch/breakers';
import { createDispatcher } from '../../../src/providers/dispatch/dispatcher';
import type { PromptCut } from '../../../src/providers/dispatch/prompt-cut';
import { createModelClient } from '../../../src/providers/model-clients';
import { createPriceBook } from '../../../src/providers/prices/prices';
import { clock, deploymentWith, editorModels, keys, question } from '../stream-helpers';
import type { Answering, Reply, Sent } from './replies';
import { replyIn, startReplyServer } from './replies';

/** What Conduit is asked. */
export interface Asked {
  readonly deployment?: Partial<Deployment>;
  readonly tools?: readonly ToolDefinition[];
  readonly toolUse?: 'required';
  readonly messages?: readonly Message[];
  readonly limits?: Partial<DispatchLimits>;
}

/** What came of it. */
export interface Outcome {
  readonly text: string;
  readonly thoughts: string;
  readonly calls: readonly ToolCall[];
  readonly end: 'whole' | 'cut' | 'failed';
  readonly reason: FailureReason | undefined;
  readonly detail: string;
  readonly retryAfterMs: number | undefined;
  readonly usage: Usage | undefined;
  readonly cost: Cost;
  readonly servedModel: string | undefined;
  /** The bodies that were sent. */
  readonly sent: readonly Sent[];
}

export const readFile: ToolDefinition = {
  name: 'read_file',
  description: 'Reads a file.',
  inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
};

export const claude = {
  provider: 'anthropic',
  protocol: 'anthropic-messages',
  model: 'claude-sonnet-4-5',
} as const;
export const responses = { protocol: 'responses' } as const;

/** USD per token, so that sums can be done by hand: 1, 4, 0.1 and 1.25 per million. */
const price = {
  inputUsdPerToken: 1e-6,
  outputUsdPerToken: 4e-6,
  cachedInputUsdPerToken: 1e-7,
  cacheWriteUsdPerToken: 1.25e-6,
};
const usualLimits = { firstTokenMs: 4_000, stallMs: 2_000, requestMs: 20_000, retries: 0 };

/** Asks a server that answers so, through the dispatcher and the clients that are shipped. */
export async function outcomeOf(asked: Asked, answering: Answering | Reply): Promise<Outcome> {
  const server = await startReplyServer(typeof answering === 'function' ? answering : () => answering);
  try {
    const deployment = deploymentWith({ price, apiBase: server.url, ...asked.deployment });
    return { ...(await ask(deployment, asked)), sent: server.sent };
  } finally {
    await server.close();
  }
}

/** A dispatcher of its own over the clients that are shipped. */
export function newDispatcher(onPromptCut: (cut: PromptCut) => void = () => undefined) {
  return createDispatcher({
    client: createModelClient({ keys, editorModels }),
    prices: createPriceBook(),
    clock,
    breakers: createBreakers(),
    random: () => 0,
    onPromptCut,
  });
}

export async function ask(
  deployment: Deployment | readonly Deployment[],
  asked: Asked,
  dispatcher = newDispatcher(),
): Promise<Omit<Outcome, 'sent'>> {
  const { tools, toolUse, messages = question } = asked;
  const order = {
    decisionId: 'd',
    deployments: [deployment].flat(),
    messages,
    limits: { ...usualLimits, ...asked.limits },
    ...(tools && { tools }),
    ...(toolUse && { toolUse }),
  };
  const events: DispatchEvent[] = [];
  for await (const event of dispatcher.dispatch(order, new AbortController().signal)) events.push(event);
  return read(events);
}

function read(events: readonly DispatchEvent[]): Omit<Outcome, 'sent'> {
  let text = '';
  let thoughts = '';
  const calls: ToolCall[] = [];
  for (const event of events) {
    if (event.type === 'text') text += event.text;
    if (event.type === 'thought') thoughts += event.text;
    if (event.type === 'tool-call') calls.push(event.call);
    if (event.type === 'rethought') {
      thoughts += text;
      text = '';
    }
  }
  const last = events.at(-1);
  if (last?.type !== 'completed' && last?.type !== 'failed') throw new Error('It had no end.');
  const { usage, cost, servedModel } = last.attempt.receipt;
  const failure = last.type === 'failed' ? last.failure : undefined;
  return {
    text,
    thoughts,
    calls,
    end: last.type === 'failed' ? 'failed' : last.truncated ? 'cut' : 'whole',
    reason: failure?.reason,
    detail: failure?.detail ?? '',
    retryAfterMs: failure?.retryAfterMs,
    usage,
    cost,
    servedModel,
  };
}

/** The names and inputs of an outcome's calls. */
export function calledWith({ calls }: Pick<Outcome, 'calls'>): readonly unknown[] {
  return calls.map(({ name, input }) => [name, input]);
}

const folder = new URL('../../fixtures/wire/', import.meta.url);

/** What a part of a recorded case asks. */
export function askedIn(path: string): Asked {
  const file = new URL(`${path}call.json`, folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Asked) : {};
}

/**
 * Replays a part of a recorded case, `01-name/` or `01-name/a-`. `accepts` says which requests get `reply-ok`; the others
 * get the replies in their order, the last one again and again.
 */
export function replay(
  path: string,
  accepts: (sent: Sent) => boolean = () => false,
  change: Partial<Reply> = {},
): Promise<Outcome> {
  const asked = askedIn(path);
  return outcomeOf(asked, (sent, count) => {
    if (accepts(sent)) return required(`${path}reply-ok`);
    for (let at = count + 1; at > 0; at -= 1) {
      const recorded = replyIn(`${path}reply-${String(at)}`);
      if (recorded !== undefined) return { ...recorded, ...change };
    }
    return required(`${path}reply-1`);
  });
}

function required(path: string): Reply {
  const recorded = replyIn(path);
  if (recorded === undefined) throw new Error(`There is no reply ${path}.`);
  return recorded;
}
