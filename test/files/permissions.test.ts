import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { typeScriptArguments } from '../spawn-typescript';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'private-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function modes(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const stats = statSync(path.join(folder, name));
    return `${(stats.mode & 0o777).toString(8)} ${stats.isDirectory() ? 'folder' : 'file'} ${name}`;
  });
}

/** Every kind of file that a window keeps, written by a process with this umask. */
function writeAll(umask: string, folder: string): void {
  const script = fileURLToPath(new URL('./writing-everything.ts', import.meta.url));
  const { stdout, stderr } = spawnSync('sh', [
    '-c',
    `umask ${umask}; exec "$0" "$@"`,
    process.execPath,
    ...typeScriptArguments,
    script,
    folder,
  ]);
  expect(stderr.toString()).toBe('');
  expect(stdout.toString()).toBe('written');
}

test.each(['000', '022'])(
  'with umask %s nobody but the user may read a file, or look into a folder',
  (umask) => {
    const folder = path.join(parent, 'storage');
    writeAll(umask, folder);
    const found = modes(folder);
    expect(found.filter((each) => !/^(600 file|700 folder) /.test(each))).toEqual([]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const names = found.map((each) => each.replace(/^\S+ \S+ /, ''));
    for (const kind of [
      /ledger-1\.db$/,
      /-wal$/,
      /first\.json$/,
      /gone\.deleted$/,
      /w\.json$/,
      /draft\.txt$/,
    ])
      expect(names.filter((name) => kind.test(name))).not.toEqual([]);
  },
);

test('what an earlier version left for others to read is the user’s alone after the next start', () => {
  const folder = path.join(parent, 'storage');
  mkdirSync(path.join(folder, 'conversations', 'deep'), { recursive: true });
  for (const name of ['choices.txt', 'conversations/old.json', 'conversations/deep/x']) {
    writeFileSync(path.join(folder, name), '{}');
    chmodSync(path.join(folder, name), 0o666);
  }
  for (const name of ['', 'conversations', 'conversations/deep']) chmodSync(path.join(folder, name), 0o777);
  writeAll('022', folder);
  expect(modes(folder).filter((each) => !/^(600 file|700 folder) /.test(each))).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});
