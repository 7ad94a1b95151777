import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser, browserFlags } from './lib/ensure-browser.mjs';
import { ensurePackages } from './lib/ensure-packages.mjs';
import { root } from './lib/paths.mjs';
import { exitCodeOf, main, onPath, run, SetupError } from './lib/run.mjs';
import { createProfile, extensionId, serveEditor } from './lib/serve-editor.mjs';

/** The variables that make a pool where there is no conduit.yaml. */
const providerKeys = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'];

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
 *   --port N    the port of the editor in the browser
 *   --browser   code-server even where a desktop editor is on the PATH
 *   --smoke     start it, check that the extension gets active, end it
 */
await main(async () => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, browser: { type: 'boolean' }, smoke: { type: 'boolean' } },
  });
  await ensurePackages();
  await run('npm', ['run', '-s', 'package'], { quiet: true });
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, `${name}-${version}.vsix`);
  console.log(`Packaged ${path.basename(vsix)}.`);

  const profile = createProfile({
    settings: { 'workbench.startupEditor': 'readme' },
    workspaceFiles: sampleWorkspace,
  });
  try {
    const inBrowser = values.browser || values.smoke || values.port !== undefined;
    if (!inBrowser && (await openDesktop(profile, vsix))) return 0;
    const port = values.port === undefined ? undefined : Number(values.port);
    const editor = await serveEditor({ profile, vsix, port, keepKeys: true });
    try {
      if (values.smoke) return await smoke(editor, profile);
      console.log(`\nVS Code is at  ${editor.workbench}\n`);
      printFirstSteps();
      console.log('\nCtrl+C ends it and removes its profile.');
      await Promise.race([editor.ended, interrupted()]);
    } finally {
      await editor.stop();
    }
    return 0;
  } finally {
    profile.remove();
  }
});

/** Opens the desktop editor and waits until its window is closed. False where there is none that can be used. */
async function openDesktop(profile, vsix) {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const program = hasScreen ? onPath('code', 'codium', 'cursor') : undefined;
  // Inside a remote window `code` speaks to the user's own editor and ignores the profile.
  if (program === undefined || program.includes('remote-cli') || process.env.VSCODE_IPC_HOOK_CLI)
    return false;
  const args = ['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const installed = await exitCodeOf(program, [...args, '--install-extension', vsix, '--force'], {
    quiet: true,
  });
  if (installed !== 0) {
    console.log(
      `${program} doesn't take the VSIX (it needs VS Code 1.106): opening it in the browser instead.`,
    );
    return false;
  }
  printFirstSteps();
  console.log(`\nOpening ${program}; closing its window ends this and removes its profile.`);
  await run(program, [...args, '--disable-workspace-trust', '--new-window', '--wait', profile.workspace]);
  return true;
}

/** Opens the page as a user would and waits for the extension to get active. */
async function smoke(editor, profile) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: browserFlags });
  try {
    const page = await browser.newPage();
    await page.goto(editor.workbench);
    await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    for (const deadlineMs = Date.now() + 60_000; Date.now() < deadlineMs; await page.waitForTimeout(200)) {
      const log = profile.readLogs('Conduit.log').join('');
      const host = profile.readLogs('remoteexthost.log').join('');
      if (host.includes(`Activating extension ${extensionId} failed`)) throw new SetupError(host);
      if (/\[error\]|did not start/.test(log)) throw new SetupError(log);
      if (host.includes(`_doActivateExtension ${extensionId}`) && log !== '') {
        printFirstSteps();
        console.log(`OK: the page answers and ${extensionId} is active.`);
        return 0;
      }
    }
    throw new SetupError(
      `${extensionId} wasn't activated.\n${profile.readLogs('remoteexthost.log').join('')}`,
    );
  } finally {
    await browser.close();
  }
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

function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
}
