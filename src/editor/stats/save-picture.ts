import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { notify } from '../notify';
import { defaultTarget } from './export-decisions';

/** Asks where to, and writes a PNG that the page drew. Where the editor lets it, the page copies it instead. */
export async function savePicture(name: string, base64: string): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Save Chart'),
    filters: { PNG: ['png'] },
    defaultUri: defaultTarget(`${name.replaceAll(/[^\w-]+/g, '-')}.png`),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(base64, 'base64'));
  notify('info', l10n.t('The chart is in {0}.', target.path));
}
