import { hostOf } from '../../core/pool/host';
import type { KeyRing, ModelCall, ModelClient, ModelEvent } from '../../core/ports';
import type { CallFetch } from '../failures/error-reply';
import type { CallContext } from '../failures/failure-from';
import { failureFromError } from '../failures/failure-from';
import { missingKey } from '../failures/missing-key';
import { withoutKey } from '../failures/redact';

/** One call while it runs. */
export interface RunningCall extends CallContext {
  readonly call: ModelCall;
  readonly http: CallFetch;
  readonly signal: AbortSignal;
}

export interface ProtocolParts {
  readonly keys: KeyRing;
  /** `fetch` for one call through the protocol's SDK. */
  readonly fetchFor: (call: ModelCall, key: string) => CallFetch;
  /** Sends the call and reads its stream. May throw whatever the SDK throws. */
  readonly stream: (running: RunningCall) => AsyncGenerator<ModelEvent>;
}

/** A client over one wire protocol: without a key nothing is sent, what the SDK throws becomes a failure. */
export function createCallClient({ keys, fetchFor, stream }: ProtocolParts): ModelClient {
  return {
    stream: async function* (call, signal) {
      const key = await keys.keyFor(call.deployment);
      if (key === undefined) {
        yield { type: 'failed', failure: missingKey(call.deployment) };
        return;
      }
      const http = fetchFor(call, key);
      const context = { key, host: hostOf(call.deployment.apiBase) };
      try {
        for await (const event of stream({ ...context, call, http, signal })) {
          if (signal.aborted) return;
          yield event.type === 'finished' ? withoutKeyIn(event, key) : event;
        }
      } catch (error) {
        if (signal.aborted) return;
        yield { type: 'failed', failure: failureFromError(error, http.errorReply(), context) };
      }
    },
  };
}

/** The model's name is kept and shown: a server that echoes what it got must not put the key there. */
function withoutKeyIn(event: Extract<ModelEvent, { type: 'finished' }>, key: string): ModelEvent {
  const { servedModel } = event;
  return { ...event, servedModel: servedModel === undefined ? undefined : withoutKey(servedModel, key) };
}
