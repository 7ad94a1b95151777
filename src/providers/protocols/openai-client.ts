import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../../core/ports';
import type { RunningCall } from './call-client';
import { createCallClient } from './call-client';
import { openAiFetch, openAiSdk } from './openai-sdk';
import type { Body, Concession } from './tolerant-call';
import { callTolerantly } from './tolerant-call';

/** What distinguishes one of OpenAI's APIs from the other. */
export interface OpenAiApi {
  /** Below the base URL, e.g. "/responses". */
  readonly path: string;
  readonly body: (call: ModelCall) => Body;
  /** What servers and models refuse, and what is left out then. */
  readonly concessions: readonly Concession[];
  readonly read: (events: AsyncIterable<unknown>, running: RunningCall) => AsyncGenerator<ModelEvent>;
}

/** A client over one of OpenAI's APIs, through the vendor's SDK. */
export function createOpenAiClient(keys: KeyRing, { path, body, concessions, read }: OpenAiApi): ModelClient {
  return createCallClient({
    keys,
    fetchFor: ({ deployment }, key) => openAiFetch(deployment, key),
    stream: async function* (running) {
      const { call, key, http, signal } = running;
      const sdk = openAiSdk(call.deployment, key, http);
      const send = (sent: Body): Promise<AsyncIterable<unknown>> =>
        sdk.post(path, { body: sent, signal, stream: true });
      yield* read(await callTolerantly(body(call), concessions, send, http.errorReply), running);
    },
  });
}
