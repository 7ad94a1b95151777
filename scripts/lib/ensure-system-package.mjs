import { exitCodeOf, onPath, SetupError } from './run.mjs';

/**
 * Installs packages with apt where that is possible; else says what to install.
 * @param {string[]} names Debian's names
 * @param {string} purpose what they are needed for, for the message
 * @param {string} elsewhere what to do on a system without apt
 */
export async function installSystemPackages(names, purpose, elsewhere) {
  if (onPath('apt-get') === undefined) throw new SetupError(`${purpose}. ${elsewhere}`);
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      `${purpose}. Run: sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`,
    );
  }
  console.log(`Installing ${names.join(', ')} (apt) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A repository that can't be reached makes update fail though the package may well be installable.
  await exitCodeOf('apt-get', ['update', '-qq'], { env, quiet: true });
  const code = await exitCodeOf('apt-get', ['install', '-y', '-qq', ...names], { env, quiet: true });
  if (code !== 0) throw new SetupError(`${purpose}, and "apt-get install -y ${names.join(' ')}" failed.`);
}
