import * as vscode from 'vscode';
import { isSecretByName } from '../../text/looks-secret';
import type { GitAccess } from '../commit-message/git-access';
import { repositoryOf } from '../commit-message/git-repositories';

/** Files that are nobody's business: excluded by the settings, ignored by git, or named as files with secrets are. */
export interface ExcludedFiles {
  has(document: vscode.TextDocument): Promise<boolean>;
}

/** The lists of git may change: so long what it said of a file is believed. */
const believedMs = 60_000;

export function createExcludedFiles(
  git: Pick<GitAccess, 'repositories'>,
  nowMs: () => number,
): ExcludedFiles {
  const ignored = new Map<string, { readonly atMs: number; readonly is: Promise<boolean> }>();

  function isIgnored(uri: vscode.Uri): Promise<boolean> {
    const key = uri.toString();
    const known = ignored.get(key);
    if (known !== undefined && Math.abs(nowMs() - known.atMs) < believedMs) return known.is;
    const asked = askGit(git, uri);
    ignored.set(key, { atMs: nowMs(), is: asked });
    return asked;
  }

  return {
    has: async (document) =>
      isSecretByName(vscode.workspace.asRelativePath(document.uri)) ||
      isHidden(document) ||
      (await isIgnored(document.uri)),
  };
}

async function askGit(git: Pick<GitAccess, 'repositories'>, uri: vscode.Uri): Promise<boolean> {
  const repository = repositoryOf(git.repositories(), uri);
  try {
    const found = await repository?.checkIgnore?.([uri.fsPath]);
    return found !== undefined && found.size > 0;
  } catch {
    // Git can't say: nothing is known then.
    return false;
  }
}

/** By `files.exclude` or `search.exclude`, which name files, or folders with all that is in them. */
function isHidden(document: vscode.TextDocument): boolean {
  const { uri } = document;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return false;
  return ['files', 'search'].some((section) => {
    const patterns = vscode.workspace.getConfiguration(section, uri).get<unknown>('exclude');
    return Object.entries(patterns ?? {}).some(
      ([glob, excludes]) =>
        excludes !== false &&
        [glob, `${glob}/**`].some(
          (pattern) =>
            vscode.languages.match({ pattern: new vscode.RelativePattern(folder, pattern) }, document) > 0,
        ),
    );
  });
}
