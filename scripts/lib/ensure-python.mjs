import { installSystemPackages } from './ensure-system-package.mjs';
import { onPath } from './run.mjs';

/** Python, with its own library, installed when it is missing and that is possible. */
export async function ensurePython() {
  if (onPath('python3') !== undefined) return;
  await installSystemPackages(
    ['python3'],
    'Tests of edits read Python’s own library, and check it with Python',
    'Install Python 3 and put python3 on the PATH.',
  );
}
