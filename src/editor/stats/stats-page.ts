import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import { signalNames } from '../../core/reward/signal-table';
import type { Measure } from '../../core/terms/configuration';
import type { Facts } from '../../core/terms/facts';
import type { Breakers, PriceBook } from '../../core/terms/ports';
import type { SignalName } from '../../core/terms/signals';
import type { ToStats } from '../../webview/protocol/stats';
import { fromStatsSchema } from '../../webview/protocol/stats';
import { wholeLook } from '../../webview/protocol/stats-board';
import { viewCommands, viewIds } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { notify } from '../notify';
import { errorText } from '../shown/error-text';
import { createBoardSession } from './board-session';
import { savePicture } from './save-picture';
import { summaryView } from './stats-view';
import type { Page } from '../webview-html';
import { webviewHtml, webviewOptions } from '../webview-html';
import { tabIcon } from '../tab-icon';

export interface StatsParts {
  readonly extensionUri: vscode.Uri;
  readonly conduit: () => Promise<Conduit>;
  readonly facts: () => Promise<Facts>;
  readonly breakers: () => Promise<Breakers>;
  readonly prices: () => Promise<PriceBook>;
  readonly configuration: ConfigurationSource;
  /** Learns from a signal, or no longer; tells the user what came of it. */
  readonly turnSignal: (name: SignalName, on: boolean) => Promise<void>;
  /** Measures the others against a model, or none; tells the user what came of it. */
  readonly measure: (measure: Measure | undefined) => Promise<void>;
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
  /** What is open, and how each of it shows what is new. */
  const open = new Map<vscode.Webview, () => Promise<void>>();
  let panel: vscode.WebviewPanel | undefined;
  let looking: NodeJS.Timeout | undefined;
  let shownBreakers = '';
  /** A page that is opened anew shows what the last one did. */
  let lastLook = wholeLook;

  async function update(): Promise<void> {
    await Promise.all(Array.from(open.values(), (show) => show()));
  }

  async function summary(): Promise<ToStats> {
    const [conduit, breakers, configuration] = await Promise.all([
      parts.conduit(),
      parts.breakers(),
      parts.configuration.current(),
    ]);
    await conduit.refresh();
    return summaryView({
      stats: conduit.stats(),
      configuration,
      breakers,
      spentToday: conduit.spentToday(),
      judges: conduit.judges(),
    });
  }

  /** A failure is shown in the place of what was asked for. */
  async function showing(webview: vscode.Webview, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      parts.log.error(`The routing stats were not read: ${errorText(error)}`);
      const message: ToStats = { type: 'failed', text: errorText(error) };
      void webview.postMessage(message);
    }
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
      if ((await conduit.refresh()) || shownBreakers !== before) await update();
    } catch (error) {
      parts.log.debug(`The ledger was not read: ${errorText(error)}`);
    }
  }

  async function resetBreaker(model: string): Promise<void> {
    (await parts.breakers()).reset(model);
    await update();
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
    await update();
  }

  async function measure(model: string, on: boolean): Promise<void> {
    if (!on) {
      await parts.measure(undefined);
      return update();
    }
    const { agreeToMeasure, groundsFor } = await import('./agree-to-measure');
    const [facts, configuration, prices] = await Promise.all([
      parts.facts(),
      parts.configuration.current(),
      parts.prices(),
    ]);
    const grounds = await groundsFor(model, facts, configuration, prices);
    const share = grounds && (await agreeToMeasure(grounds));
    if (share === undefined) return;
    await parts.measure({ against: model, share });
    await update();
  }

  function attach(webview: vscode.Webview, page: Page): void {
    webview.options = webviewOptions(parts.extensionUri);
    webview.html = webviewHtml(webview, parts.extensionUri, page);
    const post = (message: ToStats): void => void webview.postMessage(message);
    const board = page === 'summary' ? undefined : createBoardSession({ ...parts, nowMs: Date.now, post });
    const show = (): Promise<void> => showing(webview, board?.update ?? (async () => post(await summary())));
    webview.onDidReceiveMessage((raw: unknown) => {
      const message = fromStatsSchema.safeParse(raw);
      if (!message.success)
        return parts.log.warn('The stats page sent a message that Conduit does not know.');
      switch (message.data.type) {
        case 'ready':
        case 'look': {
          const { look } = message.data;
          if (board === undefined) return void show();
          lastLook = look ?? lastLook;
          const wanted = lastLook;
          return void showing(webview, () => board.look(wanted));
        }
        case 'reset-breaker':
          return void resetBreaker(message.data.model);
        case 'turn-signal':
          return void turnSignal(message.data.signal, message.data.on);
        case 'measure': {
          const { model, on } = message.data;
          return void telling(() => measure(model, on));
        }
        case 'command':
          return void vscode.commands.executeCommand(viewCommands[message.data.command]);
        case 'detail': {
          const { id } = message.data;
          return void showing(webview, async () => board?.detail(id));
        }
        case 'export': {
          const { format } = message.data;
          return void telling(async () => board?.export(format));
        }
        case 'copy':
          return void vscode.env.clipboard.writeText(message.data.text);
        case 'save-picture': {
          const { name, base64 } = message.data;
          return void telling(() => savePicture(name, base64));
        }
      }
    });
    open.set(webview, show);
    looking ??= setInterval(() => void look(), lookEveryMs);
  }

  /** What the user asked for, and should hear of where it can't be done. */
  async function telling(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      notify('error', `Conduit: ${errorText(error)}`, [
        { label: l10n.t('Show Log'), run: () => parts.log.show() },
      ]);
    }
  }

  function detach(webview: vscode.Webview): void {
    open.delete(webview);
    if (open.size > 0) return;
    clearInterval(looking);
    looking = undefined;
  }

  const sideBar = vscode.window.registerWebviewViewProvider(viewIds.summary, {
    resolveWebviewView: ({ webview, onDidDispose }) => {
      attach(webview, 'summary');
      onDidDispose(() => detach(webview));
    },
  });
  const configurationChange = parts.configuration.onDidChange(() => void update());

  return {
    show: () => {
      if (panel !== undefined) return panel.reveal();
      const created = vscode.window.createWebviewPanel(
        'conduit.stats',
        l10n.t('Conduit: Routing Stats'),
        vscode.ViewColumn.Active,
      );
      panel = created;
      created.iconPath = tabIcon(parts.extensionUri);
      attach(created.webview, 'stats');
      created.onDidDispose(() => {
        panel = undefined;
        detach(created.webview);
      });
    },
    recorded: () => {
      if (open.size > 0) void update();
    },
    dispose: () => {
      clearInterval(looking);
      panel?.dispose();
      sideBar.dispose();
      configurationChange.dispose();
    },
  };
}
