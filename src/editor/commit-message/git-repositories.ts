import type * as vscode from 'vscode';
import type { GitRepository } from './git-access';

/** The repository that a file is in, the innermost of several; undefined: in none. */
export function repositoryOf(
  repositories: readonly GitRepository[],
  { scheme, path }: vscode.Uri,
): GitRepository | undefined {
  return repositories
    .filter(({ rootUri }) => rootUri.scheme === scheme && path.startsWith(`${rootUri.path}/`))
    .toSorted((one, other) => one.rootUri.path.length - other.rootUri.path.length)
    .at(-1);
}

/** The hash of the last commit; undefined where there is none yet. */
export async function lastCommit(repository: GitRepository): Promise<string | undefined> {
  try {
    return (await repository.log({ maxEntries: 1 }))[0]?.hash;
  } catch {
    return undefined;
  }
}
