import type { ModelCall, ModelClient } from '../../core/terms/ports';
import type { Body } from '../concessions/concession';
import type { AnswerReader } from '../stream/read-answer';
import type { RunningCall } from '../stream/running-call';
import type { ClientParts } from './call-client';
import { createCallClient } from './call-client';
import { openAiFetch, openAiSdk } from './openai-sdk';

/** What distinguishes one of OpenAI's APIs from the other. */
export interface OpenAiApi {
  /** Below the base URL, e.g. "/responses". */
  readonly path: string;
  readonly body: (call: ModelCall) => Body;
  readonly reader: (running: RunningCall) => AnswerReader;
}

/** A client over one of OpenAI's APIs, through the vendor's SDK. */
export function createOpenAiClient(
  { keys, log }: ClientParts,
  { path, body, reader }: OpenAiApi,
): ModelClient {
  return createCallClient({
    keys,
    log,
    fetchFor: ({ deployment }, key) => openAiFetch(deployment, key),
    body,
    send: ({ call, key, http, signal }, sent) =>
      openAiSdk(call.deployment, key, http).post(path, { body: sent, signal, stream: true }).asResponse(),
    reader,
  });
}
