import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Conduit } from '../../../src/core/conduit';
import type { Forgotten } from '../../../src/core/terms/ports';
import type { SavedConversation } from '../../../src/editor/chat/saved-conversation';
import { hasAnswerTo } from '../../../src/editor/chat/saved-conversation';
import { deleteLearnt } from '../../../src/editor/forgetting/delete-learnt';
import { deploymentWith } from '../../core/simulation';
import type { Windows } from '../../flow/windows';
import { ask, createWindows, request, says } from '../../flow/windows';
import { conversationWith, savedTurnWith } from '../chat/conversations';

/** What the user does, and what they are shown. */
const user = vi.hoisted(() => ({
  picks: '',
  types: [] as (string | undefined)[],
  presses: undefined as string | undefined,
  offers: [] as { label: string; description?: string; detail?: string }[],
  asked: [] as { message: string; detail: string; labels: readonly string[] }[],
  told: [] as string[],
  refused: [] as string[],
}));

vi.mock('vscode', () => ({
  window: {
    showQuickPick: (offers: typeof user.offers) => {
      user.offers = offers;
      return Promise.resolve(offers.find(({ label }) => label === user.picks));
    },
    showInputBox: ({ validateInput }: { validateInput: (text: string) => string | undefined }) => {
      for (;;) {
        const text = user.types.shift();
        const problem = text === undefined ? undefined : validateInput(text);
        if (problem === undefined) return Promise.resolve(text);
        user.refused.push(problem);
      }
    },
    showWarningMessage: (message: string, { detail }: { detail: string }, ...labels: string[]) => {
      user.asked.push({ message, detail, labels });
      return Promise.resolve(user.presses);
    },
    showInformationMessage: (message: string) => Promise.resolve(void user.told.push(message)),
  },
}));

let windows: Windows;
let folder: string;
let conversations: readonly SavedConversation[];

beforeEach(() => {
  windows = createWindows();
  folder = mkdtempSync(path.join(tmpdir(), 'conduit-files-'));
  conversations = [];
  Object.assign(user, {
    picks: '',
    types: [],
    presses: undefined,
    offers: [],
    asked: [],
    told: [],
    refused: [],
  });
});

afterEach(async () => {
  await windows.remove();
  rmSync(folder, { recursive: true, force: true });
});

const dayMs = 24 * 3_600_000;

/** A window whose clock may say something else than the ledger's, which is now. */
async function windowWith(decisions: number, workspace?: string): Promise<Conduit> {
  const conduit = await windows.open({
    answer: () => says('Hello'),
    deployments: [deploymentWith('a')],
    ...(workspace !== undefined && { workspace: () => workspace }),
  });
  for (let index = 0; index < decisions; index += 1)
    await ask(conduit, undefined, { ...request, conversationId: `${workspace ?? ''} ${String(index)}` });
  return conduit;
}

async function run(conduit: Conduit, nowMs = Date.now(), workspace?: string): Promise<void> {
  const chat = {
    conversationsWith: (which: Forgotten) =>
      Promise.resolve(
        conversations.filter((each) => which === 'everything' || hasAnswerTo(each, new Set(which))),
      ),
    removeConversations: (gone: readonly SavedConversation[]) => {
      conversations = conversations.filter((each) => !gone.includes(each));
      return Promise.resolve();
    },
  };
  await deleteLearnt({
    conduit: () => Promise.resolve(conduit),
    chat,
    workspace: () => workspace,
    folders: () => [folder],
    nowMs: () => nowMs,
  });
}

const countOf = async (conduit: Conduit): Promise<number> => (await conduit.recordedDecisions()).length;

test('what each choice would delete is said before, and nothing goes where the user leaves', async () => {
  const conduit = await windowWith(3);
  await run(conduit, Date.now() + 2 * dayMs);
  expect(user.offers.map(({ label, description }) => [label, description])).toEqual([
    ['The last hour', 'decisions: 0'],
    ['The last day', 'decisions: 0'],
    ['The last week', 'decisions: 3'],
    ['The last month', 'decisions: 3'],
    ['From a day to another…', undefined],
    ['Everything', 'decisions: 3'],
  ]);
  user.picks = 'Everything';
  await run(conduit);
  expect(user.asked.map(({ message, labels }) => [message, labels])).toEqual([
    ['Delete 3 decisions?', ['Don’t Delete', 'Delete']],
  ]);
  expect(user.asked[0]?.detail).toContain('can’t be undone');
  user.presses = 'Don’t Delete';
  await run(conduit);
  expect(await countOf(conduit)).toBe(3);
});

test('a period goes, with the files of its decisions, and the conversations stay', async () => {
  const conduit = await windowWith(2);
  const [first] = await conduit.recordedDecisions();
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'x.json');
  writeFileSync(file, JSON.stringify({ decisionId: first?.id }));
  const by = { decisionId: first?.id ?? '', deploymentId: 'a' };
  conversations = [conversationWith({ turns: [savedTurnWith('Why?', { by })] })];
  Object.assign(user, { picks: 'The last hour', presses: 'Delete' });
  await run(conduit);
  expect(user.asked[0]?.labels).toEqual(['Don’t Delete', 'Delete', 'Delete with Conversations']);
  expect(user.told).toEqual(['Decisions that were deleted, with all that was learnt from them: 2.']);
  expect([await countOf(conduit), existsSync(file), conversations.length]).toEqual([0, false, 1]);
});

test('conversations go where the user says so: those of the decisions alone', async () => {
  const conduit = await windowWith(1);
  const [made] = await conduit.recordedDecisions();
  const by = { decisionId: made?.id ?? '', deploymentId: 'a' };
  const other = conversationWith({ id: 'other' });
  conversations = [other, conversationWith({ turns: [savedTurnWith('Why?', { by })] })];
  Object.assign(user, { picks: 'The last day', presses: 'Delete with Conversations' });
  await run(conduit);
  expect(conversations).toEqual([other]);
});

test('from a day to another: days that are none, or in the wrong order, are asked for again', async () => {
  const conduit = await windowWith(1);
  const day = (offset: number): string => {
    const date = new Date(Date.now() + offset * dayMs);
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].join('-');
  };
  Object.assign(user, { picks: 'From a day to another…', presses: 'Delete', types: [day(-3), day(-1)] });
  await run(conduit);
  expect(user.told).toEqual(['Nothing was learnt then. Nothing was deleted.']);
  expect(await countOf(conduit)).toBe(1);
  user.types = ['soon', day(-1), day(-2), day(1)];
  await run(conduit);
  expect(user.refused).toEqual([
    'Type a day such as 2026-03-01, or with the time: 2026-03-01 14:30.',
    'That is before the beginning.',
  ]);
  expect(await countOf(conduit)).toBe(0);
});

test('a workspace’s own go, and those of others, and of before they had a name, stay', async () => {
  await windowWith(2, 'this');
  await windowWith(1, 'that');
  const conduit = await windowWith(1);
  Object.assign(user, { picks: 'This workspace', presses: 'Delete' });
  await run(conduit, Date.now(), 'this');
  expect(user.offers.find(({ label }) => label === 'This workspace')).toMatchObject({
    description: 'decisions: 2',
    detail: 'Decisions that don’t say which workspace they are of, and stay: 1',
  });
  expect((await conduit.recordedDecisions()).map(({ workspace }) => workspace)).toEqual(['that', undefined]);
});
