import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { underLock } from '../../../src/ledger/generations/under-lock';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-lock-'));
  file = path.join(folder, 'any.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('one at a time is under a lock', async () => {
  let [inside, most] = [0, 0];
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => void setTimeout(resolve, 5));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => underLock(file, 20_000, work)));
  expect(most).toBe(1);
});

test('a lock isn’t had while another process holds it, and is had when that is killed', async () => {
  const holder = spawn(process.execPath, [
    '--no-warnings',
    '--eval',
    `const lock = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)});
     lock.exec('BEGIN EXCLUSIVE'); console.log('held'); setInterval(() => lock, 1000);`,
  ]);
  await once(holder.stdout, 'data');
  expect(await underLock(file, 100, () => 'mine')).toBeUndefined();
  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await ended;
  expect(await underLock(file, 20_000, () => 'mine')).toEqual({ result: 'mine' });
});

test('a lock holds where somebody has written into its file', async () => {
  writeFileSync(file, 'who wrote this?'.repeat(500));
  const held = await underLock(file, 20_000, () => underLock(file, 100, () => 'another'));
  expect(held).toEqual({ result: undefined });
});
