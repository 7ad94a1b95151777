import path from 'node:path';
import { expect, test } from 'vitest';
import { listingProblems, packageFolderOf } from '../../scripts/lib/bundled-packages.mjs';

const lock = {
  packages: {
    'node_modules/zod': {},
    'node_modules/entities': {},
    'node_modules/webpack': { dev: true },
  },
};

test('what is bundled is listed where it is a dependency, or one of a dependency', () => {
  const bundled = [
    { folder: 'node_modules/zod', name: 'zod' },
    { folder: 'node_modules/entities', name: 'entities' },
  ];
  expect(listingProblems(bundled, { dependencies: { zod: '^4' } }, lock)).toEqual([]);
});

test('what only development needs, what nobody locked, and what isn’t bundled at all is told', () => {
  const bundled = [
    { folder: 'node_modules/webpack', name: 'webpack' },
    { folder: 'node_modules/stray', name: 'stray' },
  ];
  expect(listingProblems(bundled, { dependencies: { zod: '^4' } }, lock)).toEqual([
    'webpack is bundled, and only devDependencies need it: no audit of what is shipped sees it.',
    'stray is bundled and is not in package-lock.json at node_modules/stray.',
    'zod is among the dependencies, and nothing of it is bundled.',
  ]);
});

test.each([
  ['/p/node_modules/zod/v4/core.js', '/p/node_modules/zod'],
  ['/p/node_modules/@a/b/dist/x.js?query', '/p/node_modules/@a/b'],
  ['/p/node_modules/a/node_modules/b/x.js', '/p/node_modules/a/node_modules/b'],
  ['/p/node_modules/css-loader/dist/cjs.js!/p/src/page.css', undefined],
  ['/p/src/a.ts', undefined],
])('a module is of its package: %s', (file, folder) => {
  const native = (text: string): string => text.replaceAll('/', path.sep);
  expect(packageFolderOf(native(file))).toBe(folder === undefined ? undefined : native(folder));
});
