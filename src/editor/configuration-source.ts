import * as vscode from 'vscode';
import type { Configuration, ConfigurationProblem } from '../core/configuration';
import type { Pool } from '../core/pool/deployment';
import { baseName, readFile, userFile, workspaceFile, workspaceFileName } from './configuration-files';
import { errorText } from './error-text';
import type { KeyStore } from './key-store';
import { lazy } from './lazy';
import { notify } from './notify';
import { setting } from './settings';

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Parses and checks. Pure: with errors the previous configuration stays in force (`kept`). */
export type LoadConfiguration = (sources: {
  readonly file?: NamedText;
  readonly workspaceFile?: NamedText;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly storedHosts: ReadonlySet<string>;
  readonly previous?: Configuration;
}) => {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
  readonly kept: boolean;
};

export interface ConfigurationParts {
  readonly globalStorageUri: vscode.Uri;
  readonly keys: KeyStore;
  readonly environment: NodeJS.ProcessEnv;
  readonly load: () => Promise<LoadConfiguration>;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  readonly log: vscode.LogOutputChannel;
}

/** The configuration in force: read on first use, and again when a file, a key, a setting or the trust changes. */
export interface ConfigurationSource extends vscode.Disposable {
  current(): Promise<Configuration>;
  /** The pool that requests go to: the setting's where it exists, else the configuration's. */
  pool(): Promise<Pool>;
  /** Opens the user's conduit.yaml, made from a template where there is none. */
  open(): Promise<void>;
  readonly onDidChange: vscode.Event<Configuration>;
}

export function createConfigurationSource(parts: ConfigurationParts): ConfigurationSource {
  const { log } = parts;
  const changed = new vscode.EventEmitter<Configuration>();
  const diagnostics = vscode.languages.createDiagnosticCollection('conduit');
  let owned: vscode.Disposable[] = [changed, diagnostics];
  let watchers: vscode.Disposable[] = [];
  let inForce: Configuration | undefined;
  let told = '';
  let toldPool = '';
  let reloading: NodeJS.Timeout | undefined;

  const first = lazy(async () => {
    watchFiles();
    return read();
  });
  let reading: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Configuration> {
    const userUri = userFile(parts.globalStorageUri);
    const workspaceUri = workspaceFile(userUri);
    const [load, user, workspace, storedHosts] = await Promise.all([
      parts.load(),
      readFile(userUri, setting('configFile') !== ''),
      workspaceUri === undefined ? undefined : readFile(workspaceUri, false),
      parts.keys.hosts(),
    ]);
    const unread = [user.problem, workspace?.problem].filter((problem) => problem !== undefined);
    if (user.problem !== undefined && inForce !== undefined) {
      // A file that went away is no order to send prompts elsewhere.
      showProblems(unread, userUri, workspaceUri);
      tell(unread, true, baseName(userUri));
      return inForce;
    }
    const loaded = load({
      ...(user.text !== undefined && { file: { name: baseName(userUri), text: user.text } }),
      ...(workspace?.text !== undefined && {
        workspaceFile: { name: `${workspaceFileName} (workspace)`, text: workspace.text },
      }),
      environment: parts.environment,
      storedHosts,
      ...(inForce && { previous: inForce }),
    });
    const result = { ...loaded, problems: [...unread, ...loaded.problems] };
    inForce = result.configuration;
    showProblems(result.problems, userUri, workspaceUri);
    tell(result.problems, result.kept, baseName(userUri));
    const pools = inForce.pools.map((pool) => `${pool.name} (${String(pool.deployments.length)})`).join(', ');
    log.info(`Configuration from ${inForce.source}: pools ${pools}; preset ${inForce.preset}.`);
    return inForce;
  }

  /** A moment later: an editor that saves by replacing the file removes it first. */
  function reload(): void {
    if (first.peek() === undefined) return;
    clearTimeout(reloading);
    reloading = setTimeout(readAgain, 150);
  }

  function readAgain(): void {
    reading = reading
      .then(async () => {
        await first.get();
        changed.fire(await read());
      })
      .catch((error: unknown) => log.error(`The configuration was not read: ${errorText(error)}`));
  }

  function showProblems(
    problems: readonly ConfigurationProblem[],
    userUri: vscode.Uri,
    workspaceUri: vscode.Uri | undefined,
  ): void {
    diagnostics.clear();
    const userName = baseName(userUri);
    diagnostics.set(userUri, problems.filter(({ fileName }) => fileName === userName).map(toDiagnostic));
    if (workspaceUri === undefined) return;
    const others = problems.filter(({ fileName }) => fileName.endsWith('(workspace)'));
    diagnostics.set(workspaceUri, others.map(toDiagnostic));
  }

  /** Errors are told once, until there are others; warnings only in the editor and the log. */
  function tell(problems: readonly ConfigurationProblem[], kept: boolean, userName: string): void {
    for (const problem of problems) log.warn(describe(problem));
    const errors = problems.filter(({ severity }) => severity === 'error');
    const text = errors.map(describe).join('\n');
    const [error] = errors;
    if (error === undefined || text === told) {
      told = text;
      return;
    }
    told = text;
    notify('error', `${describe(error)}. ${consequenceOf(error, kept, userName)}`, [
      { label: 'Open Configuration', run: () => vscode.commands.executeCommand('conduit.openConfiguration') },
    ]);
  }

  function watchFiles(): void {
    for (const watcher of watchers) watcher.dispose();
    const user = userFile(parts.globalStorageUri);
    const directory = vscode.Uri.joinPath(user, '..');
    const patterns = [
      new vscode.RelativePattern(directory, baseName(user)),
      ...(vscode.workspace.workspaceFolders ?? [])
        .slice(0, 1)
        .map((folder) => new vscode.RelativePattern(folder, workspaceFileName)),
    ];
    watchers = patterns.flatMap((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      return [watcher, watcher.onDidChange(reload), watcher.onDidCreate(reload), watcher.onDidDelete(reload)];
    });
  }

  owned = [
    ...owned,
    parts.keys.onDidChange(reload),
    vscode.workspace.onDidGrantWorkspaceTrust(reload),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      watchFiles();
      reload();
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const user = userFile(parts.globalStorageUri);
      const ours = [user.toString(), workspaceFile(user)?.toString()];
      if (ours.includes(document.uri.toString())) reload();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('conduit')) return;
      watchFiles();
      reload();
    }),
  ];

  async function current(): Promise<Configuration> {
    await first.get();
    await reading;
    return inForce ?? first.get();
  }

  function choosePool({ pools, defaultPool }: Configuration): Pool {
    const wanted = setting('defaultPool');
    const named = pools.find((pool) => pool.name === wanted);
    if (named !== undefined) return named;
    if (wanted !== '' && wanted !== toldPool) {
      toldPool = wanted;
      const message = `The setting conduit.defaultPool names '${wanted}', which is no pool: '${defaultPool}' is used.`;
      notify('warning', message, [
        { label: 'Select Pool', run: () => vscode.commands.executeCommand('conduit.selectPool') },
      ]);
    }
    const usual = pools.find((pool) => pool.name === defaultPool) ?? pools[0];
    if (usual === undefined) throw new Error('The configuration has no pool.');
    return usual;
  }

  return {
    current,
    pool: async () => choosePool(await current()),
    open: async () => {
      const uri = userFile(parts.globalStorageUri);
      const { text, problem } = await readFile(uri, false);
      if (text === undefined && problem === undefined) {
        await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(await parts.template()));
      }
      await vscode.window.showTextDocument(uri);
    },
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(reloading);
      for (const disposable of [...owned, ...watchers]) disposable.dispose();
    },
  };
}

/** What Conduit did about an error. */
function consequenceOf({ fileName }: ConfigurationProblem, kept: boolean, userName: string): string {
  if (fileName !== userName) return 'It has no effect; the rest of the configuration holds.';
  if (kept) return 'The last good configuration stays in force.';
  return 'Until it is mended, Conduit uses the keys that it finds, or simulated models.';
}

function describe({ fileName, line, path: where, message }: ConfigurationProblem): string {
  return `${fileName}:${String(line)}: ${where === '' ? '' : `${where}: `}${message}`;
}

function toDiagnostic(problem: ConfigurationProblem): vscode.Diagnostic {
  const range = new vscode.Range(
    problem.line - 1,
    problem.column - 1,
    problem.endLine - 1,
    problem.endColumn - 1,
  );
  const severity =
    problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const text = problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`;
  const diagnostic = new vscode.Diagnostic(range, text, severity);
  diagnostic.source = 'Conduit';
  return diagnostic;
}
