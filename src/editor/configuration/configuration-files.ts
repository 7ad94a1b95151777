import { homedir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ConfigurationProblem } from '../../config/problem';
import { writePrivately } from '../../files/private-files';
import { errorText } from '../shown/error-text';
import { setting } from './settings';

export const workspaceFileName = 'conduit.yaml';

/** Where the user's own conduit.yaml is: where `conduit.configFile` says, else in the extension's storage. */
export function userFile(globalStorageUri: vscode.Uri): vscode.Uri {
  const configured = setting('configFile');
  if (configured === '') return vscode.Uri.joinPath(globalStorageUri, 'conduit.yaml');
  return vscode.Uri.file(configured.replace(/^~(?=[\\/])/, homedir()));
}

/** The workspace's conduit.yaml, where it may be read and isn't the user's own. */
export function workspaceFile(user: vscode.Uri): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined || !vscode.workspace.isTrusted) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, workspaceFileName);
  return uri.toString() === user.toString() ? undefined : uri;
}

export function baseName(uri: vscode.Uri): string {
  return path.posix.basename(uri.path);
}

/** The text of a file, or why it can't be had; neither where there is no file and none was asked for by name. */
export interface ReadFile {
  readonly text: string | undefined;
  readonly problem: ConfigurationProblem | undefined;
}

/** Reads a file that may be absent; one that a setting names may not. */
export async function readFile(uri: vscode.Uri, named: boolean): Promise<ReadFile> {
  const fail = (message: string): ReadFile => ({
    text: undefined,
    problem: { fileName: baseName(uri), severity: 'error', message, path: '', ...firstLine },
  });
  try {
    return { text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)), problem: undefined };
  } catch (error) {
    const absent = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    if (!absent) return fail(l10n.t('the file can’t be read: {0}', errorText(error)));
    if (named) return fail(l10n.t('there is no file {0}, which conduit.configFile names', uri.fsPath));
    return { text: undefined, problem: undefined };
  }
}

/** Writes a file that isn't there yet; keys may come to stand in it, and so nobody else may read it. */
export async function writeNewFile(uri: vscode.Uri, text: string): Promise<void> {
  if (uri.scheme === 'file') await writePrivately(uri.fsPath, text);
  else await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Reads a file below the folder of another, for its `include`. */
export async function readIncluded(
  file: vscode.Uri,
  below: string,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const { text, problem } = await readFile(includedFile(file, below), false);
  if (text !== undefined) return { text };
  return { problem: problem?.message ?? l10n.t("there is no file '{0}' beside {1}", below, baseName(file)) };
}

/** Where a file is that `include` of another names. */
export function includedFile(file: vscode.Uri, below: string): vscode.Uri {
  return vscode.Uri.joinPath(file, '..', ...below.split('/'));
}

const firstLine = { line: 1, column: 1, endLine: 1, endColumn: 2 };
