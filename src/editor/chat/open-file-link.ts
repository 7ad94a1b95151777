import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileLink } from '../../webview/protocol/file-link';
import { readFileLink } from '../../webview/protocol/file-link';
import { notify } from '../notify';

/** A file of the workspace, or why none is opened. */
type Found = { readonly uri: vscode.Uri; readonly isFolder: boolean } | 'not-there' | 'outside';

/**
 * Opens the file that an answer names, at its line, where it is within a folder of the workspace. An answer can name any
 * file: one that is elsewhere, also behind a symbolic link or `..`, is not opened, and the user is told.
 */
export async function openFileLink(href: string): Promise<void> {
  const link = readFileLink(href);
  if (link === undefined) return;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    return notify(
      'info',
      l10n.t('No folder is open, so Conduit did not look for {0}. Open the folder that has it.', link.path),
    );
  const found = await firstFound(folders, link.path);
  if (found === 'outside')
    return notify(
      'warning',
      l10n.t(
        '{0} is outside of the open folders: Conduit did not open it, for an answer named it.',
        link.path,
      ),
    );
  if (found === 'not-there')
    return notify('info', l10n.t('There is no {0} in the open folders: nothing was opened.', link.path));
  if (found.isFolder) {
    await vscode.commands.executeCommand('revealInExplorer', found.uri);
    return;
  }
  await vscode.commands.executeCommand('vscode.open', found.uri, { selection: selectionOf(link) });
}

function selectionOf({ line, column = 1, endLine }: FileLink): vscode.Range | undefined {
  if (line === undefined) return undefined;
  const begin = new vscode.Position(line - 1, column - 1);
  return new vscode.Range(begin, endLine === undefined ? begin : new vscode.Position(endLine, 0));
}

async function firstFound(folders: readonly vscode.WorkspaceFolder[], named: string): Promise<Found> {
  let isOutside = false;
  for (const folder of folders) {
    const places = placesIn(folder, named);
    isOutside ||= places.length === 0;
    for (const uri of places) {
      const found = await lookUp(folder, uri);
      if (typeof found !== 'string') return found;
      isOutside ||= found === 'outside';
    }
  }
  return isOutside ? 'outside' : 'not-there';
}

/** Where the path may lead to within the folder. Nothing outside of it is even looked for. */
function placesIn({ name, uri: root }: vscode.WorkspaceFolder, named: string): readonly vscode.Uri[] {
  const isAbsolute = /^(?:\/|[a-z]:\/)/i.test(named);
  const withinName = named.replace(/^\.\//, '');
  const paths = [
    ...(isAbsolute ? [path.posix.normalize(named.startsWith('/') ? named : `/${named}`)] : []),
    // Models take the folder for the root, and name it where there are several.
    ...(/^[a-z]:/i.test(named) ? [] : [path.posix.join(root.path, named)]),
    ...(withinName.startsWith(`${name}/`) ? [path.posix.join(root.path, withinName.slice(name.length))] : []),
  ];
  return paths.filter((each) => isWithin(root.path, each)).map((each) => root.with({ path: each }));
}

function isWithin(root: string, place: string): boolean {
  const way = path.posix.relative(plain(root), plain(place));
  return way !== '..' && !way.startsWith('../');
}

/** Windows writes its drives in either case. */
function plain(place: string): string {
  return place.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}

async function lookUp({ uri: root }: vscode.WorkspaceFolder, uri: vscode.Uri): Promise<Found> {
  let type: vscode.FileType;
  try {
    ({ type } = await vscode.workspace.fs.stat(uri));
    if (!(await isReallyWithin(root, uri, type))) return 'outside';
  } catch {
    return 'not-there';
  }
  return { uri, isFolder: (type & vscode.FileType.Directory) !== 0 };
}

/** Follows symbolic links where the disk is at hand; elsewhere a link is not followed at all. */
async function isReallyWithin(root: vscode.Uri, uri: vscode.Uri, type: vscode.FileType): Promise<boolean> {
  if (root.scheme !== 'file') return (type & vscode.FileType.SymbolicLink) === 0;
  const way = path.relative(await realpath(root.fsPath), await realpath(uri.fsPath));
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
