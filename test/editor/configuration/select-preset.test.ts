import { beforeEach, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { configurationTemplate } from '../../../src/config/file/template';
import { withPreset } from '../../../src/config/file/set-preset';
import { loadConfiguration } from '../../../src/config/load-configuration';
import { selectPreset } from '../../../src/editor/configuration/select-preset';

const { files, told } = vi.hoisted(() => ({ files: new Map<string, string>(), told: [] as string[] }));

vi.mock('vscode', () => {
  class FileSystemError extends Error {
    readonly code = 'FileNotFound';
  }
  const tell = (text: string) => Promise.resolve(void told.push(text));
  return {
    FileSystemError,
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
    },
    window: {
      showQuickPick: (items: readonly { label: string }[]) =>
        Promise.resolve(items.find(({ label }) => label === 'cost')),
      setStatusBarMessage: (text: string) => told.push(text),
      showWarningMessage: tell,
      showErrorMessage: tell,
    },
  };
});

beforeEach(() => {
  files.clear();
  told.length = 0;
});

test.each([
  ['simulated', {}],
  ['keys', { OPENAI_API_KEY: 'x' }],
])('a preset can be chosen before there is a conduit.yaml: models from %s', async (source, environment) => {
  const load = () => {
    const text = files.get('/conduit.yaml');
    const file = text === undefined ? {} : { file: { name: 'conduit.yaml', text } };
    return loadConfiguration({ ...file, environment, storedHosts: new Set() });
  };
  const configuration = {
    current: () => Promise.resolve(load().configuration),
    values: () => Promise.resolve(load().values),
    refresh: () => Promise.resolve(),
  };
  await selectPreset({
    configuration,
    globalStorageUri: Uri.file('/'),
    template: () => Promise.resolve(configurationTemplate),
    write: () => Promise.resolve(withPreset),
  });
  expect(told).toEqual(['Conduit: the preset is cost now']);
  expect(load()).toMatchObject({ problems: [], kept: false, configuration: { preset: 'cost', source } });
});
