import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { textOfSaved } from '../../../src/editor/chat/conversation-file';
import type { ConversationStore } from '../../../src/editor/chat/conversation-store';
import {
  createConversationStore,
  mostConversations,
  oldestDraftMs,
} from '../../../src/editor/chat/conversation-store';
import { longestFile } from '../../../src/editor/chat/fit-conversation';
import type { SavedConversation } from '../../../src/editor/chat/saved-conversation';
import { typeScriptArguments } from '../../spawn-typescript';
import { conversationWith, savedTurnWith } from './conversations';

let folder: string;
let broken: string[];
let shortened: string[];
let nowMs = Date.UTC(2026, 0);

/** A window of its own on the same folder. */
function openStore(): ConversationStore {
  return createConversationStore({
    folder,
    newId: randomUUID,
    nowMs: () => (nowMs += 1),
    onBroken: (file) => broken.push(file),
    onShortened: (title) => shortened.push(title),
  });
}

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'conversations-')), 'conversations');
  broken = [];
  shortened = [];
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

test('what was written is read again, by another window too, and leaves no other file behind', async () => {
  const written = await openStore().write(conversationWith({ lockedTo: { pool: 'gpt', deploymentId: 'a' } }));
  expect(await openStore().read('first')).toEqual(written);
  expect(written).toMatchObject({ id: 'first', turns: [savedTurnWith('Why?')] });
  expect(readdirSync(folder)).toEqual(['first.json']);
});

test('there is nothing in a folder that is not there yet', async () => {
  expect(await openStore().list()).toEqual([]);
  expect(await openStore().read('first')).toBeUndefined();
});

test('the latest is first', async () => {
  const store = openStore();
  const [a] = [
    await store.write(conversationWith({ id: 'a' })),
    await store.write(conversationWith({ id: 'b' })),
  ];
  await store.write(a);
  expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('two windows that go on with the same conversation both have their turns in it', async () => {
  const [one, other] = [openStore(), openStore()];
  const start = await one.write(conversationWith());
  await one.write({ ...start, name: 'Lists', turns: [...start.turns, savedTurnWith('Mine?')] }, start);
  const both = await other.write({ ...start, turns: [...start.turns, savedTurnWith('Theirs?')] }, start);
  expect(both).toMatchObject({ id: 'first', name: 'Lists', joined: true });
  const kept = await openStore().list();
  expect(kept.map(({ turns }) => turns.map(({ question }) => question.prompt))).toEqual([
    ['Why?', 'Mine?', 'Theirs?'],
  ]);
});

test('of two windows that answer the same question anew the later has the turn, with the other’s answer among the earlier', async () => {
  const start = await openStore().write(conversationWith());
  const answered = (text: string): SavedConversation => {
    const [turn] = start.turns;
    if (turn === undefined) throw new Error('There is a turn.');
    const facts = { ...turn.answer.facts, text, by: { decisionId: text, deploymentId: 'other' } };
    const before = { facts: turn.answer.facts };
    return { ...start, turns: [{ ...turn, answer: { ...turn.answer, facts }, earlier: [before] }] };
  };
  await openStore().write(answered('Mine.'), start);
  const { turns } = await openStore().write(answered('Theirs.'), start);
  expect(turns).toHaveLength(1);
  expect(turns[0]?.answer.facts.text).toBe('Theirs.');
  expect(turns[0]?.earlier.map(({ facts }) => facts.text)).toEqual(['About Why?', 'Mine.']);
  expect(await openStore().read('first')).toMatchObject({ turns: [{ version: 3 }] });
});

test('a thumb of one window and a new answer of another are both there', async () => {
  const start = await openStore().write(conversationWith());
  const rated = start.turns.map((turn) => ({ ...turn, answer: { ...turn.answer, thumb: 'up' as const } }));
  const told = start.turns.map((turn) => ({ ...turn, told: { 'decision Why?': ['copied'] } }));
  await openStore().write({ ...start, turns: rated }, start);
  const { turns } = await openStore().write({ ...start, turns: told }, start);
  expect(turns).toMatchObject([{ answer: { thumb: 'up' }, told: { 'decision Why?': ['copied'] } }]);
});

test('turns that were left out because the file was full do not come back from a window that still has them', async () => {
  const long = (prompt: string) => savedTurnWith(prompt, { text: 'x'.repeat(longestFile / 3) });
  const start = await openStore().write(conversationWith({ turns: [long('1'), long('2')] }));
  await openStore().write({ ...start, turns: [...start.turns, long('3')] }, start);
  await openStore().write({ ...start, turns: [...start.turns, savedTurnWith('4')] }, start);
  const kept = await openStore().read('first');
  expect(kept?.turns.map(({ question }) => question.prompt)).toEqual(['2', '3', '4']);
});

test('a window that still has a deleted conversation brings back none of its turns, but keeps what is asked in it anew', async () => {
  const start = await openStore().write(conversationWith());
  await openStore().remove('first');
  await openStore().write(start, start);
  expect(await openStore().list()).toEqual([]);
  await openStore().write({ ...start, turns: [...start.turns, savedTurnWith('And?')] }, start);
  const kept = await openStore().list();
  expect(kept.map(({ turns }) => turns.map(({ question }) => question.prompt))).toEqual([['And?']]);
});

test('what is written at the same moment is written one after the other', async () => {
  const store = openStore();
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => store.write(conversationWith({ id: `c${String(index)}` }))),
  );
  expect(await store.list()).toHaveLength(20);
});

test.each([
  '',
  '{"id":"first"',
  '{"id":"../other","revision":"","updatedMs":0,"turns":[]}',
  '{"version":3,"id":"first","revision":"","updatedMs":0,"turns":[]}',
  '{"version":2,"id":"first","revision":"","updatedMs":0,"turns":[{}]}',
  '[]',
])(
  'a broken file, or one of a version to come (%j), is set aside and told, and the others are fine',
  async (text) => {
    const store = openStore();
    await store.write(conversationWith({ id: 'fine' }));
    writeFileSync(path.join(folder, 'first.json'), text);
    expect((await store.list()).map(({ id }) => id)).toEqual(['fine']);
    expect(broken.map((file) => path.basename(file))).toEqual([
      expect.stringMatching(/^first\.json\.\w+\.broken$/),
    ]);
    expect(readFileSync(broken[0] ?? '', 'utf8')).toBe(text);
    await store.write(conversationWith());
    expect((await store.list()).map(({ id }) => id)).toEqual(['first', 'fine']);
  },
);

test('only so many are kept: the one that was not used for longest goes', async () => {
  const store = openStore();
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < mostConversations; index += 1) {
    const id = `c${String(index)}`;
    writeFileSync(path.join(folder, `${id}.json`), textOfSaved(conversationWith({ id, updatedMs: index })));
  }
  await store.write(conversationWith({ id: 'new' }));
  const ids = (await store.list()).map(({ id }) => id);
  expect(ids).toHaveLength(mostConversations);
  expect(ids).not.toContain('c0');
});

test('a conversation that is too long for its file loses its oldest turns, keeps its title, and that is told', async () => {
  const store = openStore();
  const long = (prompt: string) => savedTurnWith(prompt, { text: 'x'.repeat(longestFile / 3) });
  await store.write(conversationWith({ turns: ['1', '2', '3', '4'].map(long) }));
  const kept = await store.read('first');
  expect(kept?.turns.map(({ question }) => question.prompt)).toEqual(['3', '4']);
  expect(kept?.name).toBe('1');
  expect(shortened).toEqual(['1']);
});

test('a last turn that alone is too long keeps its question and the beginning of its answer', async () => {
  const store = openStore();
  const endless = savedTurnWith('2', { text: '"'.repeat(longestFile) });
  await store.write(conversationWith({ turns: [savedTurnWith('1'), endless] }));
  const kept = await store.read('first');
  expect(kept?.turns.map(({ question }) => question.prompt)).toEqual(['2']);
  expect(kept?.turns[0]?.answer.facts.text).toMatch(/^"{1000,}$/);
  expect(readFileSync(path.join(folder, 'first.json'), 'utf8').length).toBeLessThan(longestFile);
  expect(shortened).toEqual(['1']);
});

test('what a killed window left half written goes after a day, and what is being written stays', async () => {
  const store = openStore();
  await store.write(conversationWith());
  const drafts = { 'first.old.tmp': -oldestDraftMs - 60_000, 'first.new.tmp': 0 };
  for (const [name, ageMs] of Object.entries(drafts)) {
    writeFileSync(path.join(folder, name), '{"id":"fir');
    const writtenS = (nowMs + ageMs) / 1_000;
    utimesSync(path.join(folder, name), writtenS, writtenS);
  }
  expect(await store.list()).toHaveLength(1);
  expect(readdirSync(folder).toSorted()).toEqual(['first.json', 'first.new.tmp']);
});

test('a deleted one is gone; restored it is back', async () => {
  const store = openStore();
  const written = await store.write(conversationWith());
  await store.remove('first');
  expect(await store.list()).toEqual([]);
  expect(await store.restore(written)).toMatchObject({ id: 'first', turns: [savedTurnWith('Why?')] });
  expect(await store.list()).toHaveLength(1);
});

test('what is left of two broken files of the same conversation stays, of each', async () => {
  const store = openStore();
  await store.write(conversationWith());
  for (const text of ['{"one', '{"two']) {
    writeFileSync(path.join(folder, 'first.json'), text);
    await store.list();
  }
  expect(broken.map((file) => readFileSync(file, 'utf8'))).toEqual(['{"one', '{"two']);
});

test('one that nobody can read, nor set aside, hides no other, and is told once', async () => {
  const store = openStore();
  await store.write(conversationWith());
  mkdirSync(path.join(folder, 'a-folder.json'));
  expect(await store.list()).toHaveLength(1);
  expect(await store.list()).toHaveLength(1);
  expect(broken).toEqual([path.join(folder, 'a-folder.json')]);
});

test('a window that died while it wrote holds nobody up', async () => {
  await openStore().write(conversationWith());
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const lock = JSON.stringify({ pid: dead, host: hostname(), token: 'x' });
  writeFileSync(path.join(folder, 'first.lock'), lock);
  await openStore().write(conversationWith({ turns: [savedTurnWith('And?')] }));
  expect((await openStore().read('first'))?.turns).toHaveLength(2);
  expect(readdirSync(folder)).toEqual(['first.json']);
});

test('a disk that is full leaves the last good file', async () => {
  const start = await openStore().write(conversationWith());
  const script = fileURLToPath(new URL('./writing-on-full-disk.ts', import.meta.url));
  // No file may grow beyond some KB: writing fails half way, as on a full disk.
  const limited = `trap '' XFSZ; ulimit -f 8; exec "$0" "$@"`;
  const { stdout, stderr } = spawnSync('sh', [
    '-c',
    limited,
    process.execPath,
    ...typeScriptArguments,
    script,
    folder,
  ]);
  expect(stderr.toString()).toBe('');
  expect(stdout.toString()).toMatch(/^EFBIG/);
  expect(await openStore().read('first')).toEqual(start);
  expect(readdirSync(folder)).toEqual(['first.json']);
});
