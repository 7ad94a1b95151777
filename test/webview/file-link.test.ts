import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFileLink } from '../../src/webview/protocol/file-link';

test.each([
  ['src/foo.ts', { path: 'src/foo.ts' }],
  ['./src/foo.ts', { path: './src/foo.ts' }],
  ['README.md', { path: 'README.md' }],
  ['Makefile', { path: 'Makefile' }],
  ['src/', { path: 'src/' }],
  ['src/foo.ts:12', { path: 'src/foo.ts', line: 12 }],
  ['foo.ts:12', { path: 'foo.ts', line: 12 }],
  ['src/foo.ts:12:5', { path: 'src/foo.ts', line: 12, column: 5 }],
  ['src/foo.ts:10-20', { path: 'src/foo.ts', line: 10, endLine: 20 }],
  ['src/foo.ts#L10', { path: 'src/foo.ts', line: 10 }],
  ['src/foo.ts#L10-L20', { path: 'src/foo.ts', line: 10, endLine: 20 }],
  ['src/foo.ts#L10-20', { path: 'src/foo.ts', line: 10, endLine: 20 }],
  ['src/foo.ts#L10C3-L20C7', { path: 'src/foo.ts', line: 10, column: 3, endLine: 20 }],
  ['src/foo.ts#10,3', { path: 'src/foo.ts', line: 10, column: 3 }],
  ['src/foo.ts#L20-L10', { path: 'src/foo.ts', line: 20 }],
  ['src/foo.ts:L10', { path: 'src/foo.ts', line: 10 }],
  ['foo.ts:L10-L20', { path: 'foo.ts', line: 10, endLine: 20 }],
  ['src/foo.ts:12:3-14:5', { path: 'src/foo.ts', line: 12, column: 3, endLine: 14 }],
  ['src/foo.ts:12-14:5', { path: 'src/foo.ts', line: 12, endLine: 14 }],
  ['src/foo.ts:12:', { path: 'src/foo.ts', line: 12 }],
  ['src/foo.ts#L10–L20', { path: 'src/foo.ts', line: 10, endLine: 20 }],
  ['src/foo.ts#line-12', { path: 'src/foo.ts', line: 12 }],
  ['src/foo.cs(12,3)', { path: 'src/foo.cs', line: 12, column: 3 }],
  ['src/(group)/page.tsx', { path: 'src/(group)/page.tsx' }],
  ['Dockerfile:12', { path: 'Dockerfile', line: 12 }],
  ['file://C:/work/a.ts', { path: 'C:/work/a.ts' }],
  ['README.md#install', { path: 'README.md' }],
  ['/work/a.ts', { path: '/work/a.ts' }],
  ['file:///work/a%20b.ts#L3', { path: '/work/a b.ts', line: 3 }],
  ['file://localhost/work/a.ts', { path: '/work/a.ts' }],
  ['file:///c:/work/a.ts:7', { path: 'c:/work/a.ts', line: 7 }],
  ['C:\\work\\a.ts:7', { path: 'C:/work/a.ts', line: 7 }],
  ['C:%5Cwork%5Ca.ts', { path: 'C:/work/a.ts' }],
  ['src/%E4%B8%AD.ts', { path: 'src/中.ts' }],
  ['src/a%23b.ts#L2', { path: 'src/a#b.ts', line: 2 }],
  ['100%.md', { path: '100%.md' }],
  ['../secret', { path: '../secret' }],
])('%s is a place in a file', (href, link) => {
  expect(readFileLink(href)).toEqual(link);
});

test.each([
  '',
  '#install',
  '?q=1',
  'https://a.example/b.ts',
  'mailto:a@b.example',
  'javascript:alert(1)',
  'javascript:1',
  'java%73cript:alert(1)',
  'command:workbench.action.quit',
  'command:1',
  'vscode://a/b',
  'vscode-file://a/b.ts:1',
  'data:text/html,a',
  'file://host/share/a.ts',
  'file:',
  'file://c/share/a.ts',
  'file:%2f%2fhost/a.ts',
  '//host/a.ts',
  '\\\\host\\share\\a.ts',
  'localhost:3000',
  'a\u0000b',
  'a%0ab',
  'x'.repeat(3_000),
])('%j is none', (href) => {
  expect(readFileLink(href)).toBeUndefined();
});

test('no link that has a scheme, or the mark of another host, becomes a path', () => {
  const schemes = fc.constantFrom('https', 'javascript', 'command', 'vscode', 'data', 'blob', 'ftp', 'x-a.b');
  fc.assert(
    fc.property(schemes, fc.string(), (scheme, rest) => {
      const link = readFileLink(`${scheme}:${rest}`);
      expect(link?.path.startsWith(`${scheme}:`) ?? false).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (rest) => {
      expect(readFileLink(`//${rest}`)).toBeUndefined();
    }),
  );
});

test('a link of a megabyte is read', () => {
  for (const href of [':1'.repeat(500_000), '#'.repeat(1_000_000), '%'.repeat(1_000_000)])
    expect(readFileLink(href)).toBeUndefined();
});
