import * as l10n from '@vscode/l10n';
import type { Configuration } from '../../core/terms/configuration';
import type { EffectiveValue } from '../../config/effective-values';
import type { ConfigurationTier } from '../../config/options';
import type { Deployment } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';

export interface Effective {
  readonly configuration: Configuration;
  readonly values: readonly EffectiveValue[];
  /** The pool that requests go to. */
  readonly pool: string;
  /** What is known of a deployment's key, without the key. */
  readonly keyOf: (deployment: Deployment) => string;
}

/** The text of `Conduit: Show Effective Configuration`: YAML, so that the editor colours it; where from as a comment. */
export function effectiveText({ configuration, values, pool, keyOf }: Effective): string {
  const lines = values.map(({ path, value, tier, place }) => ({
    left: `${path}: ${yamlText(value)}`,
    from: place === undefined ? tierName(tier) : `${tierName(tier)}, ${place}`,
  }));
  const pools = configuration.pools.flatMap(({ name, deployments }) => [
    { left: `  ${yamlText(name)}:`, from: name === pool ? l10n.t('requests go here') : undefined },
    ...deployments.map((deployment) => ({
      left: `    - ${yamlText(deployment.id)}`,
      from: `${servedBy(deployment)}; ${keyOf(deployment)}`,
    })),
  ]);
  return [
    `# ${l10n.t('What is in force now, and where each value comes from. This page can’t be changed: it follows.')}`,
    `# ${l10n.t('A later tier overrides: default, your conduit.yaml, the workspace’s conduit.yaml, the environment.')}`,
    '',
    ...aligned(lines),
    '',
    `# ${l10n.t('Pools, from {0}', sourceText(configuration.source))}`,
    'pools:',
    ...aligned(pools),
    '',
  ].join('\n');
}

function aligned(
  lines: readonly { readonly left: string; readonly from: string | undefined }[],
): readonly string[] {
  const width = Math.min(60, Math.max(0, ...lines.map(({ left }) => left.length)));
  return lines.map(({ left, from }) => (from === undefined ? left : `${left.padEnd(width)}  # ${from}`));
}

/** Plain where YAML surely reads it as it stands, else quoted. */
function yamlText(value: string): string {
  return /^[\w/.•]([\w/.•@,+~()%-]|[ :](?=[\w/.•(]))*$/.test(value) && !/: /.test(value)
    ? value
    : JSON.stringify(value);
}

function tierName(tier: ConfigurationTier): string {
  switch (tier) {
    case 'default':
      return l10n.t('default');
    case 'file':
      return l10n.t('your file');
    case 'workspace':
      return l10n.t('workspace');
    case 'environment':
      return l10n.t('environment');
  }
}

function sourceText(source: Configuration['source']): string {
  switch (source) {
    case 'file':
      return 'conduit.yaml';
    case 'keys':
      return l10n.t('the keys and servers that are there: no file lists models');
    case 'simulated':
      return l10n.t(
        'nothing: no file lists models, and no key and no server was found, so they are simulated',
      );
  }
}

function servedBy({ provider, protocol, model, apiBase }: Deployment): string {
  if (protocol === 'simulated') return l10n.t('simulated');
  if (protocol === 'editor') return l10n.t('{0}, a model of the editor', model);
  return l10n.t('{0}/{1} at {2}', provider, model, hostOf(apiBase));
}
