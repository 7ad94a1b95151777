import { beforeEach, expect, test, vi } from 'vitest';
import { confirm, logFailedChoices, notify } from '../../src/editor/notify';

const { shown, ran } = vi.hoisted(() => ({ shown: [] as string[][], ran: [] as string[] }));
/** What the user presses, one notification after the other. */
let presses: (string | undefined)[];
const logged: string[] = [];

vi.mock('vscode', () => {
  const show =
    (severity: string) =>
    async (text: string, ...labels: unknown[]) => {
      shown.push([severity, text, ...labels.filter((label) => typeof label === 'string')]);
      return Promise.resolve(presses.shift());
    };
  return {
    window: {
      showInformationMessage: show('info'),
      showWarningMessage: show('warning'),
      showErrorMessage: show('error'),
    },
    commands: { executeCommand: (command: string) => Promise.resolve(ran.push(command)) },
  };
});

beforeEach(() => {
  for (const list of [shown, ran, logged]) list.length = 0;
  logFailedChoices({ error: (text) => logged.push(text) });
});

const choices = [
  { label: 'Undo', run: () => ran.push('undo') },
  { label: 'Retry', run: () => Promise.reject(new Error('The disk is full.')) },
  {
    label: 'Keep',
    run: () => {
      throw new Error('It is gone.');
    },
  },
];

async function press(...labels: readonly (string | undefined)[]): Promise<void> {
  presses = [...labels];
  notify('info', 'Done.', choices);
  await new Promise((resolve) => setImmediate(resolve));
}

test('what the user presses is done, and nothing is where they press nothing', async () => {
  await press('Undo');
  await press(undefined);
  expect(shown).toEqual(Array.from({ length: 2 }, () => ['info', 'Done.', 'Undo', 'Retry', 'Keep']));
  expect(ran).toEqual(['undo']);
  expect(logged).toEqual([]);
});

test.each([
  ['Retry', 'The disk is full.'],
  ['Keep', 'It is gone.'],
])('where %s fails the user is told why, and the log is', async (label, why) => {
  await press(label, 'Show Log');
  expect(shown.slice(1)).toEqual([['error', `“${label}” failed: ${why}`, 'Show Log']]);
  expect(logged).toEqual([`${label}: ${why}`]);
  expect(ran).toEqual(['conduit.showLog']);
});

test('a risk is not the default of a question: what refuses comes first, and Escape refuses as well', async () => {
  for (const [pressed, agreed] of [
    ['Send Anyway', true],
    ['Don’t Send', false],
    [undefined, false],
  ] as const) {
    shown.length = 0;
    presses = [pressed];
    expect(await confirm('Send it?', 'It holds a key.', 'Send Anyway', 'Don’t Send')).toBe(agreed);
    expect(shown).toEqual([['warning', 'Send it?', 'Don’t Send', 'Send Anyway']]);
  }
  presses = ['Remove'];
  expect(await confirm('Remove it?', '', 'Remove')).toBe(true);
});
