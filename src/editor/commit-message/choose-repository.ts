import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import type { GitRepository } from './git-access';

export function nameOfRepository({ rootUri }: GitRepository): string {
  return path.posix.basename(rootUri.path);
}

/**
 * The repository that a button of the source control view belongs to; else the only one; else the one that the user
 * chooses. Undefined where they left the list, or there is none.
 */
export async function chooseRepository(
  repositories: readonly GitRepository[],
  sourceControl: unknown,
): Promise<GitRepository | undefined> {
  const root = rootOf(sourceControl);
  const own = repositories.find(({ rootUri }) => rootUri.toString() === root);
  if (own !== undefined || repositories.length < 2) return own ?? repositories[0];
  const items = repositories.map((repository) => ({
    label: nameOfRepository(repository),
    description: repository.rootUri.fsPath,
    repository,
  }));
  const title = l10n.t('Which repository needs a commit message?');
  return (await vscode.window.showQuickPick(items, { title }))?.repository;
}

/** Menus of the source control view hand over the `SourceControl`; the palette hands over nothing. */
function rootOf(sourceControl: unknown): string | undefined {
  if (typeof sourceControl !== 'object' || sourceControl === null || !('rootUri' in sourceControl))
    return undefined;
  return sourceControl.rootUri instanceof vscode.Uri ? sourceControl.rootUri.toString() : undefined;
}
