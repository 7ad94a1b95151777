import { readFileSync } from 'node:fs';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '../../..');
export const outputFolder = path.join(projectFolder, 'test', 'e2e', 'out');
/** The extensions of a profile into which the VSIX was installed, where this run has made them. */
export const installedFolder = path.join(outputFolder, 'installed-extensions');

/** The VSIX that `npm run package` writes. */
export function packagedVsix(): string {
  const { name, version } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return path.join(projectFolder, `${name}-${version}.vsix`);
}
