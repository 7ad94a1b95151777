import * as l10n from '@vscode/l10n';
import { z } from 'zod';
import type { Environment } from './models/environment-reference';
import { aboutOption, optionPaths, optionSchema } from './options';
import type { OptionPath, Setting, Settings } from './options';
import type { ConfigurationProblem } from './problem';

/**
 * The third tier: what the CONDUIT_ variables say. One whose value isn't valid is a problem under its name, and
 * ignored; no message repeats a value.
 */
export function readVariables(environment: Environment): {
  readonly settings: Settings;
  readonly problems: readonly ConfigurationProblem[];
} {
  const settings = new Map<OptionPath, Setting>();
  const problems: ConfigurationProblem[] = [];
  for (const path of optionPaths) {
    const { variable, unit } = aboutOption(path);
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    const read = optionSchema.shape[path].safeParse(unit === 'text' ? text : fromText(text));
    if (read.success) settings.set(path, { value: read.data, tier: 'environment', place: variable });
    else problems.push(environmentProblem(variable, read.error.issues[0]?.message ?? l10n.t('is not valid')));
  }
  return { settings, problems };
}

const plainNumber = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** A number or truth value as a variable writes it; anything else as it is, for the schema to refuse. */
function fromText(text: string): unknown {
  const truth = z.enum(['true', 'false']).safeParse(text);
  if (truth.success) return truth.data === 'true';
  return plainNumber.test(text) ? Number(text) : text;
}

/** What is wrong with an environment variable. It never repeats a value that may hold a key. */
export function environmentProblem(
  name: string,
  message: string,
  severity: ConfigurationProblem['severity'] = 'error',
): ConfigurationProblem {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  return { fileName: 'environment', severity, message, path: name, ...place };
}
