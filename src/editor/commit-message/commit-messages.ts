import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { agreeToSecrets } from '../attachments/agree-to-secrets';
import { truncatedNotice } from '../answers/answer-texts';
import { failureChoices } from '../answers/failure-choices';
import { confirm, notify } from '../notify';
import type { AnswerUses } from '../observations/answer-uses';
import { createAnswerUses } from '../observations/answer-uses';
import { errorText } from '../shown/error-text';
import type { SurfaceParts } from '../answers/surface-parts';
import { agreeToAll } from './agree-to-changes';
import { askForMessage } from './ask-for-message';
import { chooseRepository, nameOfRepository } from './choose-repository';
import { changesOf, hasChanges, isStaged, sentFiles } from './commit-changes';
import { commitMessagesFor } from '../../text/commit-prompt';
import type { CommitWatch, WrittenMessage } from './commit-watch';
import { createCommitWatch } from './commit-watch';
import type { GitAccess, GitRepository } from './git-access';
import { shortened } from '../../text/shorten-diff';
import { breachesOf, conventionsIn } from '../../text/commit-conventions';
import { notesOf } from './message-notes';
import { rulesOf } from './repository-rules';

/** Writes messages into the box of the source control view. One at a time. */
export interface CommitMessages extends vscode.Disposable {
  /** `sourceControl` is what a button of the view hands over. Resolves when the message is written. */
  write(sourceControl?: unknown): Promise<void>;
  stop(): void;
}

/** What a message is about to replace. */
interface Box {
  /** What the user had typed: a hint for the model, and what Undo brings back. */
  readonly before: string;
  /** What stands there: `before`, or the message of an earlier try. */
  readonly shown: string;
  /** That earlier try; undefined: this is the first one. */
  readonly earlier: WrittenMessage | undefined;
}

/** What a message was asked for, and may no longer be there when it comes. */
interface Task {
  /** Another message for the same, by another model. */
  readonly again: () => Promise<void>;
  readonly isThere: () => boolean;
}

/** Where progress shows. */
const inView = { location: vscode.ProgressLocation.SourceControl };
/** How many of the last commits show the style. */
const styleCommits = 10;
/** How many are measured. */
const measuredCommits = 30;

export interface CommitMessageParts extends SurfaceParts {
  readonly git: Pick<GitAccess, 'repositories'>;
}

export function createCommitMessages(parts: CommitMessageParts): CommitMessages {
  const { git } = parts;
  const notRecorded = (error: unknown): void =>
    parts.log.error(`What became of a commit message was not recorded: ${errorText(error)}`);
  const uses: AnswerUses = createAnswerUses(parts.conduit, notRecorded);
  const watch: CommitWatch = createCommitWatch(({ decisionId, deploymentId }, signal) => {
    parts
      .conduit()
      .then((conduit) => conduit.observe(decisionId, deploymentId, signal))
      .catch(notRecorded);
  }, notRecorded);
  let running: AbortController | undefined;

  async function write(sourceControl?: unknown): Promise<void> {
    const repositories = git.repositories();
    if (repositories.length === 0)
      notify('info', l10n.t('There is no git repository that Conduit can reach from this window.'));
    const repository = await chooseRepository(repositories, sourceControl);
    if (repository !== undefined) await begin(repository);
  }

  /** `agreed`: with nothing staged the message may be about all changes, as it was asked before. */
  async function begin(repository: GitRepository, agreed = false): Promise<void> {
    // What was staged a moment ago, in a terminal say, the editor may not know yet.
    if (!isStaged(repository))
      await vscode.window.withProgress(inView, () => repository.status().catch(() => undefined));
    const staged = isStaged(repository);
    const all = agreed && hasChanges(repository);
    if (staged || all || (await agreeToAll(repository))) await writeFor(repository, !staged);
  }

  async function writeFor(repository: GitRepository, all: boolean): Promise<void> {
    if (running !== undefined) {
      notify('info', l10n.t('A commit message is being written already.'));
      return;
    }
    const controller = new AbortController();
    running = controller;
    setWriting(true);
    try {
      await vscode.window.withProgress(inView, () =>
        ask(repository, controller.signal, {
          again: () => begin(repository, all),
          isThere: () => isStaged(repository) || (all && hasChanges(repository)),
        }),
      );
    } finally {
      running = undefined;
      setWriting(false);
    }
  }

  async function ask(repository: GitRepository, signal: AbortSignal, task: Task): Promise<void> {
    const changes = await changesOf(repository);
    const diff = shortened(changes.files, changes.unread, changes.conflicts);
    const rules = await rulesOf(repository);
    const past = await messagesOf(repository);
    const subjects = past.slice(0, styleCommits).map((message) => message.split('\n', 1).join(''));
    const commits = { label: l10n.t('the last commit messages'), text: subjects.join('\n') };
    const sent = [...sentFiles(repository, diff), ...rules, commits];
    if (!(await agreeToSecrets(sent, confirm)) || signal.aborted) return;
    const box = boxOf(repository);
    const { before, earlier } = box;
    const conventions = conventionsIn(past);
    const question = commitMessagesFor({
      diff: diff.text,
      subjects,
      hint: before.trim(),
      conventions: conventions.sentences,
      branch: repository.state.HEAD?.name,
      rules,
    });
    if (earlier !== undefined) uses.replaced(earlier.by, undefined);
    const proposed = await askForMessage(parts, question, earlier?.authors ?? [], signal);
    switch (proposed.kind) {
      case 'stopped':
        return;
      case 'failed':
        notify('error', proposed.text, failureChoices(proposed.actions, task.again));
        return;
      case 'message': {
        const { text, by, line, truncated } = proposed;
        const authors = [...(earlier?.authors ?? []), by.deploymentId];
        const notes = [line, ...notesOf(changes, diff.cut, breachesOf(text, conventions))].join('. ');
        const all = truncated ? `${truncatedNotice} ${notes}` : notes;
        place(repository, box, { text, before, by, authors }, all, task);
      }
    }
  }

  /** A message of ours that nobody has touched is not what the user typed: then another one is wanted. */
  function boxOf(repository: GitRepository): Box {
    const shown = repository.inputBox.value;
    const written = watch.current(repository);
    return written?.text === shown
      ? { before: written.before, shown, earlier: written }
      : { before: shown, shown, earlier: undefined };
  }

  function place(
    repository: GitRepository,
    { shown }: Box,
    message: WrittenMessage,
    notes: string,
    { again, isThere }: Task,
  ): void {
    const name = nameOfRepository(repository);
    const put = (before: string): void => {
      if (!isThere()) {
        notify(
          'info',
          l10n.t('What the commit message for {0} is about is no longer to be committed.', name),
        );
        return;
      }
      const written = { ...message, before };
      repository.inputBox.value = message.text;
      watch.begin(repository, written);
      notify('info', l10n.t('The commit message for {0} is written. {1}', name, notes), [
        { label: l10n.t('Undo'), run: () => undo(repository, written) },
        { label: l10n.t('Another Model'), run: again },
      ]);
    };
    if (repository.inputBox.value === shown) {
      put(message.before);
      return;
    }
    notify(
      'info',
      l10n.t('You typed a message for {0} meanwhile, and it stands as it is. {1}', name, notes),
      [{ label: l10n.t('Replace It'), run: () => put(repository.inputBox.value) }],
    );
  }

  function undo(repository: GitRepository, message: WrittenMessage): void {
    if (repository.inputBox.value !== message.text) {
      notify('info', l10n.t('The message has been changed since. It stands as it is.'));
      return;
    }
    repository.inputBox.value = message.before;
    watch.reject(repository);
  }

  return {
    write,
    stop: () => running?.abort(),
    dispose: () => {
      running?.abort();
      watch.dispose();
    },
  };
}

function setWriting(writing: boolean): void {
  void vscode.commands.executeCommand('setContext', 'conduit.writingCommitMessage', writing);
}

/** Of the last commits; a repository without any has no style yet. */
async function messagesOf(repository: GitRepository): Promise<readonly string[]> {
  try {
    const commits = await repository.log({ maxEntries: measuredCommits });
    return commits.map(({ message }) => message);
  } catch {
    return [];
  }
}
