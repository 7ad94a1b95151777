import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConversationStore } from '../../../src/editor/chat/conversation-store';
import {
  createConversationStore,
  longestFile,
  mostConversations,
  oldestDraftMs,
} from '../../../src/editor/chat/conversation-store';
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

test('two windows that go on with the same conversation both keep what they have', async () => {
  const [one, other] = [openStore(), openStore()];
  const start = await one.write(conversationWith());
  const mine = await one.write({ ...start, turns: [...start.turns, savedTurnWith('Mine?')] });
  const theirs = await other.write({ ...start, turns: [...start.turns, savedTurnWith('Theirs?')] });
  expect(mine.id).toBe('first');
  expect(theirs.id).not.toBe('first');
  expect(theirs.name).toBe('Why? (copy)');
  const kept = await openStore().list();
  expect(kept.map(({ turns }) => turns.map(({ question }) => question.prompt))).toEqual([
    ['Why?', 'Theirs?'],
    ['Why?', 'Mine?'],
  ]);
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
    expect(broken).toEqual([path.join(folder, 'first.json.broken')]);
    expect(readFileSync(broken[0] ?? '', 'utf8')).toBe(text);
    await store.write(conversationWith());
    expect((await store.list()).map(({ id }) => id)).toEqual(['first', 'fine']);
  },
);

test('only so many are kept: the one that was not used for longest goes', async () => {
  const store = openStore();
  for (let index = 0; index <= mostConversations; index += 1)
    await store.write(conversationWith({ id: `c${String(index)}` }));
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

test('a deleted one is gone; written again it is back', async () => {
  const store = openStore();
  const written = await store.write(conversationWith());
  await store.remove('first');
  expect(await store.list()).toEqual([]);
  expect(await store.write(written)).toMatchObject({ id: 'first', turns: written.turns });
});
