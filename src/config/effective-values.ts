import * as l10n from '@vscode/l10n';
import type { SignalTable } from '../core/terms/signals';
import type { WrittenBudget } from './file/read-budgets';
import type { SignalChanges } from './file/read-signals';
import { shownSignal, signalSection } from './file/read-signals';
import type { ConfigurationTier, OptionPath, Settings } from './options';
import type { Deployment, KeySource } from '../core/terms/deployment';
import { writtenPrice } from '../vendors/price-fields';
import { shownBase } from './models/base-url';
import type { Environment } from './models/environment-reference';
import { environmentName, resolved } from './models/environment-reference';
import { aboutOption, optionPaths } from './options';
import { shownDatabase } from '../core/terms/database-place';
import { shownRedis } from './redis-url';

/** One value in force, ready to show: anything secret is masked already. */
export interface EffectiveValue {
  /** "router.preset", "model_list[0].litellm_params.model". */
  readonly path: string;
  readonly value: string;
  readonly tier: ConfigurationTier;
  /** "conduit.yaml:7", "CONDUIT_PRESET"; undefined for a default. */
  readonly place: string | undefined;
}

/** Every option with the tier that its value comes from: the layers in the order in which they override. */
export function optionValues(
  layers: readonly Settings[],
  environment: Environment,
): readonly EffectiveValue[] {
  return optionPaths.flatMap((path): readonly EffectiveValue[] => {
    const settings = layers.map((layer) => layer.get(path)).filter((setting) => setting !== undefined);
    const last = settings.at(-1);
    if (last === undefined) {
      const { fallback } = aboutOption(path);
      const value = fallback === undefined ? l10n.t('not set') : String(fallback);
      return [{ path, value, tier: 'default', place: undefined }];
    }
    // The user's and the workspace's instructions go together, but a variable takes the place of both.
    const inForce = path === 'instructions' && last.tier !== 'environment' ? settings : [last];
    return inForce.map(({ value, tier, place }) => ({
      path,
      value: shownValue(path, String(value), environment),
      tier,
      place,
    }));
  });
}

/** What the user's file says of signals, as it is in force. */
export function signalValues(changes: SignalChanges, table: SignalTable): readonly EffectiveValue[] {
  return [...changes].map(([name, { place }]) => ({
    path: `${signalSection}.${name}`,
    value: shownSignal(table[name]),
    tier: 'file',
    place,
  }));
}

/** The user's budgets of single pools and models. */
export function budgetValues(budgets: readonly WrittenBudget[]): readonly EffectiveValue[] {
  return budgets.map(({ budget: { path, usd }, place }) => ({
    path,
    value: String(usd),
    tier: 'file',
    place,
  }));
}
/** Options whose values may have a password in them. */
const addresses: ReadonlyMap<OptionPath, (url: string) => string> = new Map([
  ['cache.redis_url', shownRedis],
  ['team.database_url', shownDatabase],
]);

function shownValue(path: OptionPath, value: string, environment: Environment): string {
  const masked = addresses.get(path);
  if (masked === undefined) return value;
  const url = resolved(value, environment);
  const name = environmentName(value);
  const shown = url === undefined ? l10n.t('not set') : masked(url);
  return name === undefined ? shown : `${value} (${shown})`;
}

/** What is in force of one model. `placeOf` says where a path below it is written. */
export function deploymentValues(
  deployment: Deployment,
  index: number,
  tier: ConfigurationTier,
  placeOf: (path: readonly string[]) => string | undefined,
): readonly EffectiveValue[] {
  const { id, pool, provider, model, apiBase, key, price, pricedAs, options } = deployment;
  const { apiVersion, qualityPrior01, qualityByTask, protocol } = deployment;
  const { contextWindowTokens, supportsTools, supportsImages } = deployment;
  const rows: readonly (readonly [path: string, value: string | number | boolean | undefined])[] = [
    ['model_name', pool],
    ['litellm_params.model', `${provider}/${model}${protocol === 'responses' ? ' (Responses API)' : ''}`],
    ['litellm_params.api_base', shownBase(apiBase)],
    ['litellm_params.api_key', protocol === 'simulated' ? undefined : shownKey(key)],
    ['litellm_params.api_version', apiVersion],
    ['litellm_params.max_tokens', options.maxOutputTokens],
    ['litellm_params.temperature', options.temperature],
    ['litellm_params.reasoning_effort', options.reasoningEffort],
    ['litellm_params.extra_body', shownBody(options.extraBody)],
    ['model_info.id', id],
    ...(price === undefined ? [] : writtenPrice(price)).map(
      ([name, usd]) => [`model_info.${name}`, usd] as const,
    ),
    ['model_info.base_model', pricedAs],
    ['model_info.quality', qualityPrior01],
    ['model_info.quality_by_task', shownByTask(qualityByTask)],
    ['model_info.max_input_tokens', contextWindowTokens],
    ['model_info.supports_function_calling', supportsTools],
    ['model_info.supports_vision', supportsImages],
  ];
  return rows.flatMap(([path, value]) => {
    if (value === undefined) return [];
    const place = placeOf(path.split('.'));
    return [{ path: `model_list[${index}].${path}`, value: String(value), tier, place }];
  });
}

/** Where a key comes from; never the key. */
function shownKey(key: KeySource): string {
  switch (key.kind) {
    case 'environment':
      return `os.environ/${key.name}`;
    case 'secret':
      return l10n.t('the key that is stored for {0}', key.host);
    case 'none':
      return l10n.t('none needed');
  }
}

function shownByTask(byTask: Deployment['qualityByTask']): string | undefined {
  if (byTask === undefined) return undefined;
  return Object.entries(byTask)
    .map(([name, quality01]) => `${name}: ${String(quality01)}`)
    .join(', ');
}

/** The fields alone: a gateway's key may stand in one. */
function shownBody(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (body === undefined) return undefined;
  return Object.keys(body)
    .map((field) => `${field}: ***`)
    .join(', ');
}
