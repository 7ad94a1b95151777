import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** What the scripts download; git-ignored, safe to delete. */
export const cache = path.join(root, '.cache');
