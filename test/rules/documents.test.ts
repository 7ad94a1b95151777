import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const project = path.resolve(import.meta.dirname, '../..');

/** Whatever these name must be there: a recipe that sends people to a file that was moved is worse than none. */
const documents = ['CONTRIBUTING.md', 'docs/design.md', 'docs/bandit-algorithms.md', 'README.md'];

/** Paths in the words of a document; NAME and its like stand for what is to be added. */
function pathsIn(text: string): readonly string[] {
  const quoted = Array.from(text.matchAll(/`([^`\s]+)`/g), ([, word]) => word ?? '');
  const folders = /^(src|test|bench|scripts|docs|l10n|media|core|editor|webview|providers|config)\//;
  return quoted.filter((word) => folders.test(word) && !/[A-Z]{4}|[*…<>{}]/.test(word));
}

test.each(documents)('%s names files that are there', (document) => {
  const text = readFileSync(path.join(project, document), 'utf8');
  const isThere = (name: string): boolean =>
    ['', 'src'].some((folder) => existsSync(path.join(project, folder, name)));
  expect(pathsIn(text).filter((name) => !isThere(name))).toEqual([]);
});

test.each(documents)('%s links to files that are there', (document) => {
  const text = readFileSync(path.join(project, document), 'utf8');
  const links = Array.from(text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g), ([, link]) => link ?? '');
  const local = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(local.filter((link) => !existsSync(path.join(project, path.dirname(document), link)))).toEqual([]);
});
