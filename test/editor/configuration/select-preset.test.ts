import { beforeEach, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { configurationTemplate } from '../../../src/config/file/template';
import { withPreset } from '../../../src/config/file/set-preset';
import { loadConfiguration } from '../../../src/config/load-configuration';
import { selectPreset } from '../../../src/editor/configuration/select-preset';
import { files, startAnew, told } from './vscode-with-files';

vi.mock('vscode', async () => {
  const editor = await import('./vscode-with-files');
  const showQuickPick = (items: readonly { label: string }[]) =>
    Promise.resolve(items.find(({ label }) => label === 'cost'));
  return { ...editor, window: { ...editor.window, showQuickPick } };
});

beforeEach(startAnew);

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
