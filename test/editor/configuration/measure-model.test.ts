import { beforeEach, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { configurationTemplate } from '../../../src/config/file/template';
import { withOption } from '../../../src/config/file/set-option';
import { loadConfiguration } from '../../../src/config/load-configuration';
import type { Measure } from '../../../src/core/terms/configuration';
import { measureModel } from '../../../src/editor/configuration/measure-model';
import { files, startAnew, told, unsaved } from './vscode-with-files';

vi.mock('vscode', () => import('./vscode-with-files'));

let environment: Record<string, string> = {};

const path = '/conduit.yaml';
const models = `model_list:
  - { model_name: p, litellm_params: { model: openai/m }, model_info: { id: m } }
  - { model_name: p, litellm_params: { model: openai/n }, model_info: { id: n } }
`;

function load() {
  const text = files.get(path);
  const file = text === undefined ? {} : { file: { name: 'conduit.yaml', text } };
  return loadConfiguration({ ...file, environment, storedHosts: new Set() });
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
  startAnew();
  environment = {};
});

test('a model is measured, and no longer, by one line of the user’s file', async () => {
  const text = `${models}router:\n  preset: cost # cheap\n`;
  files.set(path, text);
  await measure({ against: 'n', share: 0.05 });
  expect(files.get(path)).toBe(text.replace('  preset', '  measure: { against: n, share: 0.05 }\n  preset'));
  expect(load().configuration.measure).toEqual({ against: 'n', share: 0.05 });
  await measure(undefined);
  expect(files.get(path)).toBe(text);
  expect(load()).toMatchObject({ problems: [], kept: false });
  expect(told).toEqual(['Conduit: n is measured from now on', 'Conduit: nothing is measured any more']);
});

test('what overrides it is said', async () => {
  files.set(path, models);
  environment = { CONDUIT_MEASURE_AGAINST: 'm' };
  await measure({ against: 'n', share: 0.05 });
  expect(told.join()).toContain('something else is in force');
});

test('beside changes that aren’t saved it waits for the user to save them', async () => {
  files.set(path, models);
  unsaved.set(path, `${models}cache: { enabled: false }\n`);
  await measure({ against: 'n', share: 0.05 });
  expect(files.get(path)).toBe(models);
  expect(unsaved.get(path)).toContain('measure: { against: n, share: 0.05 }');
  expect(told.join()).toContain('counts as soon as you save that file');
});

test('a file that can’t be changed for sure is left alone, and the user is told', async () => {
  files.set(path, '{ cache: {} }\n');
  await measure({ against: 'n', share: 0.05 });
  expect(files.get(path)).toBe('{ cache: {} }\n');
  expect(told.join()).toContain('is not written so that it can be changed safely');
});
