import type { AnswerOfModel, EditSignal } from '../../core/terms/observation';
import { outcomeOf } from '../../text/commit-outcome';
import type { GitRepository } from './git-access';
import { lastCommit } from './git-repositories';

/** A message that was put into the box of a repository. */
export interface WrittenMessage {
  readonly text: string;
  /** What stood in the box before. */
  readonly before: string;
  readonly by: AnswerOfModel;
  /** All models that have written one for these changes, the last one included. */
  readonly authors: readonly string[];
}

/** The messages that wait for their commit, one for each repository at most. */
export interface CommitWatch {
  /** In the place of the one that the repository had. */
  begin(repository: GitRepository, message: WrittenMessage): void;
  /** What was written last and is neither committed nor taken back. */
  current(repository: GitRepository): WrittenMessage | undefined;
  /** The user took it back. */
  reject(repository: GitRepository): void;
  dispose(): void;
}

/** Tells, at the repository's next commit in the editor, what became of its message. The text stays in memory. */
export function createCommitWatch(
  observe: (by: AnswerOfModel, signal: EditSignal) => void,
  onProblem: (error: unknown) => void,
): CommitWatch {
  const watched = new Map<string, { readonly message: WrittenMessage; readonly stop: () => void }>();
  const keyOf = ({ rootUri }: GitRepository): string => rootUri.toString();

  function end(repository: GitRepository): void {
    watched.get(keyOf(repository))?.stop();
    watched.delete(keyOf(repository));
  }

  /** Does nothing where the commit failed: `before` is still the last one then, or there is still none. */
  async function committed(
    repository: GitRepository,
    message: WrittenMessage,
    before: Promise<string | undefined>,
  ): Promise<void> {
    const [commit] = await repository.log({ maxEntries: 1 });
    if (commit === undefined || commit.hash === (await before)) return;
    if (watched.get(keyOf(repository))?.message !== message) return;
    end(repository);
    observe(message.by, { kind: 'edit', outcome: outcomeOf(message.text, commit.message) });
  }

  return {
    begin: (repository, message) => {
      end(repository);
      const before = lastCommit(repository);
      const listener = repository.onDidCommit(() => {
        committed(repository, message, before).catch(onProblem);
      });
      watched.set(keyOf(repository), { message, stop: () => void listener.dispose() });
    },
    current: (repository) => watched.get(keyOf(repository))?.message,
    reject: (repository) => {
      const message = watched.get(keyOf(repository))?.message;
      end(repository);
      if (message !== undefined) observe(message.by, { kind: 'edit', outcome: 'rejected' });
    },
    dispose: () => {
      for (const { stop } of watched.values()) stop();
      watched.clear();
    },
  };
}
