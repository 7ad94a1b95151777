import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

/** An install that is still going on is never this old. */
const abandonedAfterMs = 60 * 60_000;

/**
 * Installs npm packages into a folder of their own, under a stamp. The folder is complete or absent: an
 * install that was killed leaves only `<folder>.partial-…`, and is done again. Of several at once the first that is
 * ready stands, and the others use it.
 * @param {string} folder where node_modules ends up
 * @param {string[]} packages name@version
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [announcement] printed when there is something to do
 */
export async function stagedInstall(folder, packages, env, announcement) {
  const stamp = packages.join(' ');
  if (hasStamp(folder, stamp)) return;
  if (announcement !== undefined) console.log(announcement);
  removeAbandoned(folder);
  const partial = `${folder}.partial-${process.pid}-${Date.now()}`;
  mkdirSync(partial, { recursive: true });
  try {
    const allowScripts = Object.fromEntries(packages.map((spec) => [spec.replace(/@[^@]+$/, ''), true]));
    const manifest = { name: 'cached-tool', private: true, allowScripts };
    writeFileSync(path.join(partial, 'package.json'), JSON.stringify(manifest));
    const flags = ['--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...flags, ...packages], { cwd: partial, env, quiet: true });
    writeFileSync(path.join(partial, 'stamp'), stamp);
    putInPlace(partial, folder, stamp);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Of two processes one renames; the other finds that its own work isn't needed. */
function putInPlace(partial, folder, stamp) {
  if (hasStamp(folder, stamp)) return;
  const outdated = `${partial}.outdated`;
  if (existsSync(folder)) renameSync(folder, outdated);
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!hasStamp(folder, stamp)) throw error;
  } finally {
    rmSync(outdated, { recursive: true, force: true });
  }
}

function hasStamp(folder, stamp) {
  const file = path.join(folder, 'stamp');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

function removeAbandoned(folder) {
  const parent = path.dirname(folder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${path.basename(folder)}.partial-`)) continue;
    const partial = path.join(parent, name);
    const changedMs = statSync(partial, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changedMs > abandonedAfterMs) rmSync(partial, { recursive: true, force: true });
  }
}
