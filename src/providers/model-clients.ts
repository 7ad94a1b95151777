import type { Protocol } from '../core/terms/deployment';
import type { KeyRing, Log, ModelClient } from '../core/terms/ports';
import { createBetterAddress } from './better-address';
import { missingKey } from './failures/missing-key';

export interface ModelClientParts {
  readonly keys: KeyRing;
  /** Calls the editor's own language models: only the editor can. */
  readonly editorModels: ModelClient;
  /** Told what is left out of answers and requests; absent: nobody is. */
  readonly log?: Pick<Log, 'debug'> | undefined;
}

/** Calls each deployment over its provider's protocol; an SDK is loaded when it is first needed. */
export function createModelClient({ keys, editorModels, log }: ModelClientParts): ModelClient {
  const clients = new Map<Protocol, ModelClient>();
  const addresses = createBetterAddress();

  async function clientFor(protocol: Protocol): Promise<ModelClient> {
    const client = clients.get(protocol) ?? (await load(protocol));
    clients.set(protocol, client);
    return client;
  }

  async function load(protocol: Protocol): Promise<ModelClient> {
    switch (protocol) {
      case 'chat-completions':
        return (await import('./protocols/chat-completions')).createChatCompletionsClient(keys, log);
      case 'responses':
        return (await import('./protocols/responses')).createResponsesClient(keys, log);
      case 'anthropic-messages':
        return (await import('./protocols/anthropic')).createAnthropicClient(keys, log);
      case 'editor':
        return editorModels;
      case 'simulated':
        return (await import('./protocols/simulated')).createSimulatedClient();
    }
  }

  return {
    stream: async function* (call, signal) {
      const { deployment } = call;
      // Asked here too, so that no SDK is loaded for nothing.
      const key = await keys.keyFor(deployment);
      if (key === undefined) {
        yield { type: 'failed', failure: missingKey(deployment) };
        return;
      }
      for await (const event of (await clientFor(deployment.protocol)).stream(call, signal)) {
        if (event.type !== 'failed') yield event;
        else yield { ...event, failure: await addresses.told(event.failure, deployment, key, signal) };
      }
    },
  };
}
