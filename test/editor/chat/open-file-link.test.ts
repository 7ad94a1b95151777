import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openFileLink } from '../../../src/editor/chat/open-file-link';

const editor = vi.hoisted(() => ({
  folders: [] as { name: string; uri: unknown }[] | undefined,
  /** Commands with the path and the selection. */
  ran: [] as unknown[],
  told: [] as string[],
}));

vi.mock('vscode', () => {
  class Uri {
    constructor(
      readonly path: string,
      readonly scheme = 'file',
    ) {}

    get fsPath(): string {
      return this.path;
    }

    with({ path: next }: { path: string }): Uri {
      return new Uri(next, this.scheme);
    }
  }
  class Position {
    constructor(
      readonly line: number,
      readonly character: number,
    ) {}
  }
  class Range {
    constructor(
      readonly start: Position,
      readonly end: Position,
    ) {}
  }
  const says = (message: string) => {
    editor.told.push(message);
    return Promise.resolve(undefined);
  };
  return {
    Uri,
    Position,
    Range,
    FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
    workspace: {
      get workspaceFolders() {
        return editor.folders;
      },
      fs: {
        stat: async ({ path: place, scheme }: Uri) => {
          if (scheme !== 'file') return { type: place.includes('link') ? 65 : 1 };
          return { type: (await stat(place)).isDirectory() ? 2 : 1 };
        },
      },
    },
    commands: {
      executeCommand: (command: string, uri: Uri, options?: { selection?: Range }) => {
        const { start, end } = options?.selection ?? {};
        editor.ran.push([
          command,
          uri.path,
          ...(start && end ? [[start.line, start.character, end.line, end.character]] : []),
        ]);
        return Promise.resolve();
      },
    },
    window: { showInformationMessage: says, showWarningMessage: says, showErrorMessage: says },
  };
});

let place: string;
let root: string;

beforeEach(async () => {
  const { Uri } = (await import('vscode')) as unknown as {
    Uri: new (path: string, scheme?: string) => unknown;
  };
  place = mkdtempSync(path.join(tmpdir(), 'conduit-file-link-'));
  root = path.join(place, 'app');
  mkdirSync(path.join(root, 'src'), { recursive: true });
  mkdirSync(path.join(place, 'application'));
  writeFileSync(path.join(root, 'src', 'foo.ts'), 'a\nb\n');
  writeFileSync(path.join(root, 'a b.md'), '');
  writeFileSync(path.join(place, 'secret.txt'), 'secret');
  writeFileSync(path.join(place, 'application', 'other.ts'), '');
  symlinkSync(path.join(place, 'secret.txt'), path.join(root, 'link.txt'));
  symlinkSync(place, path.join(root, 'up'));
  symlinkSync(path.join(root, 'src'), path.join(root, 'inner'));
  Object.assign(editor, { folders: [{ name: 'app', uri: new Uri(root) }], ran: [], told: [] });
});

afterEach(() => rmSync(place, { recursive: true }));

describe('a file of the workspace is opened', () => {
  test.each([
    ['src/foo.ts', 'src/foo.ts', undefined],
    ['./src/foo.ts', 'src/foo.ts', undefined],
    ['/src/foo.ts', 'src/foo.ts', undefined],
    ['app/src/foo.ts', 'src/foo.ts', undefined],
    ['src/../src/foo.ts', 'src/foo.ts', undefined],
    ['a%20b.md', 'a b.md', undefined],
    ['src/foo.ts:2', 'src/foo.ts', [1, 0, 1, 0]],
    ['src/foo.ts:2:5', 'src/foo.ts', [1, 4, 1, 4]],
    ['src/foo.ts#L1-L2', 'src/foo.ts', [0, 0, 2, 0]],
    ['inner/foo.ts', 'inner/foo.ts', undefined],
  ])('%s', async (href, file, selection) => {
    await openFileLink(href);
    expect(editor.ran).toEqual([['vscode.open', path.join(root, file), ...(selection ? [selection] : [])]]);
    expect(editor.told).toEqual([]);
  });

  test('by its whole address, too', async () => {
    await openFileLink(`file://${root}/src/foo.ts#L2`);
    await openFileLink(path.join(root, 'src', 'foo.ts'));
    expect(editor.ran).toEqual([
      ['vscode.open', path.join(root, 'src/foo.ts'), [1, 0, 1, 0]],
      ['vscode.open', path.join(root, 'src/foo.ts')],
    ]);
  });

  test('a folder is shown where folders are', async () => {
    await openFileLink('src/');
    expect(editor.ran).toEqual([['revealInExplorer', path.join(root, 'src/')]]);
  });
});

describe('nothing is opened, and the user is told', () => {
  test.each([
    ['behind a symbolic link', 'link.txt'],
    ['behind a folder that is one', 'up/secret.txt'],
    ['above the folder', '../secret.txt'],
    ['above the folder, on a way through it', 'src/../../secret.txt'],
    ['above the folder, in other letters', '%2e%2e/secret.txt'],
    ['above the folder, by the marks of Windows', '..\\secret.txt'],
    ['in a folder whose name begins alike', '../application/other.ts'],
  ])('a file %s', async (_, href) => {
    await openFileLink(href);
    expect(editor.ran).toEqual([]);
    expect(editor.told).toEqual([expect.stringContaining('is outside of the open folders')]);
  });

  test('an absolute path elsewhere', async () => {
    await openFileLink(`file://${place}/secret.txt`);
    await openFileLink('C:/Windows/win.ini');
    expect(editor.ran).toEqual([]);
    expect(editor.told).toHaveLength(2);
  });

  test('a file that is not there, and one while no folder is open', async () => {
    await openFileLink('src/bar.ts');
    editor.folders = undefined;
    await openFileLink('src/foo.ts');
    expect(editor.ran).toEqual([]);
    expect(editor.told).toEqual([
      'There is no src/bar.ts in the open folders: nothing was opened.',
      expect.stringContaining('No folder is open'),
    ]);
  });

  test('a symbolic link where the disk is not at hand', async () => {
    const { Uri } = (await import('vscode')) as unknown as {
      Uri: new (path: string, scheme?: string) => unknown;
    };
    editor.folders = [{ name: 'app', uri: new Uri('/app', 'vscode-vfs') }];
    await openFileLink('link.txt');
    await openFileLink('a.txt');
    expect(editor.ran).toEqual([['vscode.open', '/app/a.txt']]);
    expect(editor.told).toHaveLength(1);
  });

  test.each(['command:workbench.action.quit', 'https://a.example/b.ts', 'vscode://a/b', '//host/share/a.ts'])(
    'nor is %s anything that is looked up',
    async (href) => {
      await openFileLink(href);
      expect([...editor.ran, ...editor.told]).toEqual([]);
    },
  );
});
