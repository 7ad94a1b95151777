import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

/** Makes sure that the editor under test, and the tests themselves, find a real `git`. */
export async function ensureGit() {
  if (onPath('git') !== undefined) return;
  const purpose = 'The tests of commit messages need git';
  await installSystemPackages(['git'], purpose, 'Install git and put it on the PATH.');
  if (onPath('git') === undefined) throw new Error('git was installed and is still not on the PATH');
}
