import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Pool } from '../../core/terms/deployment';
import { confirm, notify } from '../notify';
import { heldBackKey } from './environment-key';

/** Hosts that keys from the environment may go to without encryption: asked once for each host, and remembered. */
export interface UnencryptedHosts extends vscode.Disposable {
  /** `host` as `hostOf` has it: with `http://`. */
  allowed(host: string): boolean;
  /** Tells once, for each host, of a key that is held back. */
  offer(pools: readonly Pool[]): void;
  /** Asks whether the key in this variable may go there; where it may already, whether that is taken back. */
  review(host: string, variable: string): Promise<void>;
  /** Tells the host that a key may go to from now on, or no longer. */
  onDidChange(listener: (host: string) => unknown): vscode.Disposable;
}

export interface UnencryptedHostsParts {
  /** Of all windows. */
  readonly memory: Pick<vscode.Memento, 'get' | 'update'>;
  readonly environment: NodeJS.ProcessEnv;
}

const allowedKey = 'conduit.keys.unencryptedHosts';

export function createUnencryptedHosts({ memory, environment }: UnencryptedHostsParts): UnencryptedHosts {
  const changed = new vscode.EventEmitter<string>();
  const told = new Set<string>();

  function hosts(): readonly string[] {
    const stored: unknown = memory.get(allowedKey);
    return Array.isArray(stored) ? stored.filter((host) => typeof host === 'string') : [];
  }

  const allowed = (host: string): boolean => hosts().includes(host);

  async function remember(host: string, isAllowed: boolean): Promise<void> {
    const others = hosts().filter((each) => each !== host);
    await memory.update(allowedKey, isAllowed ? [...others, host] : others);
    changed.fire(host);
  }

  async function review(host: string, variable: string): Promise<void> {
    if (allowed(host)) {
      const agreed = await confirm(
        l10n.t('Keep the key in {0} from {1} from now on?', variable, host),
        l10n.t('Models on this host are left out of routing until a key is set again.'),
        l10n.t('Keep It Back'),
      );
      if (agreed) await remember(host, false);
      return;
    }
    const agreed = await confirm(
      l10n.t('Send the key in {0} to {1} without encryption?', variable, host),
      l10n.t('Without https, whoever is on the way can read the key.'),
      l10n.t('Send It'),
      l10n.t('Don’t Send It'),
    );
    if (agreed) await remember(host, true);
  }

  return {
    allowed,
    review,
    offer: (pools) => {
      for (const deployment of pools.flatMap((pool) => pool.deployments)) {
        const held = heldBackKey(deployment, environment, allowed);
        if (held === undefined || told.has(held.host)) continue;
        const { host, variable } = held;
        told.add(host);
        notify(
          'warning',
          l10n.t(
            'The key in {0} would go to {1} without encryption. It is held back, and models there are left out until you decide.',
            variable,
            host,
          ),
          [{ label: l10n.t('Review'), run: () => review(host, variable) }],
        );
      }
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
