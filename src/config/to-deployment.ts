import { noOptions } from '../core/pool/call-options';
import type { Deployment, KeySource } from '../core/pool/deployment';
import { hostOf, isLoopback } from '../core/pool/host';
import { knownProviders } from './providers';
import type { FileModel } from './schema';

/** A mistake in one model of the file, at a path below it. */
export interface ModelMistake {
  readonly path: readonly string[];
  readonly message: string;
}

/** A model of the file as a deployment, or what is wrong with it. */
export function toDeployment({
  model_name,
  litellm_params,
  model_info,
}: FileModel): Deployment | ModelMistake {
  const [prefix = '', ...rest] = litellm_params.model.split('/');
  const model = rest.join('/');
  const modelPath = ['litellm_params', 'model'];
  if (prefix !== 'openai' && prefix !== 'anthropic') {
    // A long word is no provider's name, but might be a key that was pasted into the wrong line.
    const shown = prefix.length > 24 ? 'it' : `'${prefix}'`;
    const what = rest.length === 0 ? `${shown} names no provider` : `unknown provider ${shown}`;
    return {
      path: modelPath,
      message: `${what}: this version knows openai/… (and any compatible server through api_base) and anthropic/…`,
    };
  }
  if (model === '') return { path: modelPath, message: `'${prefix}/' names no model` };
  const { input_cost_per_token: input, output_cost_per_token: output } = model_info;
  if ((input === undefined) !== (output === undefined)) {
    const missing = input === undefined ? 'input_cost_per_token' : 'output_cost_per_token';
    return { path: ['model_info'], message: `one price is given without the other: add ${missing}` };
  }
  const apiBase = litellm_params.api_base ?? knownProviders[prefix].base ?? '';
  const key = keySource(litellm_params.api_key, apiBase);
  if (key === undefined) return { path: ['litellm_params', 'api_key'], message: literalKey };
  return {
    id: model_info.id,
    pool: model_name,
    provider: prefix,
    protocol: knownProviders[prefix].protocol,
    options: noOptions,
    apiVersion: undefined,
    model,
    apiBase,
    key,
    price:
      input === undefined || output === undefined
        ? undefined
        : { inputUsdPerToken: input, outputUsdPerToken: output },
    qualityPrior01: model_info.quality,
    contextWindowTokens: model_info.max_input_tokens,
  };
}

/** Says nothing of the key itself: a message may be logged. */
const literalKey =
  'keys are not read from files: write os.environ/NAME, or leave api_key out and run “Conduit: Set API Key”';

function keySource(apiKey: string | undefined, apiBase: string): KeySource | undefined {
  if (apiKey === undefined)
    return isLoopback(apiBase) ? { kind: 'none' } : { kind: 'secret', host: hostOf(apiBase) };
  const name = /^os\.environ\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(apiKey)?.[1];
  return name === undefined ? undefined : { kind: 'environment', name };
}
