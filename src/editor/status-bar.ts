import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConfigurationSource } from './configuration/configuration-source';

export interface StatusBar extends vscode.Disposable {
  /** Names the model that answered last. */
  showModel(model: string): void;
  /** Names the space of the sentence encoder that describes prompts; undefined: there is none. */
  showEncoder(space: string | undefined): void;
  refresh(): Promise<void>;
}

/** The pool and the last model; a click opens the routing stats. */
export function createStatusBar(configuration: ConfigurationSource): StatusBar {
  const item = vscode.window.createStatusBarItem('conduit.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Conduit';
  item.command = 'conduit.showStats';
  item.text = '$(type-hierarchy) Conduit';
  item.tooltip = l10n.t('Conduit: show routing stats');
  item.show();
  let model: string | undefined;
  let encoder: string | undefined;

  async function refresh(): Promise<void> {
    const pool = await configuration.pool();
    item.text = `$(type-hierarchy) ${pool.name}${model === undefined ? '' : ` · ${model}`}`;
    const last = model === undefined ? l10n.t('nothing asked yet') : l10n.t('last answered by {0}', model);
    item.tooltip = [
      l10n.t('Conduit: pool {0}, {1}.', pool.name, last),
      ...(pool.simulated ? [l10n.t('Models are simulated: set an API key to use real ones.')] : []),
      ...(encoder === undefined ? [] : [l10n.t('Prompts are described by the encoder {0}.', encoder)]),
      l10n.t('Click for the routing stats.'),
    ].join('\n');
    item.accessibilityInformation = {
      label: l10n.t('Conduit, pool {0}, {1}', pool.name, last),
      role: 'button',
    };
  }

  const subscription = configuration.onDidChange(() => void refresh());
  return {
    refresh,
    showModel: (answered) => {
      model = answered;
      void refresh();
    },
    showEncoder: (space) => {
      encoder = space;
      void refresh();
    },
    dispose: () => {
      subscription.dispose();
      item.dispose();
    },
  };
}
