import { isJsonObject } from '../core/terms/tools';
import * as l10n from '@vscode/l10n';
import type { ConfigurationTier, OptionPath, Setting, Settings } from './options';
import type { Environment } from './models/environment-reference';
import { environmentName, resolved } from './models/environment-reference';
import { optionPaths, optionSchema, redisProblem } from './options';
import type { Problem } from './problem';
import { optionSections } from './file/unknown-keys';
import type { YamlFile } from './file/yaml-file';
import { valueAt } from './file/yaml-value';

/** Where a file's values come from. */
export interface FileTier {
  readonly name: string;
  readonly tier: ConfigurationTier;
}

/** The options that a file sets, and what is wrong with them. */
export function readSettings(
  yaml: YamlFile,
  { name, tier }: FileTier,
  environment: Environment,
): { readonly settings: Settings; readonly problems: readonly Problem[] } {
  const settings = new Map<OptionPath, Setting>();
  const problems: Problem[] = [];
  for (const section of optionSections) {
    const value = valueAt(yaml.value, [section]);
    if (value !== undefined && value !== null && !isJsonObject(value))
      problems.push(yaml.problemAt('error', [section], mappingNeeded(section)));
  }
  for (const path of optionPaths) {
    const segments = path.split('.');
    const value = valueAt(yaml.value, segments);
    if (value === undefined || value === null) continue;
    const read = optionSchema.shape[path].safeParse(value);
    if (!read.success) {
      problems.push(
        yaml.problemAt('error', segments, read.error.issues[0]?.message ?? l10n.t('is not valid')),
      );
      continue;
    }
    const unset = path === 'cache.redis_url' ? unsetRedis(String(read.data), environment) : undefined;
    if (unset !== undefined) {
      problems.push(yaml.problemAt('warning', segments, unset));
      continue;
    }
    const { line } = yaml.problemAt('warning', segments, '', true);
    settings.set(path, { value: read.data, tier, place: `${name}:${line}` });
  }
  return { settings, problems };
}

function mappingNeeded(section: string): string {
  return section === 'router'
    ? l10n.t('must be a mapping, for example { preset: balanced }')
    : l10n.t('must be a mapping');
}

/** Why the Redis that a variable is to name can't be used: the cache stays in memory then. */
function unsetRedis(text: string, environment: Environment): string | undefined {
  const name = environmentName(text);
  if (name === undefined) return undefined;
  const url = resolved(text, environment);
  if (url === undefined)
    return l10n.t('the environment variable {0} is not set: the cache stays in memory', name);
  return redisProblem(url) === undefined
    ? undefined
    : l10n.t(
        'the environment variable {0} holds no redis:// or rediss:// address: the cache stays in memory',
        name,
      );
}
