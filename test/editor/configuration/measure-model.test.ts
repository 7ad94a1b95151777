import { beforeEach, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { configurationTemplate } from '../../../src/config/file/template';
import { withOption } from '../../../src/config/file/set-option';
import { loadConfiguration } from '../../../src/config/load-configuration';
import type { Measure } from '../../../src/core/terms/configuration';
import { measureModel } from '../../../src/editor/configuration/measure-model';

const editor = vi.hoisted(() => ({
  files: new Map<string, string>(),
  /** Of a document that was changed and not saved. */
  unsaved: new Map<string, string>(),
  told: [] as string[],
  environment: {},
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
const models = `model_list:
  - { model_name: p, litellm_params: { model: openai/m }, model_info: { id: m } }
  - { model_name: p, litellm_params: { model: openai/n }, model_info: { id: n } }
`;

function load() {
  const text = editor.files.get(path);
  const file = text === undefined ? {} : { file: { name: 'conduit.yaml', text } };
  return loadConfiguration({ ...file, environment: editor.environment, storedHosts: new Set() });
}

async function measure(wanted: Measure | undefined): Promise<void> {
  await measureModel(
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
    wanted,
  );
}

beforeEach(() => {
  editor.files.clear();
  editor.unsaved.clear();
  editor.told.length = 0;
  editor.environment = {};
});

test('a model is measured, and no longer, by one line of the user’s file', async () => {
  const text = `${models}router:\n  preset: cost # cheap\n`;
  editor.files.set(path, text);
  await measure({ against: 'n', share: 0.05 });
  expect(editor.files.get(path)).toBe(
    text.replace('  preset', '  measure: { against: n, share: 0.05 }\n  preset'),
  );
  expect(load().configuration.measure).toEqual({ against: 'n', share: 0.05 });
  await measure(undefined);
  expect(editor.files.get(path)).toBe(text);
  expect(load()).toMatchObject({ problems: [], kept: false });
  expect(editor.told).toEqual([
    'Conduit: n is measured from now on',
    'Conduit: nothing is measured any more',
  ]);
});

test('what overrides it is said', async () => {
  editor.files.set(path, models);
  editor.environment = { CONDUIT_MEASURE_AGAINST: 'm' };
  await measure({ against: 'n', share: 0.05 });
  expect(editor.told.join()).toContain('something else is in force');
});

test('beside changes that aren’t saved it waits for the user to save them', async () => {
  editor.files.set(path, models);
  editor.unsaved.set(path, `${models}cache: { enabled: false }\n`);
  await measure({ against: 'n', share: 0.05 });
  expect(editor.files.get(path)).toBe(models);
  expect(editor.unsaved.get(path)).toContain('measure: { against: n, share: 0.05 }');
  expect(editor.told.join()).toContain('counts as soon as you save that file');
});

test('a file that can’t be changed for sure is left alone, and the user is told', async () => {
  editor.files.set(path, '{ cache: {} }\n');
  await measure({ against: 'n', share: 0.05 });
  expect(editor.files.get(path)).toBe('{ cache: {} }\n');
  expect(editor.told.join()).toContain('is not written so that it can be changed safely');
});
