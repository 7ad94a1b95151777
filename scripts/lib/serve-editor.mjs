import { spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureEditor } from './ensure-editor.mjs';
import { exitCodeOf, SetupError } from './run.mjs';

export const extensionId = 'conduit-router.conduit';

const opensWalkthroughs = 'workbench.welcomePage.walkthroughs.openOnInstall';

/** Settings that keep the editor's own greetings, downloads and watching of ports out of the way. */
const quietSettings = {
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.autoDetect': 'off',
  'npm.fetchOnlinePackageInfo': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'typescript.tsserver.useSyntaxServer': 'never',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  [opensWalkthroughs]: false,
};

/**
 * A throwaway profile: nothing of the user's own editor is read or written.
 * @param {{ settings?: object, workspaceFiles?: Record<string, string>, globalStorageFiles?: Record<string, string> }} contents
 */
export function createProfile({ settings = {}, workspaceFiles = {}, globalStorageFiles = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'conduit-editor-'));
  const profile = {
    folder,
    userData: path.join(folder, 'user-data'),
    extensions: path.join(folder, 'extensions'),
    workspace: path.join(folder, 'workspace'),
    globalStorage: path.join(folder, 'user-data', 'User', 'globalStorage', extensionId),
    config: path.join(folder, 'config.yaml'),
    serverLog: path.join(folder, 'server.log'),
    /** The texts of the logs of a name: one of each start of the extension host, oldest first. */
    readLogs: (name) =>
      readdirSync(path.join(folder, 'user-data'), { recursive: true })
        .filter((file) => file.startsWith(`logs${path.sep}`) && path.basename(file) === name)
        .sort()
        .map((file) => readFileSync(path.join(folder, 'user-data', file), 'utf8')),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
  for (const needed of [profile.extensions, profile.workspace, profile.globalStorage]) {
    mkdirSync(needed, { recursive: true });
  }
  writeFileSync(profile.config, '');
  const allSettings = { ...quietSettings, ...settings };
  writeSettings(profile, 'User', allSettings);
  // A setting of machines is read from the server's own settings, which would override the user's where both have one.
  writeSettings(profile, 'Machine', { [opensWalkthroughs]: allSettings[opensWalkthroughs] });
  write(profile.workspace, workspaceFiles);
  write(profile.globalStorage, globalStorageFiles);
  return profile;
}

/**
 * Installs the VSIX into the profile and serves it with code-server till `stop`.
 * @param {{ profile: ReturnType<typeof createProfile>, vsix?: string | string[], port?: number,
 *   env?: Record<string, string>, keepKeys?: boolean, workspaceTrust?: boolean, serverArgs?: string[] }} options
 *   keepKeys: provider keys and CONDUIT_ settings of our own environment reach the extension too
 *   workspaceTrust: a folder is not trusted before the user says so; by default every folder is
 */
export async function serveEditor({
  profile,
  vsix = [],
  port,
  env = {},
  keepKeys = false,
  workspaceTrust = false,
  serverArgs = [],
}) {
  const { node, entry } = await ensureEditor();
  // As from a shell: else the server would start one, to know the variables that the user's profile sets.
  const own = keepKeys ? process.env : { ...withoutKeys(process.env), VSCODE_CLI: '1' };
  const serverEnv = { ...own, ...env };
  await installExtensions(profile, vsix, serverEnv);

  const servingPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${servingPort}`;
  const log = openSync(profile.serverLog, 'a');
  const server = spawn(
    node,
    [
      entry,
      ...argumentsOf(profile),
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${servingPort}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...[...serverArgs, profile.workspace],
    ],
    // A group of its own: code-server is several processes, and all of them end with it.
    { cwd: profile.workspace, env: serverEnv, detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
    server.once('error', resolve);
  });
  const endGroup = (signal) => {
    try {
      process.kill(-server.pid, signal);
    } catch {
      // it has ended already
    }
  };
  const onExit = () => endGroup('SIGKILL');
  process.once('exit', onExit);
  const stop = async () => {
    endGroup('SIGTERM');
    await Promise.race([ended, sleep(5_000)]);
    endGroup('SIGKILL');
    process.off('exit', onExit);
  };

  try {
    await answers(url, () => server.exitCode !== null || server.pid === undefined);
  } catch (error) {
    await stop();
    throw new SetupError(`${error.message}\n${readFileSync(profile.serverLog, 'utf8').slice(-2_000)}`);
  }
  const workbench = `${url}/?folder=${encodeURIComponent(profile.workspace)}`;
  return { url, workbench, port: servingPort, log: profile.serverLog, ended, stop };
}

/** Installs extensions into a profile, as a user does from a VSIX. */
export async function installExtensions(profile, vsix, env = withoutKeys(process.env)) {
  const { node, entry } = await ensureEditor();
  for (const file of [vsix].flat()) {
    const args = [entry, ...argumentsOf(profile), '--install-extension', file, '--force'];
    if ((await exitCodeOf(node, args, { env, cwd: profile.workspace, quiet: true })) !== 0) {
      throw new SetupError(`${file} can't be installed.`);
    }
  }
}

function argumentsOf({ config, userData, extensions }) {
  return ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
}

/** A port that is free now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url, hasEnded) {
  for (const deadlineMs = Date.now() + 30_000; Date.now() < deadlineMs; await sleep(100)) {
    if (hasEnded()) throw new Error('code-server ended at once:');
    const reply = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => undefined,
    );
    if (reply?.ok) return;
  }
  throw new Error(`${url} doesn't answer:`);
}

/** A test's editor must not find the developer's keys, nor send anything through a proxy. */
function withoutKeys(environment) {
  const isOurs = (name) =>
    /(_API_KEY|_API_TOKEN)$|^(CONDUIT|LITELLM|OLLAMA)_|^DATABASE_URL$|^VSCODE_|_proxy$/i.test(name);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isOurs(name)));
}

function writeSettings({ userData }, place, settings) {
  write(path.join(userData, place), { 'settings.json': JSON.stringify(settings, undefined, 2) });
}

function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
