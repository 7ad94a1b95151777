import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

/** Chromium without the windows that nobody sees: tests take a fifth less time in it. */
const headless = 'chromium-headless-shell';
const names = [headless, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Flags for a headless Chromium that talks to nobody on its own. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const install = () =>
  installSystemPackages(
    [headless],
    'The end-to-end tests need Chromium',
    'Install Chromium or Chrome and put it on the PATH.',
  );

/** The path of Chromium, installed when it is missing and that is possible. */
export async function ensureBrowser() {
  const found = onPath(...names);
  if (found !== undefined) return found;
  await install();
  const installed = onPath(...names);
  if (installed === undefined) throw new Error(`${headless} was installed and is still not on the PATH`);
  return installed;
}

/** Installs the faster one where another is there already; where that isn't possible the other one does. */
export async function ensureFastBrowser() {
  if (onPath(headless) !== undefined) return;
  const other = onPath(...names);
  try {
    await install();
  } catch (error) {
    if (other === undefined) throw error;
    console.log(`${headless} isn't there: the end-to-end tests take ${other}, which is slower.`);
  }
}
