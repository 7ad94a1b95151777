import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseSaved } from '../../../src/editor/chat/conversation-file';
import type { ConversationStore } from '../../../src/editor/chat/conversation-store';
import { createConversationStore } from '../../../src/editor/chat/conversation-store';
import type { SavedConversation } from '../../../src/editor/chat/saved-conversation';
import { writeConversations } from '../../fixtures/conversations/scripted.mjs';
import { decidedFor, ended, finished, question, stageWith } from './conversation-stage';

/** Written by the version that kept the sentences it showed: see test/fixtures/conversations/write.mjs. */
const before = path.join(import.meta.dirname, '../../fixtures/conversations/e619221');
const names = readdirSync(path.join(before, 'en', 'shown')).map((file) => file.slice(0, -'.json'.length));

/** What the page is shown of a conversation, as text: byte for byte. */
function shown(conversation: SavedConversation | undefined): string {
  return `${JSON.stringify(stageWith(conversation?.turns ?? []).conversation.part().turns)}\n`;
}

function shownBefore(language: string, name: string): string {
  return readFileSync(path.join(before, language, 'shown', `${name}.json`), 'utf8');
}

function storeIn(folder: string): ConversationStore {
  let ids = 0;
  const never = (file: string): never => {
    throw new Error(`${file} is fine.`);
  };
  return createConversationStore({
    folder,
    newId: () => `new-${String((ids += 1))}`,
    nowMs: () => Date.UTC(2026, 5),
    onBroken: never,
    onShortened: never,
  });
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('there are conversations of the version before', () => {
  expect(names).toEqual(['again', 'attached', 'failures', 'notices', 'reasons', 'under-way', 'waiting']);
});

describe.each(['en', 'de'])('a conversation that the version before wrote in %s', (language) => {
  beforeEach(() => cpSync(path.join(before, language, 'files'), folder, { recursive: true }));

  test.each(names)('is shown as that version showed it: %s', async (name) => {
    expect(shown(await storeIn(folder).read(name))).toBe(shownBefore(language, name));
  });

  test.each(names)('goes on, is kept, and opens again with what it said: %s', async (name) => {
    const store = storeIn(folder);
    const opened = await store.read(name);
    if (opened === undefined) throw new Error(`${name} can’t be read.`);
    const { conversation, requests } = stageWith(opened.turns, [
      decidedFor('new', 'strong'),
      { type: 'text', text: 'More.' },
      finished('strong'),
    ]);
    const answered = opened.turns.filter(({ answer }) => answer.facts.text !== '');
    conversation.ask(question('And?'));
    await ended(conversation);
    expect(requests[0]?.messages).toHaveLength(2 * answered.length + 1);
    await store.write({ ...opened, turns: conversation.saved() });

    expect(readFileSync(path.join(folder, `${name}.json`), 'utf8')).toContain('"version":2');
    const again = await storeIn(folder).read(name);
    expect([again?.id, again?.name, again?.lockedTo]).toEqual([name, opened.name, opened.lockedTo]);
    expect(shown({ ...opened, turns: again?.turns.slice(0, -1) ?? [] })).toBe(shownBefore(language, name));
    expect(again?.turns.at(-1)?.answer.facts).toMatchObject({ text: 'More.', end: { type: 'finished' } });
  });
});

test('what was told of an old answer is told once, and it can be rated', async () => {
  cpSync(path.join(before, 'en', 'files'), folder, { recursive: true });
  const opened = await storeIn(folder).read('again');
  const { conversation, observe, rate } = stageWith(opened?.turns ?? []);
  await conversation.used('a1', 'copied');
  await conversation.used('a4', 'copied');
  expect(observe).not.toHaveBeenCalled();
  await conversation.used('a4', 'inserted');
  await conversation.used('a9', 'copied');
  expect(observe.mock.calls).toEqual([
    ['a4', 'strong', { kind: 'inserted' }],
    ['a9', 'weak', { kind: 'copied' }],
  ]);
  await conversation.rate('a9', 'up');
  expect(rate.mock.calls).toEqual([['a9', 'weak', 'up', undefined]]);
  expect(conversation.part().turns.at(-1)?.rival).toMatchObject({ thumb: 'up' });
  expect(conversation.part().turns.at(-1)?.rival).not.toHaveProperty('reason');
});

test('an old turn that was too long to keep what was attached still names it', () => {
  const text = readFileSync(path.join(before, 'en', 'files', 'attached.json'), 'utf8').replace(
    /"attachments":\[\{.*?\}\],"origin"/,
    '"attachments":[],"origin"',
  );
  const opened = parseSaved(text);
  expect(opened?.turns[0]?.question.attachments).toEqual([]);
  expect(shown(opened)).toBe(shownBefore('en', 'attached'));
});

describe('a conversation of today', () => {
  const written = { en: '', de: '' };
  const german = JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../../l10n/bundle.l10n.de.json'), 'utf8'),
  ) as Record<string, string>;

  /** Everything is loaded anew: some words are chosen when their module is. */
  async function speaking<Result>(language: string, run: () => Promise<Result>): Promise<Result> {
    vi.resetModules();
    l10n.config({ contents: language === 'de' ? german : {} });
    try {
      return await run();
    } finally {
      vi.resetModules();
      l10n.config({ contents: {} });
    }
  }

  /** What the page is shown of a file in a language, whichever it was written in. */
  async function shownIn(language: string, file: string): Promise<string> {
    return speaking(language, async () => {
      const { restoredTurn } = await import('../../../src/editor/chat/turn');
      const { viewOf } = await import('../../../src/editor/chat/turn-view');
      const turns = parseSaved(readFileSync(file, 'utf8'))?.turns.map((turn) => viewOf(restoredTurn(turn)));
      return `${JSON.stringify(turns)}\n`;
    });
  }

  beforeAll(async () => {
    for (const language of ['en', 'de'] as const) {
      written[language] = mkdtempSync(path.join(tmpdir(), `kept-${language}-`));
      const load = (file: string): Promise<unknown> => import(`../../../src/editor/chat/${file}.ts`);
      await speaking(language, () => writeConversations(load, written[language]));
    }
  });
  afterAll(() => {
    for (const made of Object.values(written)) rmSync(made, { recursive: true, force: true });
  });

  /** Of a model that rests it is no longer said how often it failed: one refusal is enough. */
  function reworded(language: string, name: string): string {
    return shownBefore(language, name)
      .replaceAll('it failed several times and rests', 'it failed and rests')
      .replaceAll('es ist mehrmals fehlgeschlagen und ruht', 'es ist fehlgeschlagen und ruht');
  }

  /** Why it was this model is one sentence by now, which goes before the reasons: it may have been the first of them. */
  function withSentences(shownBefore: unknown, shownNow: unknown): unknown {
    if (Array.isArray(shownBefore) && Array.isArray(shownNow))
      return shownBefore.map((each: unknown, index) => withSentences(each, shownNow[index]));
    if (!isRecord(shownBefore) || !isRecord(shownNow)) return shownBefore;
    const { sentence } = shownNow;
    const inner = Object.fromEntries(
      Object.entries(shownBefore).map(([key, value]) => [key, withSentences(value, shownNow[key])]),
    );
    if (sentence === undefined || !Array.isArray(inner['reasons'])) return inner;
    const [first, ...others] = inner['reasons'] as readonly unknown[];
    return { sentence, ...inner, reasons: first === sentence ? others : [first, ...others] };
  }

  const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  function expectAsBefore(shownNow: string, language: string, name: string): void {
    const saidBefore: unknown = JSON.parse(reworded(language, name));
    expect(shownNow).toBe(`${JSON.stringify(withSentences(saidBefore, JSON.parse(shownNow)))}\n`);
  }

  test.each(names)(
    'is shown as before, and in the language that is spoken when it is opened: %s',
    async (name) => {
      for (const writtenIn of ['en', 'de'] as const)
        for (const spoken of ['en', 'de'])
          expectAsBefore(
            await shownIn(spoken, path.join(written[writtenIn], 'files', `${name}.json`)),
            spoken,
            name,
          );
    },
  );

  test.each(names)('is shown in full where it was written: %s', (name) => {
    for (const language of ['en', 'de'] as const)
      expectAsBefore(
        readFileSync(path.join(written[language], 'shown', `${name}.json`), 'utf8'),
        language,
        name,
      );
  });

  test('has a file that says nothing in any language but what models and servers said', () => {
    for (const name of names) {
      // How often a turn was written while it changed is chance.
      const file = (language: 'en' | 'de'): unknown => {
        const text = readFileSync(path.join(written[language], 'files', `${name}.json`), 'utf8');
        const saved = parseSaved(text);
        const turns = saved?.turns.map((turn) => ({ ...turn, version: undefined }));
        return { ...saved, revision: undefined, turns };
      };
      expect(file('en')).toEqual(file('de'));
    }
  });

  test('has a file that is no longer than it was', () => {
    const size = (root: string): number =>
      names.reduce((sum, name) => sum + readFileSync(path.join(root, 'files', `${name}.json`)).length, 0);
    expect(size(written.en)).toBeLessThan(size(path.join(before, 'en')));
  });
});
