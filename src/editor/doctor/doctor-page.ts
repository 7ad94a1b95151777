import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromDoctor, ToDoctor } from '../../webview/protocol/doctor';
import { fromDoctorSchema } from '../../webview/protocol/doctor';
import { viewCommands } from '../command-table';
import type { CheckDeployment } from './doctor-checks';
import { createChecks } from './doctor-checks';
import type { DoctorSources } from './doctor-examination';
import { examine } from './doctor-examination';
import { doctorText } from './doctor-text';
import type { DoctorView, Redact } from './doctor-view';
import { doctorView } from './doctor-view';
import { errorText } from '../shown/error-text';
import { notify } from '../notify';
import { webviewHtml, webviewOptions } from '../webview-html';
import { tabIcon } from '../tab-icon';

export interface DoctorParts extends DoctorSources {
  readonly extensionUri: vscode.Uri;
  readonly check: CheckDeployment;
  readonly redact: Redact;
  readonly log: vscode.LogOutputChannel;
}

/** `Conduit: Doctor`: the state of everything on one page, with live checks that the user starts. */
export interface DoctorPage extends vscode.Disposable {
  show(): void;
  /** Something was recorded: the page follows where it is open. */
  recorded(): void;
}

export function createDoctorPage(parts: DoctorParts): DoctorPage {
  let panel: vscode.WebviewPanel | undefined;
  let places: readonly vscode.Location[] = [];
  let updating: Promise<void> = Promise.resolve();
  const checks = createChecks(parts.check, update);

  async function view(): Promise<DoctorView> {
    const examination = await examine(parts, checks);
    places = examination.places;
    return doctorView(examination.facts, examination.keys, parts.redact);
  }

  async function post(): Promise<void> {
    const shown = panel;
    if (shown === undefined) return;
    let message: ToDoctor;
    try {
      message = await view();
    } catch (error) {
      parts.log.error(`The doctor could not look at everything: ${errorText(error)}`);
      message = { type: 'failed', text: errorText(error) };
    }
    // It may have been closed in the meantime: a webview that is gone throws.
    if (panel === shown) void shown.webview.postMessage(message);
  }

  /** One after the other, so that the last one posted is the latest. */
  function update(): void {
    updating = updating.then(post);
  }

  async function checkModels(wanted: (id: string) => boolean): Promise<void> {
    const { pools } = await parts.configuration.current();
    await checks.start(pools.flatMap(({ deployments }) => deployments).filter(({ id }) => wanted(id)));
  }

  async function resetBreaker(model: string): Promise<void> {
    (await parts.serving()).breakers.reset(model);
    update();
  }

  async function openProblem(index: number): Promise<void> {
    const place = places[index];
    if (place === undefined) return;
    await vscode.window.showTextDocument(place.uri, { selection: place.range });
  }

  async function save(): Promise<void> {
    const text = doctorText(await view());
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      title: l10n.t('Save Report'),
      filters: { Markdown: ['md'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'conduit-report.md') }),
    });
    if (uri === undefined) return;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    notify('info', l10n.t('The report was saved as {0}. It holds no keys.', uri.fsPath), [
      { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(uri) },
    ]);
  }

  async function obey(message: FromDoctor): Promise<void> {
    switch (message.type) {
      case 'ready':
      case 'refresh':
        return update();
      case 'check':
        return checkModels((id) => id === message.model);
      case 'check-all':
        return checkModels(() => true);
      case 'cancel':
        return checks.cancel();
      case 'reset-breaker':
        return resetBreaker(message.model);
      case 'open-problem':
        return openProblem(message.index);
      case 'copy':
        await vscode.env.clipboard.writeText(doctorText(await view()));
        vscode.window.setStatusBarMessage(
          l10n.t('Conduit: the report is in the clipboard, without keys'),
          4_000,
        );
        return;
      case 'save':
        return save();
      case 'command':
        await vscode.commands.executeCommand(viewCommands[message.command]);
    }
  }

  function receive(raw: unknown): void {
    const message = fromDoctorSchema.safeParse(raw);
    if (!message.success) {
      parts.log.warn('The doctor’s page sent a message that Conduit does not know.');
      return;
    }
    obey(message.data).catch((error: unknown) => {
      parts.log.error(`Doctor: ${errorText(error)}`);
      notify('error', `Conduit: ${errorText(error)}`, [
        { label: l10n.t('Show Log'), run: () => parts.log.show() },
      ]);
    });
  }

  const configurationChange = parts.configuration.onDidChange(update);

  return {
    show: () => {
      if (panel !== undefined) {
        panel.reveal();
        return update();
      }
      const created = vscode.window.createWebviewPanel(
        'conduit.doctor',
        l10n.t('Conduit: Doctor'),
        vscode.ViewColumn.Active,
        { retainContextWhenHidden: false },
      );
      panel = created;
      created.iconPath = tabIcon(parts.extensionUri);
      created.webview.options = webviewOptions(parts.extensionUri);
      created.webview.onDidReceiveMessage(receive);
      created.webview.html = webviewHtml(created.webview, parts.extensionUri, 'doctor');
      created.onDidDispose(() => {
        panel = undefined;
      });
    },
    recorded: update,
    dispose: () => {
      checks.cancel();
      panel?.dispose();
      configurationChange.dispose();
    },
  };
}
