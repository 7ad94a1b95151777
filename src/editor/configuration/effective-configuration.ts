import * as vscode from 'vscode';
import type { Deployment } from '../../core/terms/deployment';
import type { ConfigurationSource } from './configuration-source';
import { effectiveText } from './effective-text';
import { keyStateOf } from '../keys/key-state';
import type { KeyStore } from '../keys/key-store';

const scheme = 'conduit-effective';
const uri = vscode.Uri.from({ scheme, path: '/Effective Configuration.yaml' });

/** A read-only page of every value in force, with where it comes from. It follows changes while it is open. */
export interface EffectiveConfigurationPage extends vscode.Disposable {
  /** `Conduit: Show Effective Configuration`. */
  show(): Promise<void>;
}

export function createEffectiveConfigurationPage(
  configuration: ConfigurationSource,
  keys: KeyStore,
  environment: NodeJS.ProcessEnv,
  unencrypted: (host: string) => boolean,
): EffectiveConfigurationPage {
  const changed = new vscode.EventEmitter<vscode.Uri>();

  async function text(): Promise<string> {
    const [inForce, values, pool, hosts] = await Promise.all([
      configuration.current(),
      configuration.values(),
      configuration.pool(),
      keys.hosts(),
    ]);
    const keyOf = (deployment: Deployment): string => keyStateOf(deployment, hosts, environment, unencrypted);
    return effectiveText({ configuration: inForce, values, pool: pool.name, keyOf });
  }

  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: text,
    }),
    configuration.onDidChange(() => changed.fire(uri)),
  );
  return {
    show: async () => {
      await configuration.refresh();
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
    },
    dispose: () => void subscriptions.dispose(),
  };
}
