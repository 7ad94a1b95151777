import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Loaded, Sources } from '../../../src/config/load-configuration';
import { loadConfiguration } from '../../../src/config/load-configuration';
import type { Deployment } from '../../../src/core/terms/deployment';

type Environment = Sources['environment'];

/** The text of a configuration that a case stands for. */
export function caseText(name: string): string {
  return readFileSync(path.resolve(import.meta.dirname, '../../fixtures/config/cases', name), 'utf8');
}

export function load(
  text: string,
  environment: Environment = {},
  included?: NonNullable<Sources['file']>['included'],
): Loaded {
  return loadConfiguration({
    file: { name: 'conduit.yaml', text, included },
    environment,
    storedHosts: new Set(),
  });
}

/** The models that the file brings; none where it isn't applied. */
export function modelsOf({ configuration }: Loaded): readonly Deployment[] {
  return configuration.source === 'file' ? configuration.pools.flatMap(({ deployments }) => deployments) : [];
}

/** What is said beside ids that are missing and pools of one model: "4 model_list[0].litellm_params.model". */
export function said({ problems }: Loaded): readonly string[] {
  return problems
    .filter(({ path: where }) => where !== 'model_list' && !where.endsWith('.id'))
    .map(({ line, path: where }) => `${String(line)} ${where}`);
}

export function messages({ problems }: Loaded): string {
  return problems.map(({ message }) => message).join('\n');
}

/** A list with a good model beside the ones in question. */
export function listOf(...entries: readonly string[]): string {
  const good =
    '  - { model_name: good, litellm_params: { model: openai/gpt-4o, api_key: os.environ/KEY } }\n';
  return `model_list:\n${good}${entries.map((entry) => `  - ${entry}\n`).join('')}`;
}

/** The models beside the good one. */
export function othersIn(loaded: Loaded): readonly Deployment[] {
  return modelsOf(loaded).filter(({ pool }) => pool !== 'good');
}
