import { readFileSync } from 'node:fs';
import type { DispatchEvent } from '../../src/core/terms/dispatch';
import type { Failure } from '../../src/core/terms/failure';
import type { Deployment } from '../../src/core/terms/deployment';
import type { Clock, KeyRing, ModelClient, ModelEvent } from '../../src/core/terms/ports';
import type { Message } from '../../src/core/terms/request';
import { catalogued } from '../catalogued';

export const key = 'sk-test-0123456789abcdefghij';
export const keys: KeyRing = { keyFor: () => Promise.resolve(key) };
export const clock: Clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
export const question: readonly Message[] = [{ role: 'user', text: 'What is 6 × 7?' }];

/** A complete deployment, to be overridden where a test cares. */
export function deploymentWith(change: Partial<Deployment> = {}): Deployment {
  const whole: Deployment = {
    id: 'model',
    pool: 'pool',
    provider: 'openai',
    protocol: 'chat-completions',
    options: {},
    apiVersion: undefined,
    model: 'gpt-4o-mini',
    apiBase: 'https://api.openai.com/v1',
    key: { kind: 'environment', name: 'OPENAI_API_KEY' },
    price: undefined,
    qualityPrior01: undefined,
    contextWindowTokens: undefined,
    ...change,
  };
  return { ...whole, ...catalogued(whole), ...change };
}

export function fixture(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
}

export async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** All events of one call, without the empty texts that are only signs of life. */
export async function call(
  client: ModelClient,
  deployment: Deployment,
  messages = question,
  signal = new AbortController().signal,
): Promise<readonly ModelEvent[]> {
  const events = await collect(client.stream({ deployment, messages }, signal));
  return events.filter((event) => event.type !== 'text' || event.text !== '');
}

export function textOf(events: readonly (ModelEvent | DispatchEvent)[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}

/** The failure that ended a stream; throws where none did. */
export function failureOf(events: readonly (ModelEvent | DispatchEvent)[]): Failure {
  const last = events.at(-1);
  if (last?.type !== 'failed') throw new Error(`The stream ended with ${last?.type ?? 'nothing'}.`);
  return last.failure;
}

/** Stands for an editor without models. */
export const editorModels: ModelClient = {
  stream: () => {
    throw new Error('The editor’s models are not part of this test.');
  },
};
