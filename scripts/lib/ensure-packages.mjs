import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { exitCodeOf, run, SetupError } from './run.mjs';

const modules = path.join(root, 'node_modules');

/** The development tools of package-lock.json, installed only where node_modules doesn't hold them. */
export async function ensurePackages() {
  if (!isUpToDate()) {
    console.log('Installing the development tools (npm) …');
    const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
    if ((await exitCodeOf('npm', ['ci', ...quietly], { silent: true })) !== 0) {
      // `npm ci` refuses a lock without the native packages of every other platform, which it would not install:
      // a registry that lacks one of them writes such a lock. `npm install` takes the same versions from it.
      await run('npm', ['install', '--no-save', ...quietly]);
    }
  }
  await checkNode();
}

/** npm records what it installed, in the lock's own words, as the last thing that it does. */
function isUpToDate() {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([place, { version, optional }]) => place === '' || optional || installed[place]?.version === version,
  );
}

/** `node` is a dev dependency (node:sqlite needs 22); an npm that blocks install scripts leaves it empty. */
async function checkNode() {
  const node = path.join(modules, '.bin', 'node');
  const test = 'process.exit(process.versions.node.split(".")[0] >= 24 ? 0 : 1)';
  const works = async () => (await exitCodeOf(node, ['-e', test], { silent: true }).catch(() => 1)) === 0;
  if (await works()) return;
  await run('npm', ['rebuild', 'node'], { quiet: true });
  if (!(await works())) {
    throw new SetupError(
      `${node} isn't Node 24. Delete node_modules and run "npm ci" with install scripts allowed.`,
    );
  }
}
