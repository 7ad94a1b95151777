import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

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

/** The path of Chromium, installed when it is missing and that is possible. */
export async function ensureBrowser() {
  const found = onPath(...names);
  if (found !== undefined) return found;
  const purpose = 'The end-to-end tests need Chromium';
  await installSystemPackages(['chromium'], purpose, 'Install Chromium or Chrome and put it on the PATH.');
  const installed = onPath(...names);
  if (installed === undefined) throw new Error('chromium was installed and is still not on the PATH');
  return installed;
}
