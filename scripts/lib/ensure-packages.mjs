import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { exitCodeOf, run, SetupError } from './run.mjs';

const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.conduit-lock-hash');
const npmsOwnRecord = path.join(modules, '.package-lock.json');

/** The development tools of package-lock.json, installed again only when that file has changed. */
export async function ensurePackages() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
  if (stamp !== hash) {
    if (stamp === undefined && installedByHand(lock)) console.log('node_modules is up to date.');
    else await run('npm', ['ci', '--no-audit', '--no-fund']);
    writeFileSync(stampFile, hash);
  }
  await checkNode();
}

/** npm writes the versions that it installed, in the lock's own words: a developer's `npm install` counts. */
function installedByHand(lock) {
  if (!existsSync(npmsOwnRecord)) return false;
  const wanted = JSON.parse(lock).packages;
  const installed = JSON.parse(readFileSync(npmsOwnRecord, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) => place === '' || optional || installed[place]?.version === version,
  );
}

/** `node` is a dev dependency (node:sqlite needs 22); an npm that blocks install scripts leaves it empty. */
async function checkNode() {
  const node = path.join(modules, '.bin', 'node');
  const works = async () =>
    (await exitCodeOf(node, ['-e', 'process.exit(process.versions.node.split(".")[0] >= 24 ? 0 : 1)'], {
      quiet: true,
    }).catch(() => 1)) === 0;
  if (await works()) return;
  await run('npm', ['rebuild', 'node', '--no-audit', '--no-fund']);
  if (!(await works())) {
    throw new SetupError(
      `${node} isn't Node 24. Delete node_modules and run "npm ci" with install scripts allowed.`,
    );
  }
}
