import { isJsonObject } from '../core/terms/tools';
import * as l10n from '@vscode/l10n';
import type { ConfigurationTier, OptionPath, Setting, Settings } from './options';
import type { Environment } from './models/environment-reference';
import { environmentName, resolved } from './models/environment-reference';
import { mappingNeeded } from './mapping-needed';
import { aboutOption, databaseProblem, optionPaths, optionSchema, redisProblem } from './options';
import type { Problem } from './problem';
import { optionGroups, optionSections } from './file/unknown-keys';
import type { YamlFile } from './file/yaml-file';
import { numberIn, textIn, truthIn } from './file/written-forms';
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
  for (const group of optionGroups) {
    const path = group.split('.');
    const value = valueAt(yaml.value, path);
    if (value === undefined || value === null || isJsonObject(value)) continue;
    problems.push(yaml.problemAt('warning', path, l10n.t('{0}: it has no effect', mappingNeeded(group))));
  }
  for (const path of optionPaths) {
    const segments = path.split('.');
    const written = valueAt(yaml.value, segments);
    if (written === undefined || written === null) continue;
    const severity = tier === 'workspace' || mustHold.includes(path) ? 'error' : 'warning';
    const say = (message: string): void => {
      const text = severity === 'error' ? message : l10n.t('{0}: it has no effect', message);
      problems.push(yaml.problemAt(severity, segments, text));
    };
    const value = valueIn(path, written, environment);
    if (value === undefined) {
      const name = typeof written === 'string' ? environmentName(written) : undefined;
      say(l10n.t('the environment variable {0} is not set', name ?? ''));
      continue;
    }
    const read = optionSchema.shape[path].safeParse(value);
    if (!read.success) {
      say(read.error.issues[0]?.message ?? l10n.t('is not valid'));
      continue;
    }
    const unset = unsetAddress(path, String(read.data), environment);
    if (unset !== undefined) {
      problems.push(yaml.problemAt('warning', segments, unset));
      continue;
    }
    const { line, fileName = name } = yaml.problemAt('warning', segments, '', true);
    settings.set(path, { value: read.data, tier, place: `${fileName}:${line}` });
  }
  return { settings, problems };
}

/**
 * Options without which a prompt would go elsewhere or a limit would be gone: the file isn't applied with a value of
 * theirs that can't be read. Any other one costs its own effect alone.
 */
const mustHold: readonly OptionPath[] = [
  'router.pool',
  'router.daily_budget_usd',
  'router.max_cost_per_request_usd',
  'budgets.day_usd',
  'budgets.month_usd',
  'budgets.session_usd',
  'budgets.conversation_usd',
  'budgets.request_usd',
  'judge.daily_budget_usd',
];

/** A value as its option takes it: a number or truth value that is written as text too. Undefined: no such variable. */
function valueIn(path: OptionPath, written: unknown, environment: Environment): unknown {
  const { unit } = aboutOption(path);
  // Texts are shown, and where the cache is stays a reference: what a variable holds may be a secret.
  if (unit === 'text') return textIn(written);
  const value = typeof written === 'string' ? resolved(written, environment) : written;
  return unit === 'number' ? numberIn(value) : truthIn(value);
}

/** Why the address that a variable is to hold can't be used: the option has no effect then. */
function unsetAddress(path: OptionPath, text: string, environment: Environment): string | undefined {
  const name = environmentName(text);
  if (name === undefined) return undefined;
  const url = resolved(text, environment);
  switch (path) {
    case 'cache.redis_url':
      if (url === undefined)
        return l10n.t('the environment variable {0} is not set: the cache stays in memory', name);
      return redisProblem(url) === undefined
        ? undefined
        : l10n.t(
            'the environment variable {0} holds no redis:// or rediss:// address: the cache stays in memory',
            name,
          );
    case 'team.database_url':
      if (url === undefined)
        return l10n.t('the environment variable {0} is not set: nothing is shared with a team', name);
      return databaseProblem(url) === undefined
        ? undefined
        : l10n.t(
            'the environment variable {0} holds no postgres:// address that can be used: nothing is shared with a team',
            name,
          );
    default:
      return undefined;
  }
}
