import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Configuration } from '../../core/terms/configuration';
import type { EditorModel } from '../../config/models/small-and-strong';
import type { Loaded, loadConfiguration, Sources } from '../../config/load-configuration';
import type { withIncluded } from '../../config/file/include-paths';
import type { NamedText } from '../../config/file/named-text';
import type { Environment } from '../../config/models/environment-reference';
import type { EffectiveValue } from '../../config/effective-values';
import type { Pool } from '../../core/terms/deployment';
import {
  baseName,
  includedFile,
  readFile,
  readIncluded,
  userFile,
  workspaceFile,
  workspaceFileName,
  writeNewFile,
} from './configuration-files';
import type { ConfigurationProblems, ReadText } from './configuration-problems';
import { watchConfiguration } from './configuration-watch';
import { errorText } from '../shown/error-text';
import type { KeyStore } from '../keys/key-store';
import { lazy } from '../lazy';
import type { LocalModels } from './local-models';
import { notify } from '../notify';
import { setting } from './settings';
import type { ToldFacts } from './told-facts';
import { createWorkspaceConsent } from './workspace-consent';

export interface ConfigurationSourceParts {
  readonly globalStorageUri: vscode.Uri;
  /** The workspace's own memory: what was allowed to its conduit.yaml. */
  readonly workspaceState: vscode.Memento;
  readonly keys: KeyStore;
  readonly environment: Environment;
  /** Loaded when it is first needed. */
  readonly load: () => Promise<typeof loadConfiguration>;
  /** Adds what a file includes. */
  readonly include: () => Promise<typeof withIncluded>;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  readonly localModels: LocalModels;
  readonly toldFacts: ToldFacts;
  /** The language models of the editor that the user let Conduit use. */
  readonly editorModels: () => readonly EditorModel[];
  readonly problems: ConfigurationProblems;
  readonly log: vscode.LogOutputChannel;
}

/** The configuration in force: read on first use, and again when a file, a key, a setting or the trust changes. */
export interface ConfigurationSource extends vscode.Disposable {
  current(): Promise<Configuration>;
  /** Every value of it, with the place that it comes from. */
  values(): Promise<readonly EffectiveValue[]>;
  /** The pool that requests go to: the setting's where it exists, else the configuration's. */
  pool(): Promise<Pool>;
  /** Opens the user's conduit.yaml, made from a template where there is none. */
  open(): Promise<void>;
  /** Reads everything again, and looks for local servers. */
  refresh(): Promise<void>;
  /** `Conduit: Review Workspace Configuration`. */
  reviewWorkspace(): Promise<void>;
  readonly onDidChange: vscode.Event<Configuration>;
}

export function createConfigurationSource(parts: ConfigurationSourceParts): ConfigurationSource {
  const { log, globalStorageUri, localModels, toldFacts } = parts;
  const changed = new vscode.EventEmitter<Configuration>();
  let loaded: Loaded | undefined;
  let lastGood: Sources['lastGood'];
  let toldPool = '';
  let reloading: NodeJS.Timeout | undefined;
  let reading: Promise<unknown> = Promise.resolve();

  const watch = watchConfiguration(globalStorageUri, reload);
  const consent = createWorkspaceConsent({ memory: parts.workspaceState, log, onChanged: reload });
  const subscription = parts.keys.onDidChange(reload);
  const first = lazy(() => {
    watch.start();
    return read();
  });

  async function read(): Promise<Loaded> {
    const userUri = userFile(globalStorageUri);
    const workspaceUri = workspaceFile(userUri);
    const [load, user, workspace, storedHosts] = await Promise.all([
      parts.load(),
      readFile(userUri, setting('configFile') !== ''),
      workspaceUri && readFile(workspaceUri, false),
      parts.keys.hosts(),
    ]);
    const unread = [user.problem, workspace?.problem].filter((problem) => problem !== undefined);
    const ofWorkspace = (name: string): string => l10n.t('{0} (workspace)', name);
    const [present, other] = await Promise.all([
      whole(userUri, baseName(userUri), user.text, (path) => path),
      workspaceUri && whole(workspaceUri, ofWorkspace(workspaceFileName), workspace?.text, ofWorkspace),
    ]);
    const files: ReadText[] = [
      { uri: userUri, name: baseName(userUri), text: user.text, ofUser: true },
      ...includedTexts(userUri, present, true),
      ...(workspaceUri === undefined
        ? []
        : [
            { uri: workspaceUri, name: ofWorkspace(workspaceFileName), text: workspace?.text, ofUser: false },
            ...includedTexts(workspaceUri, other, false),
          ]),
    ];
    watch.include(files.filter(({ uri }) => uri !== userUri && uri !== workspaceUri).map(({ uri }) => uri));
    // A file that went away is no order to send prompts elsewhere.
    const gone = user.problem !== undefined && lastGood !== undefined;
    const file = gone ? lastGood?.file : present;
    const workspaceGrant = consent.grant();
    const sources = {
      ...(file && { file }),
      ...(other && { workspaceFile: other }),
      ...(workspaceGrant !== undefined && { workspaceGrant }),
      ...(loaded && { previous: loaded.configuration }),
      ...(lastGood && { lastGood }),
      editorModels: parts.editorModels(),
      toldFacts: toldFacts.of,
      environment: parts.environment,
      storedHosts,
    };
    const withoutLocal = load(sources);
    // Local servers are looked for only where nothing else says which models there are.
    const result = listsModels(withoutLocal)
      ? withoutLocal
      : load({ ...sources, localModels: await localModels.recent() });
    const kept = gone || result.kept;
    if (!kept) lastGood = hasErrors(result, files) ? {} : { file };
    loaded = result;
    parts.problems.show([...unread, ...result.problems], files, kept);
    consent.offer(result.workspaceRequest);
    log.info(summaryOf(result.configuration));
    return result;
  }

  /** A file with what it includes; undefined where there is none. */
  async function whole(
    uri: vscode.Uri,
    name: string,
    text: string | undefined,
    nameOf: (path: string) => string,
  ): Promise<NamedText | undefined> {
    if (text === undefined) return undefined;
    const withIncludes = await parts.include();
    return withIncludes({ name, text }, (path) => readIncluded(uri, path), nameOf);
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
        changed.fire((await read()).configuration);
      })
      .catch((error: unknown) => log.error(`The configuration was not read: ${errorText(error)}`));
  }

  async function inForce(): Promise<Loaded> {
    await first.get();
    await reading;
    const now = loaded ?? (await first.get());
    // What a server tells, and a server that was started meanwhile, serve the next request: this one doesn't wait.
    void toldFacts.ask(now.configuration.pools).then((news) => {
      if (news) reload();
    });
    if (!listsModels(now) && localModels.stale()) {
      void localModels.refresh().then((others) => {
        if (others) reload();
      });
    }
    return now;
  }

  async function current(): Promise<Configuration> {
    return (await inForce()).configuration;
  }

  function choosePool({ pools, defaultPool }: Configuration): Pool {
    const wanted = setting('defaultPool');
    const named = pools.find((pool) => pool.name === wanted);
    if (named !== undefined) return named;
    if (wanted !== '' && wanted !== toldPool) {
      toldPool = wanted;
      const message = l10n.t(
        "The setting conduit.defaultPool names '{0}', which is no pool: '{1}' is used.",
        wanted,
        defaultPool,
      );
      notify('warning', message, [
        { label: l10n.t('Select Pool'), run: () => vscode.commands.executeCommand('conduit.selectPool') },
      ]);
    }
    const usual = pools.find((pool) => pool.name === defaultPool) ?? pools[0];
    if (usual === undefined) throw new Error(l10n.t('The configuration has no pool.'));
    return usual;
  }

  return {
    current,
    values: async () => (await inForce()).values,
    pool: async () => choosePool(await current()),
    open: async () => {
      const uri = userFile(globalStorageUri);
      const { text, problem } = await readFile(uri, false);
      if (text === undefined && problem === undefined) {
        await writeNewFile(uri, await parts.template());
      }
      await vscode.window.showTextDocument(uri);
    },
    refresh: async () => {
      if (!listsModels(await inForce())) await localModels.refresh();
      readAgain();
      await reading;
    },
    reviewWorkspace: async () => {
      const { workspaceRequest } = await inForce();
      await consent.review(workspaceRequest, workspaceFile(userFile(globalStorageUri)));
    },
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(reloading);
      for (const disposable of [changed, watch, subscription]) disposable.dispose();
    },
  };
}

function hasErrors({ problems }: Loaded, files: readonly ReadText[]): boolean {
  const ofUser = new Set(files.filter((file) => file.ofUser).map(({ name }) => name));
  return problems.some(({ fileName, severity }) => ofUser.has(fileName) && severity === 'error');
}

/** The files that another one includes, to be marked and watched, the missing ones too. */
function includedTexts(uri: vscode.Uri, file: NamedText | undefined, ofUser: boolean): readonly ReadText[] {
  return (file?.included ?? []).map(({ path, name, text }) => ({
    uri: includedFile(uri, path),
    name,
    text,
    ofUser,
  }));
}

function listsModels({ configuration }: Loaded): boolean {
  return configuration.source === 'file';
}

function summaryOf({ source, pools, preset }: Configuration): string {
  const names = pools.map((pool) => `${pool.name} (${String(pool.deployments.length)})`).join(', ');
  return `Configuration from ${source}: pools ${names}; preset ${preset}.`;
}
