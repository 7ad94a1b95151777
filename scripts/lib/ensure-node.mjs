import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root } from './paths.mjs';
import { stagedInstall } from './staged-install.mjs';

/**
 * Node 24 with its headers. node_modules/.bin/node has no headers, and node-gyp can't fetch them on a machine
 * that reaches only the npm registry; the package of the platform ships both.
 * @returns {Promise<{ folder: string, node: string }>}
 */
export async function ensureNode() {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const version = packages['node_modules/node'].version;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${platform}-${process.arch}`;
  const home = path.join(cache, `node-${version}`);
  await stagedInstall(home, [`${name}@${version}`], process.env, `Installing Node ${version} …`);
  const folder = path.join(home, 'node_modules', name);
  return { folder, node: path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node') };
}
