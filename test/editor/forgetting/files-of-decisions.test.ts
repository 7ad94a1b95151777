import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnownCall } from '../../../src/editor/language-model/kept-calls';
import { createKeptCalls } from '../../../src/editor/language-model/kept-calls';
import { createWatchStore } from '../../../src/editor/observations/watch-store';
import { foldersOfDecisions, forgetFiles } from '../../../src/editor/forgetting/files-of-decisions';
import { quietLog } from '../../core/samples';

/** A user's folder as the editor lays it out, with two workspaces. */
let user: string;
const extension = 'conduit-router.conduit';
const storageOf = (workspace: string): string => path.join(user, 'workspaceStorage', workspace, extension);
const globalStorage = (): string => path.join(user, 'globalStorage', extension);

beforeEach(() => {
  user = mkdtempSync(path.join(tmpdir(), 'conduit-user-'));
  mkdirSync(globalStorage(), { recursive: true });
});

afterEach(() => rmSync(user, { recursive: true, force: true }));

function keepWatch(workspace: string, decisionId: string): void {
  const store = createWatchStore(path.join(storageOf(workspace), 'accepted-edits'), Date.now, quietLog);
  const id = `watch-of-${decisionId}`;
  store.keep({
    ...{ id, uri: 'file:///a', decisionId, deploymentId: 'mini', sinceMs: Date.now() },
    ...{ inserted: [1], textBefore: 2, problemsBefore: 0 },
  });
  store.claim(id, 'save');
}

function keepCall(storage: string, decisionId: string): void {
  const call: KnownCall = {
    ...{ callId: `call of ${decisionId}`, content: 'c', prefix: 'p', pool: 'default' },
    ...{ decisionId, verbatim: undefined },
  };
  createKeptCalls(path.join(storage, 'tool-calls'), Date.now, quietLog).keep(call);
}

const files = (): readonly string[] =>
  readdirSync(user, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.\w+$/.test(path.basename(name)) && !name.endsWith(extension),
  );

const folders = (): readonly string[] => foldersOfDecisions(globalStorage(), storageOf('one'));

test('files of forgotten decisions go in every workspace, with what was told of them, and others stay', () => {
  for (const workspace of ['one', 'two']) for (const id of ['gone', 'stays']) keepWatch(workspace, id);
  keepCall(storageOf('two'), 'gone');
  keepCall(globalStorage(), 'gone');
  keepCall(globalStorage(), 'stays');
  expect(files()).toHaveLength(11);
  forgetFiles(folders(), ['gone']);
  expect(files()).toHaveLength(5);
  const store = createWatchStore(path.join(storageOf('one'), 'accepted-edits'), Date.now, quietLog);
  expect(store.all().map(({ decisionId }) => decisionId)).toEqual(['stays']);
  // A window that still watches such an edit tells nothing of it any more.
  expect(store.claim('watch-of-gone', '5-minutes')).toBe(false);
});

test('where everything is to go, what nobody can read goes too', () => {
  keepWatch('two', 'gone');
  writeFileSync(path.join(storageOf('two'), 'accepted-edits', 'broken.json.unreadable'), '{');
  keepCall(globalStorage(), 'gone');
  const draft = path.join(storageOf('one'), 'draft.txt');
  mkdirSync(path.dirname(draft), { recursive: true });
  writeFileSync(draft, 'not sent yet');
  forgetFiles(folders(), 'everything');
  expect(files().map((name) => path.basename(name))).toEqual(['draft.txt']);
  // It goes on from there.
  keepWatch('two', 'next');
  expect(files()).toHaveLength(3);
});

test('a window without a folder finds the same', () => {
  keepWatch('one', 'gone');
  forgetFiles(foldersOfDecisions(globalStorage(), undefined), ['gone']);
  expect(files()).toEqual([]);
});

test('a storage that is laid out in another way is the only one', () => {
  const storage = path.join(user, 'elsewhere', 'x', extension);
  expect(foldersOfDecisions(globalStorage(), storage)).toEqual(
    [globalStorage(), storage].flatMap((each) =>
      ['accepted-edits', 'tool-calls'].map((kind) => path.join(each, kind)),
    ),
  );
  forgetFiles(foldersOfDecisions(globalStorage(), storage), 'everything');
  expect(existsSync(storage)).toBe(false);
});
