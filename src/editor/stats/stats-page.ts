import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import { signalNames } from '../../core/reward/signal-table';
import type { Breakers } from '../../core/terms/ports';
import type { SignalName } from '../../core/terms/signals';
import type { ToStats } from '../../webview/protocol/stats';
import { fromStatsSchema } from '../../webview/protocol/stats';
import { viewCommands, viewIds } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { notify } from '../notify';
import { errorText } from '../shown/error-text';
import { changedSignals } from './learning-view';
import { statsView } from './stats-view';
import type { Page } from '../webview-html';
import { webviewHtml, webviewOptions } from '../webview-html';

export interface StatsParts {
  readonly extensionUri: vscode.Uri;
  readonly conduit: () => Promise<Conduit>;
  readonly breakers: () => Promise<Breakers>;
  readonly configuration: ConfigurationSource;
  /** Learns from a signal, or no longer; tells the user what came of it. */
  readonly turnSignal: (name: SignalName, on: boolean) => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}

/** The routing stats: a page of their own, and a summary in the side bar. */
export interface StatsPages extends vscode.Disposable {
  show(): void;
  /** Something was recorded in this window: pages that are open follow at once. */
  recorded(): void;
}

/** How often open pages look for what other windows recorded. */
const lookEveryMs = 3_000;

export function createStatsPages(parts: StatsParts): StatsPages {
  const open = new Set<vscode.Webview>();
  let panel: vscode.WebviewPanel | undefined;
  let looking: NodeJS.Timeout | undefined;
  let shownBreakers = '';

  async function update(webviews: Iterable<vscode.Webview>): Promise<void> {
    let message: ToStats;
    try {
      const [conduit, breakers, configuration, values] = await Promise.all([
        parts.conduit(),
        parts.breakers(),
        parts.configuration.current(),
        parts.configuration.values(),
      ]);
      await conduit.refresh();
      message = statsView({
        stats: conduit.stats(),
        configuration,
        breakers,
        spentToday: conduit.spentToday(),
        changedSignals: changedSignals(values),
        judges: conduit.judges(),
      });
    } catch (error) {
      parts.log.error(`The routing stats were not read: ${errorText(error)}`);
      message = { type: 'failed', text: errorText(error) };
    }
    for (const webview of webviews) void webview.postMessage(message);
  }

  /** Breakers open and close again with time: what they say is a part of what is looked for. */
  async function breakerStates(): Promise<string> {
    const [breakers, { pools }] = await Promise.all([parts.breakers(), parts.configuration.current()]);
    return pools.flatMap(({ deployments }) => deployments.map(({ id }) => breakers.stateOf(id))).join();
  }

  async function look(): Promise<void> {
    try {
      const conduit = await parts.conduit();
      const before = shownBreakers;
      shownBreakers = await breakerStates();
      if ((await conduit.refresh()) || shownBreakers !== before) await update(open);
    } catch (error) {
      parts.log.debug(`The ledger was not read: ${errorText(error)}`);
    }
  }

  async function resetBreaker(model: string): Promise<void> {
    (await parts.breakers()).reset(model);
    await update(open);
  }

  async function turnSignal(signal: string, on: boolean): Promise<void> {
    const name = signalNames.find((each) => each === signal);
    if (name === undefined) return parts.log.warn(`There is no signal ${signal}.`);
    try {
      await parts.turnSignal(name, on);
    } catch (error) {
      parts.log.error(`The signal ${name} was not changed: ${errorText(error)}`);
      notify('error', `Conduit: ${errorText(error)}`, [
        { label: l10n.t('Show Log'), run: () => parts.log.show() },
      ]);
    }
    await update(open);
  }

  function attach(webview: vscode.Webview, page: Page): void {
    webview.options = webviewOptions(parts.extensionUri);
    webview.html = webviewHtml(webview, parts.extensionUri, page);
    webview.onDidReceiveMessage((raw: unknown) => {
      const message = fromStatsSchema.safeParse(raw);
      if (!message.success)
        return parts.log.warn('The stats page sent a message that Conduit does not know.');
      switch (message.data.type) {
        case 'ready':
          return void update([webview]);
        case 'reset-breaker':
          return void resetBreaker(message.data.model);
        case 'turn-signal':
          return void turnSignal(message.data.signal, message.data.on);
        case 'command':
          return void vscode.commands.executeCommand(viewCommands[message.data.command]);
      }
    });
    open.add(webview);
    looking ??= setInterval(() => void look(), lookEveryMs);
  }

  function detach(webview: vscode.Webview): void {
    open.delete(webview);
    if (open.size > 0) return;
    clearInterval(looking);
    looking = undefined;
  }

  const summary = vscode.window.registerWebviewViewProvider(viewIds.summary, {
    resolveWebviewView: ({ webview, onDidDispose }) => {
      attach(webview, 'summary');
      onDidDispose(() => detach(webview));
    },
  });
  const configurationChange = parts.configuration.onDidChange(() => void update(open));

  return {
    show: () => {
      if (panel !== undefined) return panel.reveal();
      const created = vscode.window.createWebviewPanel(
        'conduit.stats',
        l10n.t('Conduit: Routing Stats'),
        vscode.ViewColumn.Active,
      );
      panel = created;
      created.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'icon.svg');
      attach(created.webview, 'stats');
      created.onDidDispose(() => {
        panel = undefined;
        detach(created.webview);
      });
    },
    recorded: () => {
      if (open.size > 0) void update(open);
    },
    dispose: () => {
      clearInterval(looking);
      panel?.dispose();
      summary.dispose();
      configurationChange.dispose();
    },
  };
}
