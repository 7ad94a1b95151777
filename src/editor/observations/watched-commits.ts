import type * as vscode from 'vscode';
import type { GitAccess, GitRepository } from '../commit-message/git-access';
import { lastCommit, repositoryOf } from '../commit-message/git-repositories';

/** A commit that was made in the editor. */
export interface MadeCommit {
  /** The bytes of a file as the commit has it; undefined where it has none, or it is of another repository. */
  read(file: vscode.Uri): Promise<Uint8Array | undefined>;
}

/** Tells of commits in the repositories of the files that are named. */
export interface WatchedCommits extends vscode.Disposable {
  watch(file: vscode.Uri): void;
}

export function createWatchedCommits(
  git: Pick<GitAccess, 'repositories'>,
  onCommit: (commit: MadeCommit) => Promise<void>,
  onProblem: (error: unknown) => void,
): WatchedCommits {
  const watched = new Map<string, { last: Promise<string | undefined>; readonly stop: () => void }>();
  const keyOf = ({ rootUri }: GitRepository): string => rootUri.toString();

  /** It is told of commits that failed, too: then the last one is that of before. */
  async function committed(repository: GitRepository): Promise<void> {
    const known = watched.get(keyOf(repository));
    const [before, now] = [await known?.last, await lastCommit(repository)];
    if (known === undefined || now === undefined || now === before) return;
    known.last = Promise.resolve(now);
    await onCommit({
      read: async (file) => {
        const isOurs = repositoryOf(git.repositories(), file)?.rootUri.toString() === keyOf(repository);
        return isOurs ? repository.buffer(now, file.fsPath).catch(() => undefined) : undefined;
      },
    });
  }

  return {
    watch: (file) => {
      const repository = repositoryOf(git.repositories(), file);
      if (repository === undefined || watched.has(keyOf(repository))) return;
      const listener = repository.onDidCommit(() => void committed(repository).catch(onProblem));
      watched.set(keyOf(repository), {
        last: lastCommit(repository),
        stop: () => void listener.dispose(),
      });
    },
    dispose: () => {
      for (const { stop } of watched.values()) stop();
      watched.clear();
    },
  };
}
