import * as l10n from '@vscode/l10n';
import type { Deployment } from '../../core/terms/deployment';
import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import { heldBackKey } from './environment-key';

/** Where a deployment's key comes from and whether it is there, in words. `storedHosts` have a key in secret storage. */
export function keyStateOf(
  deployment: Deployment,
  storedHosts: ReadonlySet<string>,
  environment: NodeJS.ProcessEnv,
  unencrypted: (host: string) => boolean,
): string {
  const { key, apiBase } = deployment;
  if (!isRemote(deployment)) return l10n.t('needs no key');
  const host = hostOf(apiBase);
  const stored = storedHosts.has(host);
  switch (key.kind) {
    case 'none':
      return stored ? l10n.t('stored key for {0}', host) : l10n.t('no key needed');
    case 'secret':
      return storedHosts.has(key.host) ? l10n.t('stored key for {0}', key.host) : l10n.t('no key stored');
    case 'environment':
      if (heldBackKey(deployment, environment, unencrypted) !== undefined)
        return stored
          ? l10n.t('stored key for {0} ({1} is held back)', host, key.name)
          : l10n.t('no key: {0} is held back from {1}', key.name, host);
      if (environment[key.name]) return l10n.t('key from {0}', key.name);
      return stored
        ? l10n.t('stored key for {0} ({1} is not set)', host, key.name)
        : l10n.t('no key: {0} is not set', key.name);
  }
}
