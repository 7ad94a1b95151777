import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnownCall } from '../../../src/editor/language-model/kept-calls';
import { createKeptCalls, mostKept } from '../../../src/editor/language-model/kept-calls';
import { createToolLoops } from '../../../src/editor/language-model/tool-loops';

const hour = 3_600_000;
const verbatim = {
  deploymentId: 'm',
  items: [{ type: 'thinking', signature: 'EqQBCg' }, { nested: [1, null] }],
};
const known: KnownCall = { pool: 'pool', decisionId: 'decision', verbatim };
const warnings: string[] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (text: string) => warnings.push(text),
  error: () => undefined,
};

let parent: string;
let folder: string;
let nowMs: number;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'conduit-calls-'));
  folder = path.join(parent, 'tool-calls');
  nowMs = Date.now();
  warnings.length = 0;
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** As a window that has just opened sees them. */
const keptCalls = () => createKeptCalls(folder, () => nowMs, log);

test('a loop goes on in the next window, with what its vendor wants back', () => {
  const call = { id: 'call_1', name: 'look', input: {}, verbatim };
  createToolLoops(keptCalls()).remember('pool', 'decision', call);
  const next = createToolLoops(keptCalls());
  expect(next.decisionOf('pool', ['call_1'])).toBe('decision');
  expect(next.completed({ id: 'call_1', name: 'look', input: {} })).toEqual(call);
});

test('a call without anything to give back is kept too, and the last one with an id stands', () => {
  keptCalls().keep('1', known);
  keptCalls().keep('1', { pool: 'pool', decisionId: 'later', verbatim: undefined });
  expect(keptCalls().read('1')).toEqual({ pool: 'pool', decisionId: 'later', verbatim: undefined });
});

test('ids lead nowhere, whatever is in them', () => {
  for (const id of ['../../outside', '/etc/passwd', '', 'a\u0000b', 'x'.repeat(5_000)]) {
    keptCalls().keep(id, known);
    expect(keptCalls().read(id)).toEqual(known);
  }
  expect(readdirSync(parent)).toEqual(['tool-calls']);
  expect(readdirSync(folder)).toHaveLength(5);
  expect(warnings).toEqual([]);
});

test('after a day a call is not known any more, and its file goes', () => {
  keptCalls().sweep();
  keptCalls().keep('old', known);
  nowMs += 23 * hour;
  keptCalls().sweep();
  expect(keptCalls().read('old')).toEqual(known);
  nowMs += 2 * hour;
  expect(keptCalls().read('old')).toBeUndefined();
  keptCalls().sweep();
  expect(readdirSync(folder)).toEqual([]);
  expect(warnings).toEqual([]);
});

test('only so many are kept: the oldest go', () => {
  keptCalls().keep('first', known);
  const [file = ''] = readdirSync(folder);
  utimesSync(path.join(folder, file), new Date(nowMs - 2 * hour), new Date(nowMs - 2 * hour));
  for (let index = 0; index < mostKept; index += 1)
    writeFileSync(path.join(folder, `${String(index)}.json`), '{}');
  keptCalls().keep('last', known);
  expect(keptCalls().read('first')).toBeUndefined();
  expect(keptCalls().read('last')).toEqual(known);
  expect(readdirSync(folder).length).toBeLessThanOrEqual(mostKept + 1);
});

test('one that is huge lasts as long as its window', () => {
  const items = [{ thought: 'x'.repeat(2_000_000) }];
  keptCalls().keep('1', { ...known, verbatim: { deploymentId: 'm', items } });
  expect(keptCalls().read('1')).toBeUndefined();
});

test('a broken file is no call, and one that can’t be written is told in the log', () => {
  keptCalls().keep('1', known);
  const [file = ''] = readdirSync(folder);
  for (const text of [
    '',
    '{"callId":"1"',
    '{"callId":"1","pool":3}',
    '{"callId":"2","pool":"p","decisionId":"d"}',
  ]) {
    writeFileSync(path.join(folder, file), text);
    expect(keptCalls().read('1')).toBeUndefined();
  }
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file where the folder should be');
  keptCalls().keep('1', known);
  expect(warnings).toHaveLength(1);
});
