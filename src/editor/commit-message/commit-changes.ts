import * as vscode from 'vscode';
import { beginningOf } from '../../text/beginning';
import { withDecodedLines } from '../../text/decoded-diff';
import { lostIn } from '../../text/encodings';
import { fileText } from '../../text/file-text';
import { decodeAs } from '../attachments/decoding';
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
  return state.workingTreeChanges.length + state.untrackedChanges.length + state.mergeChanges.length > 0;
}

/** What a message is to be about. */
export interface Changes {
  readonly files: readonly FileDiff[];
  /** New files that are too many to be read. */
  readonly unread: readonly string[];
  /** Files of a merge that nobody has resolved yet. */
  readonly conflicts: readonly string[];
  /** Files with characters that couldn't be read in their encoding. */
  readonly lost: readonly string[];
}

/** What is staged; with nothing staged all changes, new files included. */
export async function changesOf(repository: GitRepository): Promise<Changes> {
  const { rootUri, state } = repository;
  const staged = isStaged(repository);
  const files: FileDiff[] = [];
  for (const file of filesOf(await repository.diff(staged)))
    files.push(await decoded(repository, file, staged));
  const all = [...state.workingTreeChanges, ...state.untrackedChanges];
  const added = staged ? [] : all.filter(({ status }) => status === untracked);
  // One after the other: together they could be a lot of memory.
  for (const { uri } of added.slice(0, mostNewFiles)) files.push(await newFile(rootUri, uri));
  return {
    files,
    unread: added.slice(mostNewFiles).map(({ uri }) => nameOf(rootUri, uri)),
    conflicts: state.mergeChanges.map(({ uri }) => nameOf(rootUri, uri)),
    lost: files.filter(({ text }) => lostIn(text) > 0).map(({ name }) => name),
  };
}

/** Git's extension takes all that git prints for UTF-8: what it lost is read again, as the editor reads the file. */
async function decoded(repository: GitRepository, file: FileDiff, staged: boolean): Promise<FileDiff> {
  if (lostIn(file.text) === 0) return file;
  const uri = vscode.Uri.joinPath(repository.rootUri, file.name);
  const read = async (bytes: Promise<Uint8Array>): Promise<string | undefined> => {
    try {
      const text = await fileText(await bytes, decodeAs(uri), Infinity);
      return 'text' in text ? text.text : undefined;
    } catch {
      // It wasn't there on this side of the change.
      return undefined;
    }
  };
  const before = await read(repository.buffer(staged ? 'HEAD' : '', uri.fsPath));
  const after = await read(
    staged ? repository.buffer('', uri.fsPath) : Promise.resolve(vscode.workspace.fs.readFile(uri)),
  );
  return { ...file, text: withDecodedLines(file.text, { before, after }) };
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
    const file = await fileText(await vscode.workspace.fs.readFile(uri), decodeAs(uri));
    if (file.kind === 'binary') return '(A binary file.)\n';
    if (file.kind === 'unknown-encoding') return '(A file in an unknown encoding.)\n';
    const lines = beginningOf(file.text, longestFileDiff * 2)
      .replace(/\n$/, '')
      .split('\n');
    return lines.map((line) => `+${line}`).join('\n');
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
