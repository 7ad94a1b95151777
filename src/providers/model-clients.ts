import type { Provider } from '../core/pool/deployment';
import type { KeyRing, ModelClient } from '../core/ports';
import { missingKey } from './missing-key';

/** Calls each deployment over its provider's protocol; an SDK is loaded when it is first needed. */
export function createModelClient({ keys }: { readonly keys: KeyRing }): ModelClient {
  const clients = new Map<Provider, ModelClient>();

  async function clientFor(provider: Provider): Promise<ModelClient> {
    const client = clients.get(provider) ?? (await load(provider));
    clients.set(provider, client);
    return client;
  }

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
      const { deployment } = call;
      // Asked here too, so that no SDK is loaded for nothing.
      if ((await keys.keyFor(deployment)) === undefined) {
        yield { type: 'failed', failure: missingKey(deployment) };
        return;
      }
      yield* (await clientFor(deployment.provider)).stream(call, signal);
    },
  };
}
