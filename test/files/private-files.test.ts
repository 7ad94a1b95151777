import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimName } from '../../src/files/names-on-disk';
import { makeOwnFolderSync, makePrivateFileSync, writePrivatelySync } from '../../src/files/private-files';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-private-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder of our own that was open to others is closed', () => {
  chmodSync(folder, 0o755);
  makeOwnFolderSync(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a file is the old one or the new one, and nothing else stays', () => {
  const file = path.join(folder, 'file');
  writePrivatelySync(file, 'one');
  writePrivatelySync(file, 'two');
  expect(readFileSync(file, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['file']);
  writePrivatelySync(path.join(folder, 'new', 'file'), 'three');
  expect(statSync(path.join(folder, 'new')).mode & 0o777).toBe(0o700);
  expect(() => writePrivatelySync(path.join(file, 'below'), 'x')).toThrow(/EEXIST|ENOTDIR/);
});

test('of two that claim a name one gets it, and the other one’s file is gone', () => {
  const file = path.join(folder, 'file');
  const [one, other] = [path.join(folder, 'one'), path.join(folder, 'other')];
  makePrivateFileSync(one);
  writeFileSync(one, 'one');
  makePrivateFileSync(other);
  expect(claimName(one, file)).toBe(true);
  expect(claimName(other, file)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('one');
  expect([one, other].filter((each) => existsSync(each))).toEqual([]);
});
