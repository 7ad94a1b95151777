import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { claimByFile, createNoticing } from '../../../src/editor/observations/noticing';

/** The editor: its settings, whether it trusts the workspace, and what it shows. */
const editor = vi.hoisted(() => ({
  trusted: true,
  settings: new Map<string, unknown>(),
  notices: [] as { labels: readonly string[]; choose: (label: string | undefined) => void }[],
  ran: [] as (readonly unknown[])[],
}));

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  workspace: {
    get isTrusted() {
      return editor.trusted;
    },
    getConfiguration: () => ({
      get: (name: string, otherwise: unknown) => editor.settings.get(name) ?? otherwise,
      inspect: () => undefined,
      update: (name: string, value: unknown) => {
        editor.settings.set(name, value);
        return Promise.resolve();
      },
    }),
  },
  window: {
    showInformationMessage: (_message: string, ...labels: readonly string[]) =>
      new Promise((resolve) => void editor.notices.push({ labels, choose: resolve })),
  },
  commands: {
    executeCommand: (...ran: readonly unknown[]) => {
      editor.ran.push(ran);
      return Promise.resolve();
    },
  },
}));

let nowMs = 0;
let kept: Map<string, unknown>;
let claimed: boolean;

beforeEach(() => {
  nowMs = 1_000_000;
  kept = new Map();
  claimed = false;
  Object.assign(editor, { trusted: true, settings: new Map(), notices: [], ran: [] });
});

/** Of one of several windows: they share what is kept. */
function aWindow() {
  return createNoticing({
    memory: {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => {
        kept.set(key, value);
        return Promise.resolve();
      },
    } as never,
    claim: () => {
      const first = !claimed;
      claimed = true;
      return first;
    },
    nowMs: () => nowMs,
  });
}

async function choose(label: string | undefined): Promise<void> {
  editor.notices.at(-1)?.choose(label);
  await new Promise((resolve) => setImmediate(resolve));
}

test('nothing is shown before something would be read, and nothing is read before the notice was answered', async () => {
  const noticing = aWindow();
  expect(editor.notices).toEqual([]);
  expect(noticing.nextTurns()).toBe(false);
  expect(editor.notices.map(({ labels }) => labels)).toEqual([['OK', 'Turn Off', 'Settings…']]);
  expect(noticing.edits()).toBe(false);
  await choose('OK');
  expect([noticing.nextTurns(), noticing.edits()]).toEqual([true, true]);
  expect(editor.notices).toHaveLength(1);
});

test('who closes the notice has been told, and so has who leaves it in sight', async () => {
  const noticing = aWindow();
  noticing.edits();
  await choose(undefined);
  expect(noticing.edits()).toBe(true);
  kept.clear();
  claimed = false;
  const ignoring = aWindow();
  expect(ignoring.edits()).toBe(false);
  nowMs += 14_999;
  expect(ignoring.edits()).toBe(false);
  nowMs += 1;
  expect(ignoring.edits()).toBe(true);
});

test('“Turn Off” turns both off, and nothing is read in between', async () => {
  const noticing = aWindow();
  noticing.nextTurns();
  await choose('Turn Off');
  expect(Object.fromEntries(editor.settings)).toEqual({ learnFromNextTurns: false, learnFromEdits: false });
  nowMs += 60_000;
  expect([noticing.nextTurns(), noticing.edits()]).toEqual([false, false]);
});

test('“Settings…” opens them, and gives time to look', async () => {
  const noticing = aWindow();
  noticing.nextTurns();
  nowMs += 14_000;
  await choose('Settings…');
  expect(editor.ran).toEqual([['workbench.action.openSettings', 'conduit.learnFrom']]);
  nowMs += 14_000;
  expect(noticing.nextTurns()).toBe(false);
  nowMs += 1_000;
  expect(noticing.nextTurns()).toBe(true);
});

test('two windows show it once, and a later one doesn’t', async () => {
  const [one, other] = [aWindow(), aWindow()];
  one.edits();
  other.edits();
  other.nextTurns();
  expect(editor.notices).toHaveLength(1);
  await choose('OK');
  nowMs += 15_000;
  expect([one.edits(), other.edits(), aWindow().edits()]).toEqual([true, true, true]);
  expect(editor.notices).toHaveLength(1);
});

test.each([
  ['the workspace is not trusted', () => (editor.trusted = false)],
  ['it is off', () => editor.settings.set('learnFromEdits', false)],
  ['learning is paused', () => editor.settings.set('learning', false)],
])('nothing is shown or read where %s', (_, set) => {
  set();
  kept.set('conduit.toldOfNoticing', 0);
  expect(aWindow().edits()).toBe(false);
  kept.clear();
  expect(aWindow().edits()).toBe(false);
  expect(editor.notices).toEqual([]);
});

test('one is off and the other on', async () => {
  editor.settings.set('learnFromEdits', false);
  const noticing = aWindow();
  noticing.nextTurns();
  await choose('OK');
  expect([noticing.nextTurns(), noticing.edits()]).toEqual([true, false]);
});

describe('the claim', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'conduit-claim-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is one window’s, which makes the folder where it isn’t', () => {
    const file = path.join(folder, 'deeper', 'told');
    expect([1, 2, 3].map(() => claimByFile(file, Date.now))).toEqual([true, false, false]);
    expect(existsSync(file)).toBe(true);
  });

  test('of a window that came to nothing is taken over, once', () => {
    const file = path.join(folder, 'told');
    claimByFile(file, Date.now);
    const longAgo = Date.now() / 1_000 - 3_600;
    utimesSync(file, longAgo, longAgo);
    expect([1, 2].map(() => claimByFile(file, Date.now))).toEqual([true, false]);
  });

  test('is granted where nothing can be written', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(claimByFile(path.join(folder, 'file', 'told'), Date.now)).toBe(true);
  });
});
