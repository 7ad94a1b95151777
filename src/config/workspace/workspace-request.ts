import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../core/terms/deployment';
import { shownDatabase } from '../../core/terms/database-place';
import { hostOf } from '../../core/terms/host';
import { writtenPrice } from '../../vendors/price-fields';
import { environmentName, namesReferred } from '../models/environment-reference';
import type { OptionPath } from '../options';
import type { FileConfiguration } from '../file/parse-configuration';
import { shownRedis } from '../redis-url';
import { shown } from '../shown-text';
import { keysOf, listAt, valueAt } from '../file/yaml-value';

/** What a workspace's file would do if it were allowed, one sentence each. */
export function requestLines({ pools, settings }: FileConfiguration, file: unknown): readonly string[] {
  const deployments = pools.flatMap((pool) => pool.deployments);
  const options = [...settings].filter(([path]) => path !== 'router.pool' && path !== 'router.preset');
  return [
    ...new Set(deployments.map(whereTo)),
    ...variablesRead(deployments, file),
    ...deployments.flatMap(extraFields),
    ...deployments.flatMap(statedPrice),
    ...options.map(([path, { value }]) => optionLine(path, String(value))),
  ];
}

function whereTo({ pool, protocol, model, apiBase, key }: Deployment): string {
  const name = shown(pool);
  if (protocol === 'editor')
    return l10n.t("Prompts of pool '{0}' would go to the editor’s own model {1}.", name, shown(model));
  const host = hostOf(apiBase);
  switch (key.kind) {
    case 'environment':
      return l10n.t(
        "Prompts of pool '{0}' would go to {1}, with the key in the environment variable {2}.",
        name,
        host,
        key.name,
      );
    case 'secret':
      return l10n.t(
        "Prompts of pool '{0}' would go to {1}, with the key that is stored for {2}.",
        name,
        host,
        key.host,
      );
    case 'none':
      return l10n.t(
        "Prompts of pool '{0}' would go to {1}, with no key but one that is stored for it.",
        name,
        host,
      );
  }
}

/** Variables whose values would be read for something else than a key or an address: they may be sent. */
function variablesRead(deployments: readonly Deployment[], file: unknown): readonly string[] {
  if (deployments.length === 0) return [];
  const told = new Set(deployments.flatMap(({ key }) => (key.kind === 'environment' ? [key.name] : [])));
  const others = (fields: unknown): unknown =>
    Object.fromEntries(
      keysOf(fields)
        .filter((field) => !['api_key', 'api_base', 'base_url'].includes(field))
        .map((field) => [field, valueAt(fields, [field])]),
    );
  const read = [
    ...listAt(file, ['model_list']).map((model) => [
      others(valueAt(model, ['litellm_params'])),
      valueAt(model, ['model_info']),
    ]),
    ...listAt(file, ['credential_list']).map((entry) => others(valueAt(entry, ['credential_values']))),
    valueAt(file, ['environment_variables']),
  ];
  const names = namesReferred(read).filter((name) => !told.has(name));
  return names.length === 0
    ? []
    : [
        l10n.t(
          'What stands in these environment variables would be read, and may be sent: {0}.',
          names.map((name) => shown(name)).join(', '),
        ),
      ];
}

function extraFields({ id, options }: Deployment): readonly string[] {
  const fields = Object.keys(options.extraBody ?? {}).map((field) => shown(field));
  return fields.length === 0
    ? []
    : [l10n.t("Requests to '{0}' would carry the fields {1}.", shown(id), fields.join(', '))];
}

/** Those that have a sentence of their own. */
const plainPrices = new Set([
  'input_cost_per_token',
  'output_cost_per_token',
  'cache_read_input_token_cost',
  'cache_creation_input_token_cost',
]);

/** The cost limits go by it: at a price of 0 none of them would ever hold. */
function statedPrice({ id, price, pricedAs }: Deployment): readonly string[] {
  const named = pricedAs === undefined ? [] : [l10n.t('{0} would be {1}.', 'base_model', shown(pricedAs))];
  if (price === undefined) return named;
  const { cachedInputUsdPerToken: read, cacheWriteUsdPerToken: written } = price;
  const perMillion = (usd: number): string => `$${Number((usd * 1e6).toPrecision(12))}`;
  const whole = l10n.t(
    "The cost of '{0}' would be counted as {1} in, {2} out per million tokens, as this file says.",
    shown(id),
    perMillion(price.inputUsdPerToken),
    perMillion(price.outputUsdPerToken),
  );
  const cached = [
    ...(read === undefined ? [] : [l10n.t('What a cache held counts as {0}.', perMillion(read))]),
    ...(written === undefined ? [] : [l10n.t('What a cache is to hold counts as {0}.', perMillion(written))]),
  ];
  const further = writtenPrice(price)
    .filter(([name]) => !plainPrices.has(name))
    .map(([name, usd]) => l10n.t('{0} would be {1}.', name, String(usd)));
  return [[whole, ...cached, ...further].join(' '), ...named];
}

function optionLine(path: OptionPath, value: string): string {
  switch (path) {
    case 'cache.redis_url': {
      const name = environmentName(value);
      const where =
        name === undefined ? shownRedis(value) : l10n.t('the address in the environment variable {0}', name);
      return l10n.t('Vectors and recent choices would be kept in Redis at {0}.', shown(where));
    }
    case 'team.database_url': {
      const name = environmentName(value);
      const where =
        name === undefined
          ? shownDatabase(value)
          : l10n.t('the address in the environment variable {0}', name);
      return l10n.t(
        'What is learnt from your answers would be shared with a team, in the database at {0}, once you agree to what goes there.',
        shown(where),
      );
    }
    case 'team.share_vectors':
      return l10n.t(
        'A team would also get what a sentence encoder makes of your prompts: {0}.',
        shown(value),
      );
    case 'instructions':
      return l10n.t('Every conversation would begin with these instructions: “{0}”', shown(value, 2_000));
    case 'judge.enabled':
      return value === 'true'
        ? l10n.t(
            'A part of your questions and of their answers would also be sent to another model, which judges the answers.',
          )
        : l10n.t('No model would judge answers.');
    case 'judge.model':
      return l10n.t('Answers would be judged by {0}, with the questions that they answer.', shown(value));
    case 'judge.daily_budget_usd':
      return l10n.t('Judging answers could cost {0} USD a day.', shown(value));
    case 'judge.rubric':
      return l10n.t('A judge would be told: “{0}”', shown(value, 2_000));
    case 'embedding_model':
      return l10n.t(
        'Prompts would be described by the sentence encoder {0}, from the model hub.',
        shown(value),
      );
    default:
      return l10n.t('{0} would be {1}.', path, shown(value));
  }
}
