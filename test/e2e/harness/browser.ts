import { type Browser, chromium } from 'playwright-core';
import { browserFlags, ensureBrowser } from '../../../scripts/lib/ensure-browser.mjs';

/** A browser of one's own. Whatever isn't on this machine isn't found: the tests need no network, and nothing leaves. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...browserFlags, '--no-proxy-server', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}
