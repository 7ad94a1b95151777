import { beforeEach, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { configurationTemplate } from '../../../src/config/file/template';
import { withOption } from '../../../src/config/file/set-option';
import { loadConfiguration } from '../../../src/config/load-configuration';
import { turnSignal } from '../../../src/editor/configuration/turn-signal';

const editor = vi.hoisted(() => ({
  files: new Map<string, string>(),
  /** Of a document that was changed and not saved. */
  unsaved: new Map<string, string>(),
  told: [] as string[],
}));

vi.mock('vscode', () => {
  const { files, unsaved, told } = editor;
  class FileSystemError extends Error {
    readonly code = 'FileNotFound';
  }
  class WorkspaceEdit {
    readonly replaced: [string, string][] = [];
    replace({ path }: { path: string }, _range: unknown, text: string): void {
      this.replaced.push([path, text]);
    }
  }
  const tell = (text: string) => Promise.resolve(void told.push(text));
  return {
    FileSystemError,
    WorkspaceEdit,
    Range: function range() {
      // The whole text: nobody looks at it.
    },
    Uri: {
      file: (path: string) => ({ path }),
      joinPath: (_base: unknown, name: string) => ({ path: `/${name}` }),
    },
    workspace: {
      getConfiguration: () => ({ get: () => '' }),
      fs: {
        readFile: ({ path }: { path: string }) => {
          const text = files.get(path);
          return text === undefined
            ? Promise.reject(new FileSystemError())
            : Promise.resolve(Buffer.from(text));
        },
        writeFile: ({ path }: { path: string }, bytes: Uint8Array) =>
          Promise.resolve(void files.set(path, Buffer.from(bytes).toString())),
      },
      openTextDocument: (uri: { path: string }) =>
        Promise.resolve({
          uri,
          isDirty: unsaved.has(uri.path),
          getText: () => unsaved.get(uri.path) ?? files.get(uri.path) ?? '',
          positionAt: () => undefined,
          save: () => {
            files.set(uri.path, unsaved.get(uri.path) ?? '');
            return Promise.resolve(unsaved.delete(uri.path));
          },
        }),
      applyEdit: ({ replaced }: WorkspaceEdit) => {
        for (const [path, text] of replaced) unsaved.set(path, text);
        return Promise.resolve(true);
      },
    },
    window: {
      setStatusBarMessage: (text: string) => told.push(text),
      showInformationMessage: tell,
      showWarningMessage: tell,
      showErrorMessage: tell,
    },
  };
});

const path = '/conduit.yaml';
const weightOf = () => load().configuration.signals.copied.weight;

function load() {
  const text = editor.files.get(path);
  const file = text === undefined ? {} : { file: { name: 'conduit.yaml', text } };
  return loadConfiguration({ ...file, environment: {}, storedHosts: new Set() });
}

async function turn(on: boolean): Promise<void> {
  await turnSignal(
    {
      configuration: {
        current: () => Promise.resolve(load().configuration),
        values: () => Promise.resolve(load().values),
        refresh: () => Promise.resolve(),
      },
      globalStorageUri: Uri.file('/'),
      template: () => Promise.resolve(configurationTemplate),
      write: () => Promise.resolve(withOption),
    },
    'copied',
    on,
  );
}

beforeEach(() => {
  editor.files.clear();
  editor.unsaved.clear();
  editor.told.length = 0;
});

test('a signal can be turned off before there is a conduit.yaml, and on again', async () => {
  const shipped = weightOf();
  await turn(false);
  expect(weightOf()).toBe(0);
  expect(load()).toMatchObject({ problems: [], kept: false });
  await turn(true);
  expect(weightOf()).toBe(shipped);
  expect(load()).toMatchObject({ problems: [], kept: false });
  expect(editor.told).toEqual([
    'Conduit: “copied, all or a part” is off now, in your conduit.yaml',
    'Conduit: “copied, all or a part” is learnt from again',
  ]);
});

test('in a file of the user all else stays as it is', async () => {
  const text = '# mine\nsignals:\n  inserted: 0.2 # a little\nrouter: { preset: cost } # cheap\n';
  editor.files.set(path, text);
  await turn(false);
  expect(editor.files.get(path)).toBe(text.replace('  inserted', '  copied: off\n  inserted'));
  await turn(true);
  expect(editor.files.get(path)).toBe(text);
});

test('beside changes that aren’t saved it waits for the user to save them', async () => {
  editor.files.set(path, 'cache: { enabled: true }\n');
  editor.unsaved.set(path, 'cache: { enabled: false }\n');
  await turn(false);
  expect(editor.files.get(path)).toBe('cache: { enabled: true }\n');
  expect(editor.unsaved.get(path)).toContain('copied: off');
  expect(editor.told.join()).toContain('counts as soon as you save that file');
});

test('a file that can’t be changed for sure is left alone, and the user is told', async () => {
  editor.files.set(path, '{ cache: {} }\n');
  await turn(false);
  expect(editor.files.get(path)).toBe('{ cache: {} }\n');
  expect(editor.told.join()).toContain('is not written so that it can be changed safely');
});
