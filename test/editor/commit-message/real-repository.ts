import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { GitRepository } from '../../../src/editor/commit-message/git-access';
import { uriOf } from './vscode-on-disk';

/** A repository on the disk. */
export interface RealRepository {
  readonly folder: string;
  /** As git's extension of the editor hands it to Conduit: what git prints is taken for UTF-8. */
  readonly api: GitRepository;
  git(...args: readonly string[]): string;
  /** May fail, as a merge does that ends in a conflict. */
  tryGit(...args: readonly string[]): void;
  write(name: string, content: string | Uint8Array): void;
  stage(name: string, content: string | Uint8Array): void;
  /** Has the extension look anew at what has changed. */
  look(): void;
}

/** One that is as they all begin: a copy of it takes no git. */
let first: string | undefined;

/** Its commits have the subjects "feat: one", "fix: two" and "docs: three". */
export function createRealRepository(): RealRepository {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-git-'));
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: path.join(folder, '.git', 'none'),
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
  const run = (args: readonly string[]): Buffer =>
    execFileSync('git', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const git = (...args: readonly string[]): string => run(args).toString('utf8');
  const write = (name: string, content: string | Uint8Array): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  const state = {
    HEAD: { name: 'main' },
    indexChanges: [],
    mergeChanges: [],
    workingTreeChanges: [],
    untrackedChanges: [],
  };
  const look = (): void =>
    void Object.assign(state, changesIn(folder, git('status', '--porcelain', '-z', '-uall')));
  const api = {
    rootUri: uriOf(folder),
    inputBox: { value: '' },
    state,
    onDidCommit: () => ({ dispose: () => undefined }),
    status: async () => Promise.resolve(look()),
    diff: async (cached: boolean) => Promise.resolve(git('diff', ...(cached ? ['--cached'] : []))),
    buffer: async (ref: string, file: string) =>
      Promise.resolve(run(['show', '--textconv', `${ref}:${path.relative(folder, file)}`])),
    getConfig: async (key: string) => Promise.resolve(git('config', key)),
    log: async ({ maxEntries }: { readonly maxEntries: number }) =>
      Promise.resolve(
        git('log', `-${String(maxEntries)}`, '-z', '--format=%H%n%B')
          .split('\0')
          .map((entry) => ({ hash: entry.slice(0, 40), message: entry.slice(41) })),
      ),
  };
  const begin = (): void => {
    git('init', '-q', '-b', 'main');
    for (const [key, value] of [
      ['user.name', 'Ada'],
      ['user.email', 'ada@example.com'],
      ['commit.gpgsign', 'false'],
    ] as const)
      git('config', key, value);
    for (const [subject, text] of [
      ['feat: one', 'one\n'],
      ['fix: two', 'two\n'],
      ['docs: three', 'three\n'],
    ] as const) {
      write('file.txt', text);
      git('add', '.');
      git('commit', '-qm', subject);
    }
  };
  if (first === undefined) {
    first = mkdtempSync(path.join(tmpdir(), 'conduit-first-git-'));
    begin();
    cpSync(folder, first, { recursive: true });
  } else cpSync(first, folder, { recursive: true });
  return {
    folder,
    api: api as unknown as GitRepository,
    git,
    tryGit: (...args) => {
      try {
        git(...args);
      } catch {
        // It tells so by its exit code.
      }
    },
    write,
    stage: (name, content) => {
      write(name, content);
      git('add', name);
    },
    look,
  };
}

/** What git's extension makes of `git status`. */
function changesIn(folder: string, status: string): object {
  const indexChanges: unknown[] = [];
  const mergeChanges: unknown[] = [];
  const workingTreeChanges: unknown[] = [];
  const untrackedChanges: unknown[] = [];
  const entries = status.split('\0');
  for (let at = 0; at < entries.length - 1; at += 1) {
    const entry = entries[at] ?? '';
    const [index, tree] = entry;
    const change = { uri: uriOf(path.join(folder, entry.slice(3))), status: index === '?' ? 7 : 5 };
    if (index === 'R' || index === 'C') at += 1;
    if (index === '?') untrackedChanges.push(change);
    else if (index === 'U' || tree === 'U' || ['AA', 'DD'].includes(entry.slice(0, 2)))
      mergeChanges.push(change);
    else {
      if (index !== ' ') indexChanges.push(change);
      if (tree !== ' ') workingTreeChanges.push(change);
    }
  }
  return { indexChanges, mergeChanges, workingTreeChanges, untrackedChanges };
}
