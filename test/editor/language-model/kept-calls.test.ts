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
const known: KnownCall = {
  callId: '1',
  content: 'look',
  prefix: 'before',
  pool: 'pool',
  decisionId: 'decision',
  verbatim,
};
const knownAs = (callId: string, change: Partial<KnownCall> = {}): KnownCall => ({
  ...known,
  callId,
  ...change,
});
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
  createToolLoops(keptCalls()).remember('pool', 'decision', { call, prefix: 'before' });
  const next = createToolLoops(keptCalls());
  const back = { call: { id: 'call_1', name: 'look', input: {} }, prefix: 'before' };
  expect(next.decisionOf('pool', [back])).toBe('decision');
  expect(next.completed(back)).toEqual(call);
});

test('a call without anything to give back is kept too, and the last one stands', () => {
  const later = knownAs('1', { decisionId: 'later', verbatim: undefined });
  keptCalls().keep(known);
  keptCalls().keep(later);
  expect(keptCalls().read('1')).toEqual([later]);
});

test('those of other conversations with the same id, and other ones after the same beginning, stand beside it', () => {
  const others = [known, knownAs('1', { prefix: 'other' }), knownAs('1', { content: 'other' })];
  for (const call of [...others, knownAs('2')]) keptCalls().keep(call);
  expect(keptCalls().read('1')).toHaveLength(3);
  expect(keptCalls().read('1')).toEqual(expect.arrayContaining(others));
});

test('what the same window keeps is there at once, and what another one keeps a little later', () => {
  const calls = keptCalls();
  expect(calls.read('1')).toEqual([]);
  calls.keep(known);
  expect(calls.read('1')).toEqual([known]);
  keptCalls().keep(knownAs('2'));
  nowMs += 2_000;
  expect(calls.read('2')).toEqual([knownAs('2')]);
});

test('ids lead nowhere, whatever is in them', () => {
  for (const id of ['../../outside', '/etc/passwd', '', 'a\u0000b', 'x'.repeat(5_000)]) {
    keptCalls().keep(knownAs(id));
    expect(keptCalls().read(id)).toEqual([knownAs(id)]);
  }
  expect(readdirSync(parent)).toEqual(['tool-calls']);
  expect(readdirSync(folder)).toHaveLength(5);
  expect(warnings).toEqual([]);
});

test('after a day a call is not known any more, and its file goes', () => {
  keptCalls().sweep();
  keptCalls().keep(knownAs('old'));
  nowMs += 23 * hour;
  keptCalls().sweep();
  expect(keptCalls().read('old')).toEqual([knownAs('old')]);
  nowMs += 2 * hour;
  expect(keptCalls().read('old')).toEqual([]);
  keptCalls().sweep();
  expect(readdirSync(folder)).toEqual([]);
  expect(warnings).toEqual([]);
});

test('only so many are kept: the oldest go', () => {
  keptCalls().keep(knownAs('first'));
  const [file = ''] = readdirSync(folder);
  utimesSync(path.join(folder, file), new Date(nowMs - 2 * hour), new Date(nowMs - 2 * hour));
  for (let index = 0; index < mostKept; index += 1)
    writeFileSync(path.join(folder, `${String(index)}.json`), '{}');
  keptCalls().keep(knownAs('last'));
  expect(keptCalls().read('first')).toEqual([]);
  expect(keptCalls().read('last')).toEqual([knownAs('last')]);
  expect(readdirSync(folder).length).toBeLessThanOrEqual(mostKept + 1);
});

test('one that is huge lasts as long as its window', () => {
  const items = [{ thought: 'x'.repeat(2_000_000) }];
  keptCalls().keep({ ...known, verbatim: { deploymentId: 'm', items } });
  expect(keptCalls().read('1')).toEqual([]);
});

test('a broken file is no call, and one that can’t be written is told in the log', () => {
  keptCalls().keep(known);
  const [file = ''] = readdirSync(folder);
  for (const text of ['', '{"callId":"1"', '{"callId":"1","pool":3}', JSON.stringify(knownAs('2'))]) {
    writeFileSync(path.join(folder, file), text);
    expect(keptCalls().read('1')).toEqual([]);
  }
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file where the folder should be');
  keptCalls().keep(known);
  expect(warnings).toHaveLength(1);
});
