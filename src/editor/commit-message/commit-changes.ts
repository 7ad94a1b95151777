import * as vscode from 'vscode';
import { fileText } from '../../text/file-text';
import type { GitRepository } from './git-access';
import { untracked } from './git-access';
import type { FileDiff, ShortDiff } from '../../text/shorten-diff';
import { filesOf, longestFileDiff } from '../../text/shorten-diff';
import type { CheckedText } from '../../text/secret-places';

/** New files that are read, at most: of more only the names are told. */
const mostNewFiles = 50;
/** Larger ones are not read, in bytes: a model sees the first few thousand characters of a file. */
const largestNewFile = 2_000_000;

export function isStaged({ state }: GitRepository): boolean {
  return state.indexChanges.length > 0;
}

export function hasChanges({ state }: GitRepository): boolean {
  return state.workingTreeChanges.length + state.untrackedChanges.length > 0;
}

/** What a message is to be about. */
interface Changes {
  readonly files: readonly FileDiff[];
  /** New files that are too many to be read. */
  readonly unread: readonly string[];
}

/** What is staged; with nothing staged all changes, new files included. */
export async function changesOf(repository: GitRepository): Promise<Changes> {
  if (isStaged(repository)) return { files: filesOf(await repository.diff(true)), unread: [] };
  const files = [...filesOf(await repository.diff(false))];
  const { rootUri, state } = repository;
  const added = [...state.workingTreeChanges, ...state.untrackedChanges].filter(
    ({ status }) => status === untracked,
  );
  // One after the other: together they could be a lot of memory.
  for (const { uri } of added.slice(0, mostNewFiles)) files.push(await newFile(rootUri, uri));
  return { files, unread: added.slice(mostNewFiles).map(({ uri }) => nameOf(rootUri, uri)) };
}

/** Of the files that `changesOf` is about, by git’s own account. */
function changedNames(repository: GitRepository): readonly string[] {
  const { rootUri, state } = repository;
  const { indexChanges, mergeChanges, workingTreeChanges, untrackedChanges } = state;
  const changes = isStaged(repository)
    ? indexChanges
    : [...mergeChanges, ...workingTreeChanges, ...untrackedChanges];
  return changes.map(({ uri }) => nameOf(rootUri, uri));
}

/** Git prints no changes of files that it doesn't know: as if they were added. */
async function newFile(rootUri: vscode.Uri, uri: vscode.Uri): Promise<FileDiff> {
  const name = nameOf(rootUri, uri);
  const head = `diff --git a/${name} b/${name}\nnew file\n`;
  return { name, text: `${head}${await addedLines(uri)}` };
}

function nameOf(rootUri: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.startsWith(`${rootUri.path}/`) ? uri.path.slice(rootUri.path.length + 1) : uri.path;
}

async function addedLines(uri: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largestNewFile) return '(A large file.)\n';
    const file = fileText(await vscode.workspace.fs.readFile(uri));
    if (file.kind === 'binary') return '(A binary file.)\n';
    return file.text.slice(0, longestFileDiff * 2).replaceAll(/^/gm, '+');
  } catch {
    return '(It can’t be read.)\n';
  }
}

/**
 * What goes out, and under which names: those of the text, and those that git knows. With some of the user's settings
 * what git prints has no names, or none that can be trusted.
 */
export function sentFiles(repository: GitRepository, { files }: ShortDiff): readonly CheckedText[] {
  const known = new Set(files.map(({ name }) => name));
  const others = changedNames(repository).filter((name) => !known.has(name));
  return [
    ...files.map(({ name, text }) => ({ label: name, text, isDiff: true as const })),
    ...others.map((label) => ({ label, text: '' })),
  ];
}
