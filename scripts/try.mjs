import { cpSync, existsSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureBrowser, browserFlags } from './lib/ensure-browser.mjs';
import { ensurePackages } from './lib/ensure-packages.mjs';
import { root } from './lib/paths.mjs';
import { exitCodeOf, interrupted, main, onPath, run, SetupError } from './lib/run.mjs';
import { createProfile, extensionId, serveEditor } from './lib/serve-editor.mjs';

/** The variables that make a pool where there is no conduit.yaml. */
const providerKeys = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'];

/** How long the smoke test waits for each thing: a machine that does other things besides is slow. */
const longestMs = 120_000;

const sampleWorkspace = {
  'README.md':
    '# A sample\n\nSelect some code and run "Conduit: Explain Selection", or ask with "Conduit: Ask".\n',
  'src/median.ts': `/** The middle of the values; of two middles, the mean. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
`,
  'src/words.py': `from collections import Counter


def most_common_words(text: str, count: int = 10) -> list[tuple[str, int]]:
    return Counter(text.lower().split()).most_common(count)
`,
};

/**
 * Builds Conduit and opens a VS Code with it, in a profile that is thrown away afterwards.
 *   --watch     runs it from this folder, and reloads it after each change; packages nothing
 *   --port N    the port of the editor in the browser
 *   --browser   code-server even where a desktop editor is on the PATH
 *   --smoke     start it, check that the extension gets active (with --watch: again after a build), end it
 */
await main(async () => {
  const { values } = parseArgs({
    options: {
      watch: { type: 'boolean' },
      port: { type: 'string' },
      browser: { type: 'boolean' },
      smoke: { type: 'boolean' },
    },
  });
  await ensurePackages();
  const profile = createProfile({
    settings: { 'workbench.startupEditor': 'readme' },
    workspaceFiles: sampleWorkspace,
  });
  const end = interrupted();
  let conduit;
  try {
    conduit = values.watch ? await watched(profile, end) : await packaged();
    const inBrowser = values.browser || values.smoke || values.port !== undefined;
    if (!inBrowser && (await openDesktop(profile, conduit))) return 0;
    // A served editor has no such option: it takes a link beside the extensions that are installed.
    if (conduit.folder !== undefined) {
      symlinkSync(conduit.folder, path.join(profile.extensions, 'conduit'), 'junction');
    }
    const port = values.port === undefined ? undefined : Number(values.port);
    const editor = await serveEditor({ profile, vsix: conduit.vsix, port, keepKeys: true });
    try {
      if (values.smoke) return await smoke(editor, profile, conduit);
      console.log(`\nVS Code is at  ${editor.workbench}\n`);
      printFirstSteps();
      console.log('\nCtrl+C ends it and removes its profile.');
      await Promise.race([editor.ended, end]);
    } finally {
      await editor.stop();
    }
    return 0;
  } finally {
    await conduit?.close();
    profile.remove();
  }
});

/** A VSIX to be installed. */
async function packaged() {
  await run('npm', ['run', '-s', 'package'], { quiet: true });
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, `${name}-${version}.vsix`);
  console.log(`Packaged ${path.basename(vsix)}.`);
  return { vsix, close: () => undefined };
}

/** This folder, to be run as it is. The reloader is installed beside it, and reloads the window when something was built. */
async function watched(profile, end) {
  const { watchBuild } = await import('./lib/watch-build.mjs');
  const reloader = path.join(profile.extensions, 'reloader');
  cpSync(path.join(root, 'scripts', 'reloader'), reloader, { recursive: true });
  const installed = path.join(profile.extensions, 'extensions.json');
  let ready;
  const firstBuild = new Promise((resolve) => (ready = resolve));
  const build = watchBuild(() => {
    // The editor keeps what it read of manifests while this list is as old as it was.
    if (existsSync(installed)) utimesSync(installed, new Date(), new Date());
    writeFileSync(path.join(reloader, 'built'), '');
    ready();
  });
  await Promise.race([firstBuild, end]);
  return { vsix: [], folder: root, rebuild: build.rebuild, close: build.close };
}

/** Opens the desktop editor and waits until its window is closed. False where there is none that can be used. */
async function openDesktop(profile, { vsix, folder }) {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const program = hasScreen ? onPath('code', 'codium', 'cursor') : undefined;
  // Inside a remote window `code` speaks to the user's own editor and ignores the profile.
  if (program === undefined || program.includes('remote-cli') || process.env.VSCODE_IPC_HOOK_CLI)
    return false;
  const args = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  for (const file of [vsix].flat()) {
    const installed = await exitCodeOf(program, [...args, '--install-extension', file, '--force'], {
      quiet: true,
    });
    if (installed === 0) continue;
    console.log(
      `${program} doesn't take the VSIX (it needs VS Code 1.106): opening it in the browser instead.`,
    );
    return false;
  }
  if (folder !== undefined) args.push(`--extensionDevelopmentPath=${folder}`);
  printFirstSteps();
  console.log(`\nOpening ${program}; closing its window ends this and removes its profile.`);
  await run(program, [...args, '--disable-workspace-trust', '--new-window', '--wait', profile.workspace]);
  return true;
}

/** Opens the page as a user would and waits for the extension to get active; with a build, for its reload too. */
async function smoke(editor, profile, { rebuild }) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserFlags });
  try {
    const page = await browser.newPage();
    await page.goto(editor.workbench, { timeout: longestMs });
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: longestMs });
    await activation(profile, 1);
    printFirstSteps();
    console.log(`OK: the page answers and ${extensionId} is active.`);
    if (rebuild !== undefined) {
      const builtMs = Date.now();
      rebuild();
      await activation(profile, 2);
      console.log(`OK: built anew and active again after ${((Date.now() - builtMs) / 1000).toFixed(1)} s.`);
    }
    return 0;
  } finally {
    await browser.close();
  }
}

/** Waits until the extension was activated so many times, without an error. */
async function activation(profile, times) {
  for (const deadlineMs = Date.now() + longestMs; Date.now() < deadlineMs; await sleep(100)) {
    const logs = profile.readLogs('Conduit.log').filter((text) => text !== '');
    const host = profile.readLogs('remoteexthost.log').join('');
    if (host.includes(`Activating extension ${extensionId} failed`)) throw new SetupError(host);
    if (/\[error\]|did not start/.test(logs.join(''))) throw new SetupError(logs.join(''));
    const activations = host.split(`_doActivateExtension ${extensionId}`).length - 1;
    if (activations >= times && logs.length >= times) return;
  }
  throw new SetupError(`${extensionId} wasn't activated.\n${profile.readLogs('remoteexthost.log').join('')}`);
}

function printFirstSteps() {
  const keys = Object.keys(process.env).filter((key) => providerKeys.includes(key) && process.env[key]);
  console.log(
    keys.length > 0
      ? `Models: those of ${keys.join(', ')}. Requests cost money.`
      : `Models: three simulated ones. Set ${providerKeys.slice(0, 2).join(' or ')} for real ones.`,
  );
  console.log(
    'First: F1, "Conduit: Ask", a question. Rate the answer. Then F1, "Conduit: Show Routing Stats".',
  );
}
