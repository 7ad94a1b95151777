import Anthropic from '@anthropic-ai/sdk';
import type { KeyRing, ModelClient } from '../../core/terms/ports';
import type { Body } from '../concessions/concession';
import { createCallFetch } from '../failures/error-reply';
import { createMessagesReader } from './anthropic-reader';
import { messagesBody } from './anthropic-request';
import type { RunningCall } from '../stream/running-call';
import { createCallClient, silent } from './call-client';

/** Anthropic's Messages API. */
export function createAnthropicClient(keys: KeyRing, log = silent): ModelClient {
  return createCallClient({
    keys,
    log,
    fetchFor: (_call, key) =>
      createCallFetch({
        key,
        keyHeader: 'authorization',
        foreignHeaders: process.env['ANTHROPIC_CUSTOM_HEADERS'],
      }),
    body: messagesBody,
    send,
    reader: createMessagesReader,
  });
}

function send({ call, key, http, signal }: RunningCall, body: Body): Promise<Response> {
  const sdk = new Anthropic({
    // The SDK would look for credentials of its own; servers that need none ignore it.
    apiKey: key === '' ? 'none' : key,
    // The SDK would send a token of the environment to whatever host is configured.
    authToken: null,
    // The SDK adds the version segment itself.
    baseURL: call.deployment.apiBase.replace(/\/+(v1\/*)?$/, ''),
    maxRetries: 0,
    logLevel: 'off',
    fetch: http.fetch,
  });
  return sdk.post('/v1/messages', { body, signal, stream: true }).asResponse();
}
