import * as vscode from 'vscode';
import type { Log } from '../../core/terms/ports';
import { errorText } from '../shown/error-text';

/** What Conduit uses of the API, version 1, of the git extension that comes with the editor. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** Where the commit's message is typed. */
  readonly inputBox: { value: string };
  readonly state: {
    /** Undefined in a repository that has no commit yet; without a name where no branch is checked out. */
    readonly HEAD: { readonly name?: string } | undefined;
    readonly indexChanges: readonly GitChange[];
    /** Those of a merge that nobody has resolved yet. */
    readonly mergeChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Empty where the settings put them among `workingTreeChanges`. */
    readonly untrackedChanges: readonly GitChange[];
  };
  /** Of commits that are made in the editor, also of those that failed; those of a terminal are not told. */
  readonly onDidCommit: vscode.Event<void>;
  /** Looks anew at what has changed, for `state`. */
  status(): Promise<void>;
  /** What git prints, of the index or of tracked files that aren't staged. */
  diff(cached: boolean): Promise<string>;
  /** The bytes of a file in a commit, or in the index where `ref` is empty. Rejects where it isn't there. */
  buffer(ref: string, path: string): Promise<Uint8Array>;
  /** Those of some paths that its lists of ignored files name. Older editors don't have it. */
  checkIgnore?(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** A setting of git for this repository; empty where it isn't set. */
  getConfig(key: string): Promise<string>;
  /** Latest first. Rejects where there is no commit yet. */
  log(options: { readonly maxEntries: number }): Promise<readonly GitCommit[]>;
}

interface GitCommit {
  readonly hash: string;
  readonly message: string;
}

interface GitChange {
  readonly uri: vscode.Uri;
  /** A number of the extension's own `Status`. */
  readonly status: number;
}

/** `Status.UNTRACKED` of the git extension. */
export const untracked = 7;

interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<unknown>;
  readonly onDidCloseRepository: vscode.Event<unknown>;
}

interface GitExtension {
  /** False where git is switched off or not installed. */
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  /** Throws while it isn't enabled. */
  getAPI(version: 1): GitApi;
}

/** The repositories of this window. Commands and buttons that need one show only where there is one. */
export interface GitAccess extends vscode.Disposable {
  /** Empty where git can't be reached: switched off, not installed, or on another machine than Conduit. */
  repositories(): readonly GitRepository[];
}

export function createGitAccess(log: Log): GitAccess {
  let owned: readonly vscode.Disposable[] = [];
  let extension: GitExtension | undefined;
  let api: GitApi | undefined;

  function tell(): void {
    const reachable = (api?.repositories.length ?? 0) > 0;
    void vscode.commands.executeCommand('setContext', 'conduit.gitReachable', reachable);
  }

  function useApi(): void {
    api = extension?.enabled === true ? extension.getAPI(1) : undefined;
    if (api !== undefined) owned = [...owned, api.onDidOpenRepository(tell), api.onDidCloseRepository(tell)];
    tell();
  }

  async function find(): Promise<void> {
    if (extension !== undefined) return;
    try {
      extension = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    } catch (error) {
      log.warn(`The editor’s git extension did not start: ${errorText(error)}`);
    }
    if (extension === undefined) return;
    owned = [...owned, extension.onDidChangeEnablement(useApi)];
    useApi();
  }

  const others = vscode.extensions.onDidChange(() => void find());
  void find();
  return {
    repositories: () => api?.repositories ?? [],
    dispose: () => {
      others.dispose();
      for (const each of owned) each.dispose();
    },
  };
}
