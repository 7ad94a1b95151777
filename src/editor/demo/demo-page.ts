import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { DemoStep } from '../../core/replay/demo';
import { presetNames } from '../../core/terms/preset';
import type { Steps } from '../../core/terms/steps';
import { inSlices } from '../../core/terms/steps';
import type { DemoRun, ToDemo } from '../../webview/protocol/demo';
import { fromDemoSchema } from '../../webview/protocol/demo';
import { viewCommands } from '../command-table';
import { notify } from '../notify';
import { tabIcon } from '../tab-icon';
import { errorText } from '../shown/error-text';
import { savePicture } from '../stats/save-picture';
import { webviewHtml, webviewOptions } from '../webview-html';

export interface DemoParts {
  readonly extensionUri: vscode.Uri;
  readonly clock: { monotonicMs(): number; pause(): Promise<void> };
  readonly log: vscode.LogOutputChannel;
}

/** `Conduit: Play Demo`: a page that plays made-up requests through the real router. It reads and writes nothing of the user's. */
export interface DemoPage extends vscode.Disposable {
  show(): void;
}

/**
 * Where it begins: in the middle of what the router saves in this world over the seeds 1 to 14 (`npm run bench:demo`).
 */
const firstRun = { seed: 14, preset: 'balanced' } as const;
const requests = 600;
const switchAfter = 100;

export function createDemoPage({ extensionUri, clock, log }: DemoParts): DemoPage {
  let panel: vscode.WebviewPanel | undefined;
  /** What was asked for last: whatever else is still decided isn't shown any more. */
  let wanted = 0;

  async function decide(seed: number, presetName: string): Promise<DemoRun> {
    const preset = presetNames.find((name) => name === presetName) ?? firstRun.preset;
    const [{ demoSteps }, { demoView }] = await Promise.all([
      import('../../core/replay/demo'),
      import('./demo-view'),
    ]);
    function* decided(): Steps<DemoStep[]> {
      const steps: DemoStep[] = [];
      for (const step of demoSteps({ seed, preset, requests, switchAfter })) {
        steps.push(step);
        yield;
      }
      return steps;
    }
    return demoView(await inSlices(decided(), clock), { seed, preset, switchAfter });
  }

  async function run(webview: vscode.Webview, seed: number, preset: string): Promise<void> {
    wanted += 1;
    const mine = wanted;
    let message: ToDemo;
    try {
      message = await decide(seed, preset);
    } catch (error) {
      log.error(`The demo could not be decided: ${errorText(error)}`);
      message = { type: 'failed', text: errorText(error) };
    }
    if (mine === wanted && panel?.webview === webview) void webview.postMessage(message);
  }

  async function obey(webview: vscode.Webview, raw: unknown): Promise<void> {
    const message = fromDemoSchema.safeParse(raw);
    if (!message.success) return log.warn('The demo’s page sent a message that Conduit does not know.');
    switch (message.data.type) {
      case 'ready':
        return run(webview, firstRun.seed, firstRun.preset);
      case 'run':
        return run(webview, message.data.seed, message.data.preset);
      case 'copy':
        await vscode.env.clipboard.writeText(message.data.text);
        return;
      case 'save-picture':
        return savePicture(message.data.name, message.data.base64);
      case 'command':
        await vscode.commands.executeCommand(viewCommands[message.data.command]);
    }
  }

  return {
    show: () => {
      if (panel !== undefined) return panel.reveal();
      const created = vscode.window.createWebviewPanel(
        'conduit.demo',
        l10n.t('Conduit: Demo'),
        vscode.ViewColumn.Active,
      );
      panel = created;
      created.iconPath = tabIcon(extensionUri);
      created.webview.options = webviewOptions(extensionUri);
      created.webview.html = webviewHtml(created.webview, extensionUri, 'demo');
      created.webview.onDidReceiveMessage((raw: unknown) => {
        obey(created.webview, raw).catch((error: unknown) => {
          log.error(`Demo: ${errorText(error)}`);
          notify('error', `Conduit: ${errorText(error)}`, [
            { label: l10n.t('Show Log'), run: () => log.show() },
          ]);
        });
      });
      created.onDidDispose(() => {
        panel = undefined;
      });
    },
    dispose: () => void panel?.dispose(),
  };
}
