import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeptWatch } from '../../../src/editor/observations/watch-store';
import { createWatchStore } from '../../../src/editor/observations/watch-store';

let root: string;
let folder: string;
let warnings: string[];
let nowMs = 0;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'conduit-watches-'));
  folder = path.join(root, 'accepted-edits');
  warnings = [];
  nowMs = 1_000_000;
});
afterEach(() => rmSync(root, { recursive: true }));

const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (text: string) => void warnings.push(text),
  error: () => undefined,
};
/** A store of the same workspace in another window. */
const openWindow = () => createWatchStore(folder, () => nowMs, log);
const watch = (id: string): KeptWatch => ({
  id,
  uri: 'file:///work/a.ts',
  decisionId: 'd1',
  deploymentId: 'strong',
  sinceMs: 1_000_000,
  inserted: [1, 2, 2],
  textBefore: 3,
  problemsBefore: 4,
});

test('what one window keeps, the next one finds', () => {
  expect(openWindow().all()).toEqual([]);
  openWindow().keep(watch('one'));
  openWindow().keep(watch('two'));
  expect(openWindow().all()).toEqual([watch('one'), watch('two')]);
});

test('each look is claimed by one window; another edit’s is another one', () => {
  const [first, second] = [openWindow(), openWindow()];
  for (const id of ['one', 'two']) first.keep(watch(id));
  expect(second.claim('one', 'save')).toBe(true);
  expect(first.claim('one', 'save')).toBe(false);
  expect(first.claim('one', '5-minutes')).toBe(true);
  expect(first.claim('two', 'save')).toBe(true);
  expect(openWindow().all()).toHaveLength(2);
  expect(openWindow().told('one')).toEqual(['save', '5-minutes']);
});

test('nothing can be claimed of what another window is done with, and nothing of it stays', () => {
  const [first, second] = [openWindow(), openWindow()];
  for (const id of ['one', 'one-more']) first.keep(watch(id));
  first.claim('one', '30-minutes');
  first.forget('one');
  expect(second.claim('one', '30-minutes')).toBe(false);
  expect(readdirSync(folder)).toEqual(['one-more.json']);
});

test('after a week nothing is told any more', () => {
  openWindow().keep(watch('one'));
  openWindow().claim('one', 'save');
  nowMs += 8 * 24 * 3_600_000;
  expect(openWindow().all()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('files that are broken, or carry the name of another, are set aside with a word; the others stay', () => {
  openWindow().keep(watch('good'));
  writeFileSync(path.join(folder, 'half.json'), '{"id":"ha');
  writeFileSync(path.join(folder, 'other.json'), JSON.stringify(watch('good')));
  writeFileSync(path.join(folder, 'bad.json'), JSON.stringify({ ...watch('bad'), id: '../../bad' }));
  expect(openWindow().all()).toEqual([watch('good')]);
  expect(warnings).toHaveLength(3);
  expect(warnings.join()).toContain('half.json');
  expect(openWindow().all()).toEqual([watch('good')]);
  expect(warnings).toHaveLength(3);
});

test('where nothing can be written, this window still tells all of it', () => {
  mkdirSync(root, { recursive: true });
  writeFileSync(folder, 'a file, not a folder');
  const store = openWindow();
  store.keep(watch('one'));
  expect(warnings).toEqual([expect.stringContaining('not told after this window closes')]);
  expect(store.claim('one', 'save')).toBe(true);
  expect(store.all()).toEqual([]);
  store.forget('one');
});
