import type { Provider } from '../core/pool/deployment';
import type { KeyRing, ModelClient } from '../core/ports';

/** Calls each deployment over its provider's protocol; an SDK is loaded when it is first needed. */
export function createModelClient({ keys }: { readonly keys: KeyRing }): ModelClient {
  const clients = new Map<Provider, Promise<ModelClient>>();

  async function load(provider: Provider): Promise<ModelClient> {
    switch (provider) {
      case 'openai':
        return (await import('./openai')).createOpenAiClient(keys);
      case 'anthropic':
        return (await import('./anthropic')).createAnthropicClient(keys);
      case 'simulated':
        return (await import('./simulated')).createSimulatedClient();
    }
  }

  return {
    stream: async function* (call, signal) {
      const { provider, id } = call.deployment;
      const client = clients.get(provider) ?? load(provider);
      clients.set(provider, client);
      if ((await keys.keyFor(call.deployment)) === undefined) {
        yield { type: 'failed', failure: { reason: 'missing-key', detail: `No key for ${id}.`, status: undefined } };
        return;
      }
      yield* (await client).stream(call, signal);
    },
  };
}
