import type { Configuration } from '../core/configuration';
import { presetNames } from '../core/preset';
import { longestSwitchAfter } from './defaults';
import type { FileProblem } from './problem';
import { embeddingModelHint, embeddingModelPattern } from './schema';

/** The third tier: variables that override what files say. */
const variables: Readonly<
  Record<string, (value: string, configuration: Configuration) => Partial<Configuration> | string>
> = {
  CONDUIT_PRESET: (value) => {
    const preset = presetNames.find((name) => name === value);
    return preset === undefined ? `must be one of ${presetNames.join(', ')}` : { preset };
  },
  CONDUIT_SWITCH_AFTER: (value) =>
    /^\d{1,6}$/.test(value) && Number(value) <= longestSwitchAfter
      ? { switchAfter: Number(value) }
      : `must be a whole number from 0 to ${String(longestSwitchAfter)}`,
  CONDUIT_KEEP_PROMPTS: (value) =>
    value === 'true' || value === 'false' ? { keepPrompts: value === 'true' } : 'must be true or false',
  CONDUIT_EMBEDDING_MODEL: (value) =>
    embeddingModelPattern.test(value) ? { embeddingModel: modelOrNone(value) } : embeddingModelHint,
  CONDUIT_POOL: (value, { pools }) =>
    pools.some(({ name }) => name === value)
      ? { defaultPool: value }
      : `there is no pool '${value}' (pools: ${pools.map(({ name }) => name).join(', ')})`,
};

/** Applies the CONDUIT_ variables. A value that isn't valid is a problem under the variable's name, and ignored. */
export function applyEnvironment(
  configuration: Configuration,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly configuration: Configuration; readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = [];
  let applied = configuration;
  for (const [name, read] of Object.entries(variables)) {
    const value = environment[name];
    if (value === undefined || value === '') continue;
    const change = read(value, applied);
    if (typeof change !== 'string') applied = { ...applied, ...change };
    else problems.push(environmentProblem(name, change));
  }
  return { configuration: applied, problems };
}

export function modelOrNone(value: string): string | undefined {
  return value === 'none' ? undefined : value;
}

/** What is wrong with an environment variable. It never repeats a value that may hold a key. */
export function environmentProblem(name: string, message: string): FileProblem {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { fileName: 'environment', severity: 'error', message, path: name, ...place };
}
