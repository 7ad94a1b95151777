import type { EffectiveValue } from '../effective-values';
import type { ConfigurationProblem } from '../problem';
import { deploymentValues } from '../effective-values';
import type { Environment } from '../models/environment-reference';
import { fileNames, loadConfiguration } from '../load-configuration';
import type { NamedText } from './named-text';

/** What a file says, ready to print: keys by where they come from, secrets masked. */
interface Report {
  /** Empty where the file has errors: nothing of it would be applied. */
  readonly pools: readonly {
    readonly name: string;
    /** By field: "model_info.id", "litellm_params.model". */
    readonly models: readonly Readonly<Record<string, string>>[];
  }[];
  readonly problems: readonly ConfigurationProblem[];
  readonly values: readonly EffectiveValue[];
}

/** Checks a user's conduit.yaml through the code that the editor uses. */
export function checkFile(
  file: NamedText,
  environment: Environment,
): { readonly report: Report; readonly ok: boolean } {
  const { configuration, problems, values } = loadConfiguration({
    file,
    environment,
    storedHosts: new Set(),
  });
  const ok = problems.every(({ severity }) => severity !== 'error');
  const names = fileNames(file);
  const broken = problems.some(({ fileName, severity }) => names.has(fileName) && severity === 'error');
  const pools = configuration.pools.map(({ name, deployments }) => ({
    name,
    models: deployments.map((deployment) =>
      Object.fromEntries(
        deploymentValues(deployment, 0, 'file', () => undefined).map(({ path, value }) => [
          path.replace(/^model_list\[0\]\./, ''),
          value,
        ]),
      ),
    ),
  }));
  return { report: { pools: broken ? [] : pools, problems, values: broken ? [] : values }, ok };
}
