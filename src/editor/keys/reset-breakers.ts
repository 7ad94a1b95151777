import type * as vscode from 'vscode';
import type { Configuration } from '../../core/configuration';
import { hostOf } from '../../core/pool/host';
import type { Breakers } from '../../core/ports';
import type { KeyStore } from './key-store';

/** Closes the breakers of the models on a host whose key changed: what failed with the old key may work now. */
export function resetBreakersOnNewKey(
  keys: Pick<KeyStore, 'onDidChange'>,
  configuration: () => Promise<Configuration>,
  breakers: Pick<Breakers, 'reset'>,
): vscode.Disposable {
  return keys.onDidChange(async (host) => {
    const { pools } = await configuration();
    for (const { id, provider, apiBase } of pools.flatMap((pool) => pool.deployments)) {
      if (provider !== 'vscode' && provider !== 'simulated' && hostOf(apiBase) === host) breakers.reset(id);
    }
  });
}
