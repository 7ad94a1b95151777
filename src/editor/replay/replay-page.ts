import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { HistoryChange } from '../../core/replay/history-change';
import type { Replayed } from '../../core/replay/replayed';
import type { PriceBook } from '../../core/terms/ports';
import type { FromReplay, ReplayChange, ToReplay } from '../../webview/protocol/replay';
import { fromReplaySchema } from '../../webview/protocol/replay';
import { viewCommands } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import { notify } from '../notify';
import { errorText } from '../shown/error-text';
import { countText } from '../stats/board/figures';
import { tabIcon } from '../tab-icon';
import { webviewHtml, webviewOptions } from '../webview-html';
import { changeOf, replayForm } from './replay-form';
import { replayResult } from './replay-view';

export interface ReplayPageParts {
  readonly extensionUri: vscode.Uri;
  readonly conduit: () => Promise<Pick<Conduit, 'replay'>>;
  readonly configuration: Pick<ConfigurationSource, 'current' | 'onDidChange'>;
  readonly prices: () => Promise<Pick<PriceBook, 'costOf'>>;
  readonly log: vscode.LogOutputChannel;
}

/** `Conduit: Replay My History`: what would have happened with something changed. It asks and records nothing. */
export interface ReplayPage extends vscode.Disposable {
  show(): void;
}

export function createReplayPage(parts: ReplayPageParts): ReplayPage {
  const { extensionUri, log } = parts;
  let panel: vscode.WebviewPanel | undefined;
  let running: AbortController | undefined;
  let last: { readonly change: HistoryChange; readonly replayed: Replayed } | undefined;

  function post(message: ToReplay): void {
    void panel?.webview.postMessage(message);
  }

  async function form(): Promise<void> {
    const [configuration, prices] = await Promise.all([parts.configuration.current(), parts.prices()]);
    const usage = { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 0 };
    post(replayForm(configuration, (each) => prices.costOf(each, usage, false).kind !== 'unknown'));
  }

  /** One at a time: what is asked for anew takes the place of what runs. */
  async function run(wanted: ReplayChange): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    post({ type: 'progress', share01: 0 });
    try {
      await runUntilOvertaken(wanted, mine);
    } catch (error) {
      if (running !== mine) return;
      running = undefined;
      fail(error);
    }
  }

  function fail(error: unknown): void {
    log.error(`The history was not replayed: ${errorText(error)}`);
    post({ type: 'failed', text: errorText(error) });
  }

  async function runUntilOvertaken(wanted: ReplayChange, mine: AbortController): Promise<void> {
    const [conduit, configuration] = await Promise.all([parts.conduit(), parts.configuration.current()]);
    const change = changeOf(wanted, configuration);
    let shown = 0;
    const replayed = await conduit.replay(change, {
      signal: mine.signal,
      onProgress: (share01) => {
        // A page is told of whole percents.
        if (running !== mine || share01 - shown < 0.01) return;
        shown = share01;
        post({ type: 'progress', share01 });
      },
    });
    if (running !== mine) return;
    running = undefined;
    if (replayed === undefined) return post({ type: 'cancelled' });
    last = { change, replayed };
    post(replayResult(replayed, change) ?? { type: 'empty', text: whyEmpty(replayed) });
  }

  async function obey(message: FromReplay): Promise<void> {
    switch (message.type) {
      case 'ready':
        return form().catch(fail);
      case 'run':
        return run(message.change);
      case 'cancel':
        return running?.abort();
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'copy-json':
        if (last !== undefined) await vscode.env.clipboard.writeText(jsonOf(last));
        return;
      case 'command':
        await vscode.commands.executeCommand(viewCommands[message.command]);
    }
  }

  function receive(raw: unknown): void {
    const message = fromReplaySchema.safeParse(raw);
    if (!message.success)
      return log.warn('The page of the replay sent a message that Conduit does not know.');
    obey(message.data).catch((error: unknown) => {
      log.error(`Replay: ${errorText(error)}`);
      notify('error', `Conduit: ${errorText(error)}`, [{ label: l10n.t('Show Log'), run: () => log.show() }]);
    });
  }

  const configurationChange = parts.configuration.onDidChange(() => {
    if (panel !== undefined) void form().catch(fail);
  });

  return {
    show: () => {
      if (panel !== undefined) return panel.reveal();
      const created = vscode.window.createWebviewPanel(
        'conduit.replay',
        l10n.t('Conduit: My History Replayed'),
        vscode.ViewColumn.Active,
        // What was computed for seconds isn't computed again for having been hidden.
        { retainContextWhenHidden: true },
      );
      panel = created;
      created.iconPath = tabIcon(extensionUri);
      created.webview.options = webviewOptions(extensionUri);
      created.webview.html = webviewHtml(created.webview, extensionUri, 'replay');
      created.webview.onDidReceiveMessage(receive);
      created.onDidDispose(() => {
        running?.abort();
        running = last = panel = undefined;
      });
    },
    dispose: () => {
      configurationChange.dispose();
      running?.abort();
      panel?.dispose();
    },
  };
}

function whyEmpty({ decisions }: Replayed): string {
  return decisions === 0
    ? l10n.t(
        'There is no history yet. Once you have asked something, this shows what would have happened otherwise.',
      )
    : l10n.t(
        'None of the {0} requests can be decided again: you chose the model, or their pool, their models or those that the change leaves are not there.',
        countText(decisions),
      );
}

function jsonOf({
  change,
  replayed,
}: {
  readonly change: HistoryChange;
  readonly replayed: Replayed;
}): string {
  const { priceFactors, ...rest } = change;
  const factors = priceFactors && { priceFactors: Object.fromEntries(priceFactors) };
  return JSON.stringify({ change: { ...rest, ...factors }, ...replayed }, undefined, 2);
}
