import type { Deployment } from '../../core/pool/deployment';
import { hostOf } from '../../core/pool/host';
import { environmentName } from '../models/environment-reference';
import type { OptionPath } from '../options';
import type { FileConfiguration } from '../file/parse-configuration';
import { shownRedis } from '../redis-url';
import { futureSections } from '../file/schema';
import { shown } from '../shown-text';
import { keysOf } from '../file/yaml-value';

/** What a workspace's file would do if it were allowed, one sentence each. */
export function requestLines({ pools, settings }: FileConfiguration, file: unknown): readonly string[] {
  const deployments = pools.flatMap((pool) => pool.deployments);
  const options = [...settings].filter(([path]) => path !== 'router.pool' && path !== 'router.preset');
  const future = keysOf(file).filter((key) => futureSections.includes(key));
  return [
    ...new Set(deployments.map(whereTo)),
    ...deployments.flatMap(extraFields),
    ...deployments.flatMap(statedPrice),
    ...options.map(([path, { value }]) => optionLine(path, String(value))),
    ...future.map((key) => `'${key}' would have no effect: this version has nothing of it.`),
  ];
}

function whereTo({ pool, provider, model, apiBase, key }: Deployment): string {
  const prompts = `Prompts of pool '${shown(pool)}' would go to`;
  if (provider === 'vscode') return `${prompts} the editor’s own model ${shown(model)}.`;
  const host = hostOf(apiBase);
  switch (key.kind) {
    case 'environment':
      return `${prompts} ${host}, with the key in the environment variable ${key.name}.`;
    case 'secret':
      return `${prompts} ${host}, with the key that is stored for ${key.host}.`;
    case 'none':
      return `${prompts} ${host}, with no key but one that is stored for it.`;
  }
}

function extraFields({ id, options }: Deployment): readonly string[] {
  const fields = Object.keys(options.extraBody ?? {}).map((field) => shown(field));
  return fields.length === 0
    ? []
    : [`Requests to '${shown(id)}' would carry the fields ${fields.join(', ')}.`];
}

/** The cost limits go by it: at a price of 0 none of them would ever hold. */
function statedPrice({ id, price }: Deployment): readonly string[] {
  if (price === undefined) return [];
  const [input, output] = [price.inputUsdPerToken, price.outputUsdPerToken].map((usd) => `$${usd * 1e6}`);
  return [
    `The cost of '${shown(id)}' would be counted as ${input} in, ${output} out per million tokens, as this file says.`,
  ];
}

function optionLine(path: OptionPath, value: string): string {
  switch (path) {
    case 'cache.redis_url': {
      const name = environmentName(value);
      const where =
        name === undefined ? shownRedis(value) : `the address in the environment variable ${name}`;
      return `Vectors and recent choices would be kept in Redis at ${shown(where)}.`;
    }
    case 'instructions':
      return `Every conversation would begin with these instructions: “${shown(value, 2_000)}”`;
    case 'embedding_model':
      return `Prompts would be described by the sentence encoder ${shown(value)}, from the model hub.`;
    default:
      return `${path} would be ${shown(value)}.`;
  }
}
