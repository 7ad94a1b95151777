import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { remembered } from '../../../src/editor/chat/remembered';

const folder = mkdtempSync(path.join(tmpdir(), 'conduit-remembered-'));
const warn = vi.fn();
const log = { debug: warn, info: warn, warn, error: warn };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a text is there for the next window, in a folder that is made for it', () => {
  const file = path.join(folder, 'of a workspace', 'draft.txt');
  expect(remembered(file, log).get()).toBeUndefined();
  remembered(file, log).set('half a que');
  expect(remembered(file, log).get()).toBe('half a que');
  remembered(file, log).set('');
  expect(remembered(file, log).get()).toBe('');
});

test('what can’t be written is told in the log, without the text', () => {
  writeFileSync(path.join(folder, 'a file'), '');
  remembered(path.join(folder, 'a file', 'draft.txt'), log).set('a secret thought');
  expect(warn).toHaveBeenCalledOnce();
  expect(String(warn.mock.calls[0])).not.toContain('a secret thought');
});
