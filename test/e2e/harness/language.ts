import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Profile } from '../../../scripts/lib/serve-editor.mjs';

/**
 * Lets the editor of a profile speak a language, as far as extensions can see: its language pack can't be had without
 * the gallery, so that it believes in one that has no words, and its own stay English. Returns the server's arguments.
 */
export function speak(profile: Profile, language: string): readonly string[] {
  const words = path.join(profile.userData, 'words.json');
  writeFileSync(words, JSON.stringify({ contents: {} }));
  const extensions = [{ extensionIdentifier: { id: 'conduit-tests.no-words' }, version: '1.0.0' }];
  const pack = { hash: 'none', extensions, translations: { vscode: words } };
  writeFileSync(path.join(profile.userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
  return ['--locale', language];
}
