import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureNode } from './ensure-node.mjs';
import { installSystemPackages } from './ensure-system-package.mjs';
import { cache } from './paths.mjs';
import { onPath, SetupError } from './run.mjs';
import { stagedInstall } from './staged-install.mjs';

/** VS Code 1.139.1 as a server. */
const version = '4.139.1';

/**
 * Installs code-server where it isn't yet: about two minutes and 620 MB, into a folder that all checkouts share.
 * CONDUIT_EDITOR_CACHE names another folder.
 * @returns {Promise<{ node: string, entry: string }>} run it as `node entry …`
 */
export async function ensureEditor() {
  const { folder, node } = await ensureNode();
  const home = process.env.CONDUIT_EDITOR_CACHE ?? path.join(cache, `code-server-${version}`);
  const entry = path.join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  if (!existsSync(entry)) await ensureCompiler();
  await stagedInstall(
    home,
    [`code-server@${version}`],
    {
      ...process.env,
      PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
      npm_config_nodedir: folder,
    },
    `Installing code-server ${version} (about two minutes, once) …`,
  );
  return { node, entry };
}

/** code-server compiles native modules; kerberos needs the headers of libkrb5. */
async function ensureCompiler() {
  if (process.platform === 'win32') {
    throw new SetupError('code-server has no Windows build. Install VS Code and put "code" on the PATH.');
  }
  if (process.platform !== 'linux') return;
  const missing = [
    ...(existsSync('/usr/include/gssapi/gssapi.h') ? [] : ['libkrb5-dev']),
    ...(onPath('g++') && onPath('make') ? [] : ['build-essential']),
    ...(onPath('python3') ? [] : ['python3']),
  ];
  if (missing.length === 0) return;
  await installSystemPackages(
    missing,
    `code-server's native modules need ${missing.join(', ')}`,
    'Install a C++ compiler, make, Python 3 and the headers of MIT Kerberos (krb5-devel).',
  );
}
