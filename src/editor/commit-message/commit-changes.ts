import * as vscode from 'vscode';
import { fileText, largestFile } from '../attachments/file-text';
import type { GitRepository } from './git-access';
import { untracked } from './git-access';
import type { FileDiff } from './shorten-diff';
import { filesOf, longestFileDiff } from './shorten-diff';

/** New files that are read, at most: more are only counted by git. */
const mostNewFiles = 50;

export function isStaged({ state }: GitRepository): boolean {
  return state.indexChanges.length > 0;
}

export function hasChanges({ state }: GitRepository): boolean {
  return state.workingTreeChanges.length + state.untrackedChanges.length > 0;
}

/** What is staged; with nothing staged all changes, new files included. */
export async function changesOf(repository: GitRepository): Promise<readonly FileDiff[]> {
  if (isStaged(repository)) return filesOf(await repository.diff(true));
  return [...filesOf(await repository.diff(false)), ...(await newFiles(repository))];
}

/** Git prints no changes of files that it doesn't know: as if they were added. */
async function newFiles({ rootUri, state }: GitRepository): Promise<readonly FileDiff[]> {
  const found = [...state.workingTreeChanges, ...state.untrackedChanges].filter(
    ({ status }) => status === untracked,
  );
  return Promise.all(found.slice(0, mostNewFiles).map(({ uri }) => newFile(rootUri, uri)));
}

async function newFile(rootUri: vscode.Uri, uri: vscode.Uri): Promise<FileDiff> {
  const name = uri.path.startsWith(`${rootUri.path}/`) ? uri.path.slice(rootUri.path.length + 1) : uri.path;
  const head = `diff --git a/${name} b/${name}\nnew file\n`;
  return { name, text: `${head}${await addedLines(uri)}` };
}

async function addedLines(uri: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largestFile) return '(A large file.)\n';
    const file = fileText(await vscode.workspace.fs.readFile(uri));
    if (file.kind === 'binary') return '(A binary file.)\n';
    return file.text.slice(0, longestFileDiff * 2).replaceAll(/^/gm, '+');
  } catch {
    return '(It can’t be read.)\n';
  }
}
