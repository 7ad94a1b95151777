import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './run.mjs';

/**
 * Installs npm packages into a folder of their own, under a stamp. The folder is complete or absent: an
 * install that was killed leaves only `<folder>.partial-…`, and is done again.
 * @param {string} folder where node_modules ends up
 * @param {string[]} packages name@version
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [announcement] printed when there is something to do
 */
export async function stagedInstall(folder, packages, env, announcement) {
  const stampFile = path.join(folder, 'stamp');
  const stamp = packages.join(' ');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (announcement !== undefined) console.log(announcement);
  const partial = `${folder}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    const allowScripts = Object.fromEntries(packages.map((spec) => [spec.replace(/@[^@]+$/, ''), true]));
    const manifest = { name: 'cached-tool', private: true, allowScripts };
    writeFileSync(path.join(partial, 'package.json'), JSON.stringify(manifest));
    const flags = ['--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', ['install', ...flags, ...packages], { cwd: partial, env, quiet: true });
    writeFileSync(path.join(partial, 'stamp'), stamp);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
