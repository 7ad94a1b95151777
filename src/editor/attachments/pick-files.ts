import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { notify } from '../notify';

/** More files are not listed; the title says so. */
const mostListed = 10_000;

interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/** Offers the workspace's files, those of open editors first. Empty where the user left the list. */
export async function pickFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles('**/*', '**/{node_modules,.git}/**', mostListed);
  if (found.length === 0) {
    notify('info', l10n.t('There are no files to attach: open a folder that has some.'));
    return [];
  }
  const open = new Set(openFiles());
  const items = found
    .map(itemOf)
    .toSorted((a, b) => rank(open, a) - rank(open, b) || order(a).localeCompare(order(b)));
  const title =
    found.length < mostListed
      ? l10n.t('Attach files to the question')
      : l10n.t('Attach files to the question (the first {0} of the workspace)', mostListed);
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Mark one or more, then press Enter'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return (picked ?? []).map(({ uri }) => uri);
}

function itemOf(uri: vscode.Uri): FileItem {
  const relative = vscode.workspace.asRelativePath(uri);
  const folder = path.posix.dirname(relative);
  return { label: path.posix.basename(relative), ...(folder !== '.' && { description: folder }), uri };
}

function openFiles(): readonly string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : []));
}

const rank = (open: ReadonlySet<string>, { uri }: FileItem): number => (open.has(uri.toString()) ? 0 : 1);
const order = ({ label, description }: FileItem): string => `${description ?? ''}/${label}`;
