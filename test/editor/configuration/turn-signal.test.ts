import { beforeEach, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { configurationTemplate } from '../../../src/config/file/template';
import { withOption } from '../../../src/config/file/set-option';
import { loadConfiguration } from '../../../src/config/load-configuration';
import { turnSignal } from '../../../src/editor/configuration/turn-signal';
import { files, startAnew, told, unsaved } from './vscode-with-files';

vi.mock('vscode', () => import('./vscode-with-files'));

const path = '/conduit.yaml';
const weightOf = () => load().configuration.signals.copied.weight;

function load() {
  const text = files.get(path);
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
  startAnew();
});

test('a signal can be turned off before there is a conduit.yaml, and on again', async () => {
  const shipped = weightOf();
  await turn(false);
  expect(weightOf()).toBe(0);
  expect(load()).toMatchObject({ problems: [], kept: false });
  await turn(true);
  expect(weightOf()).toBe(shipped);
  expect(load()).toMatchObject({ problems: [], kept: false });
  expect(told).toEqual([
    'Conduit: “copied, all or a part” is off now, in your conduit.yaml',
    'Conduit: “copied, all or a part” is learnt from again',
  ]);
});

test('in a file of the user all else stays as it is', async () => {
  const text = '# mine\nsignals:\n  inserted: 0.2 # a little\nrouter: { preset: cost } # cheap\n';
  files.set(path, text);
  await turn(false);
  expect(files.get(path)).toBe(text.replace('  inserted', '  copied: off\n  inserted'));
  await turn(true);
  expect(files.get(path)).toBe(text);
});

test('beside changes that aren’t saved it waits for the user to save them', async () => {
  files.set(path, 'cache: { enabled: true }\n');
  unsaved.set(path, 'cache: { enabled: false }\n');
  await turn(false);
  expect(files.get(path)).toBe('cache: { enabled: true }\n');
  expect(unsaved.get(path)).toContain('copied: off');
  expect(told.join()).toContain('counts as soon as you save that file');
});

test('a file that can’t be changed for sure is left alone, and the user is told', async () => {
  files.set(path, '{ cache: {} }\n');
  await turn(false);
  expect(files.get(path)).toBe('{ cache: {} }\n');
  expect(told.join()).toContain('is not written so that it can be changed safely');
});
