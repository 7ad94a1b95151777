import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Editor } from './editor';
import { outputFolder } from './files';

/** The ledger with what SQLite hasn't moved into it yet, one of an earlier version, and the conversations. */
const state = /^ledger$|^conduit\.db|^conversations$/;

/**
 * Keeps what a failed test leaves behind in a folder of its own, `<file>-<test>` under test/e2e/out: the page, its
 * console, the logs, and what Conduit has stored.
 */
export async function saveEvidence(editor: Editor, file: string, test: string): Promise<void> {
  const folder = freeFolder(`${path.basename(file, '.test.ts')}-${nameOf(test)}`);
  mkdirSync(folder, { recursive: true });
  const texts = {
    'console.log': editor.consoleText(),
    'conduit.log': editor.logText(),
    'extension-host.log': editor.hostLogText(),
    'server.log': readFileSync(editor.profile.serverLog, 'utf8'),
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
  const { globalStorage } = editor.profile;
  for (const name of readdirSync(globalStorage).filter((each) => state.test(each))) {
    cpSync(path.join(globalStorage, name), path.join(folder, name), { recursive: true });
  }
  await editor.page.screenshot({ path: path.join(folder, 'page.png') });
}

/** Of several editors each has one. */
function freeFolder(name: string): string {
  const folder = path.join(outputFolder, name);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? folder : `${folder}-${String(number)}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** Some systems take no long names. */
function nameOf(test: string): string {
  return test.replaceAll(/[^\p{L}\p{N}.]+/gu, '-').slice(0, 80);
}
