import type * as vscode from 'vscode';
import type { Configuration } from '../../core/terms/configuration';
import { isRemote } from '../../core/terms/deployment';
import { hostOf } from '../../core/terms/host';
import type { Breakers } from '../../core/terms/ports';
import type { KeyStore } from './key-store';

/** Closes the breakers of the models on a host whose key changed: what failed with the old key may work now. */
export function resetBreakersOnNewKey(
  keys: Pick<KeyStore, 'onDidChange'>,
  configuration: () => Promise<Configuration>,
  breakers: Pick<Breakers, 'reset'>,
): vscode.Disposable {
  return keys.onDidChange(async (host) => {
    const { pools } = await configuration();
    for (const deployment of pools.flatMap((pool) => pool.deployments)) {
      if (isRemote(deployment) && hostOf(deployment.apiBase) === host) breakers.reset(deployment.id);
    }
  });
}
