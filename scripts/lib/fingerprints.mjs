import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './paths.mjs';

/** What bears on every file: the rules, the compiler's options, the packages, and declarations that nobody imports. */
const common = ['eslint.config.mjs', 'package-lock.json', 'tsconfig*.json', '{src,test,bench}/**/*.d.ts'];

/** What a specifier such as `./a` or `./a.mjs` may stand for. */
const endings = ['', '.ts', '.mts', '.d.ts', '.d.mts', '/index.ts'];

/**
 * Tells of a file, named from the project's folder, a text that is another one as soon as the file is, or one that it
 * imports, directly or through others.
 */
export function createFingerprints() {
  const seed = digest(globSync(common, { cwd: root }).sort().map(readText).join('\0'));
  const known = new Map();

  const entryOf = (file) => {
    if (!known.has(file)) {
      const text = readText(file);
      known.set(file, { digest: digest(text), imports: importsOf(file, text) });
    }
    return known.get(file);
  };

  return (file) => {
    const reached = new Set([file]);
    for (const each of reached) for (const imported of entryOf(each).imports) reached.add(imported);
    return digest(
      seed +
        [...reached]
          .sort()
          .map((each) => each + entryOf(each).digest)
          .join('\0'),
    );
  };
}

function importsOf(file, text) {
  if (!/\.[cm]?[jt]s$/.test(file)) return [];
  const specifiers = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return specifiers
    .filter((specifier) => specifier.startsWith('.'))
    .flatMap((specifier) => {
      const target = path.join(path.dirname(file), specifier);
      const withoutEnding = target.replace(/\.[cm]?js$/, '');
      return [...new Set([target, withoutEnding])].flatMap((start) =>
        endings.map((ending) => start + ending),
      );
    })
    .filter((candidate) => isFile(path.join(root, candidate)));
}

const readText = (file) => {
  const place = path.join(root, file);
  return isFile(place) ? readFileSync(place, 'utf8') : '';
};
const isFile = (place) => existsSync(place) && statSync(place).isFile();
const digest = (text) => createHash('sha256').update(text).digest('base64url');
