import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { notify } from '../notify';

/** More files are not listed; the title says so. */
const mostListed = 10_000;

interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

/**
 * Offers the workspace's files, those of open editors first. Enter takes what is marked, or the active row where nothing
 * is. Empty where the user left the list.
 */
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
  return (await pickMany(title, items)).map(({ uri }) => uri);
}

/** In the editor's own lists of many no row is active before an arrow key, and Enter takes none where nothing is marked. */
async function pickMany(title: string, items: readonly FileItem[]): Promise<readonly FileItem[]> {
  const pick = vscode.window.createQuickPick<FileItem>();
  pick.title = title;
  pick.placeholder = l10n.t('Mark one or more, then press Enter');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = items;
  pick.activeItems = items.slice(0, 1);
  return new Promise<readonly FileItem[]>((resolve) => {
    pick.onDidChangeValue((typed) => {
      pick.activeItems = bestOf(items, typed);
    });
    pick.onDidAccept(() => {
      const [active = bestOf(items, pick.value)[0]] = pick.activeItems;
      const picked =
        pick.selectedItems.length > 0 ? pick.selectedItems : [active].filter((one) => one !== undefined);
      if (picked.length === 0) return;
      resolve(picked);
      pick.hide();
    });
    pick.onDidHide(() => resolve([]));
    pick.show();
  }).finally(() => pick.dispose());
}

/** The first one whose name begins with what was typed, else has it in it, else in its folder; empty: none. */
function bestOf(items: readonly FileItem[], typed: string): readonly FileItem[] {
  const wanted = typed.trim().toLowerCase();
  const name = ({ label }: FileItem): string => label.toLowerCase();
  const best =
    items.find((item) => name(item).startsWith(wanted)) ??
    items.find((item) => name(item).includes(wanted)) ??
    items.find(({ description }) => description?.toLowerCase().includes(wanted));
  return best === undefined ? [] : [best];
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
