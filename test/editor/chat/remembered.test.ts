import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { remembered } from '../../../src/editor/chat/remembered';

const folder = mkdtempSync(path.join(tmpdir(), 'conduit-remembered-'));
const warn = vi.fn();
const log = { debug: warn, info: warn, warn, error: warn };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a text is there for the next window, in a folder that is made for it', () => {
  const file = path.join(folder, 'of a workspace', 'draft.txt');
  const draft = remembered(file, log);
  expect(draft.get()).toBeUndefined();
  draft.set('half a que');
  draft.flush();
  expect(remembered(file, log).get()).toBe('half a que');
  draft.set('');
  draft.flush();
  expect(remembered(file, log).get()).toBe('');
});

test('what changes with each key is there at once, and written a moment later, also where keys go on coming', () => {
  const file = path.join(folder, 'typed.txt');
  const draft = remembered(file, log);
  for (const text of ['h', 'ha', 'hal', 'half']) {
    draft.set(text);
    expect(draft.get()).toBe(text);
    if (text === 'h') expect(existsSync(file)).toBe(false);
    vi.advanceTimersByTime(40);
  }
  expect(remembered(file, log).get()).toBe('hal');
  vi.advanceTimersByTime(100);
  expect(remembered(file, log).get()).toBe('half');
});

test('what was sent stays in the file until what it was sent to has had time to keep it', () => {
  const file = path.join(folder, 'sent.txt');
  const draft = remembered(file, log);
  draft.set('Why?');
  vi.advanceTimersByTime(110);
  draft.set('Why?');
  vi.advanceTimersByTime(90);
  draft.set('');
  expect(draft.get()).toBe('');
  vi.advanceTimersByTime(990);
  expect(remembered(file, log).get()).toBe('Why?');
  vi.advanceTimersByTime(20);
  expect(remembered(file, log).get()).toBe('');
  draft.set('');
  draft.set('And');
  vi.advanceTimersByTime(110);
  expect(remembered(file, log).get()).toBe('And');
});

test('what can’t be written is told in the log, without the text', () => {
  writeFileSync(path.join(folder, 'a file'), '');
  const draft = remembered(path.join(folder, 'a file', 'draft.txt'), log);
  draft.set('a secret thought');
  draft.flush();
  expect(draft.get()).toBe('a secret thought');
  expect(warn).toHaveBeenCalledOnce();
  expect(String(warn.mock.calls[0])).not.toContain('a secret thought');
});
