import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createProfile, installExtensions } from '../../../scripts/lib/serve-editor.mjs';
import { installedFolder, outputFolder, packagedVsix } from './files';

/**
 * What the last run left is gone before this one leaves anything. Installs the VSIX once: that takes two seconds of a
 * processor for each editor that begins with a copy of it. With companions it is installed as users do.
 */
export default async function setup(): Promise<void> {
  rmSync(outputFolder, { recursive: true, force: true });
  mkdirSync(outputFolder, { recursive: true });
  const profile = createProfile();
  try {
    await installExtensions(profile, packagedVsix());
    cpSync(profile.extensions, installedFolder, { recursive: true });
  } finally {
    profile.remove();
  }
}
