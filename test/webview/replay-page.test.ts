// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import type { FromReplay, ToReplay } from '../../src/webview/protocol/replay';
import { fromReplaySchema, toReplaySchema } from '../../src/webview/protocol/replay';
import { createReplayPage } from '../../src/webview/replay/replay-page';

const share = (count: number) => ({ text: `${String(count)} (${String(count)} %)`, share01: count / 100 });
const messages = {
  form: {
    type: 'form',
    presets: ['balanced', 'cost'].map((value) => ({ value, label: value })),
    models: ['then', 'today'].map((value) => ({ value, label: value })),
    deployments: [
      { id: 'mini', pool: 'gpt', priced: true },
      { id: 'local', pool: 'gpt', priced: false },
    ],
  },
  result: {
    type: 'result',
    says: ['20 of 100 would have gone elsewhere.', 'Believed, not measured.'],
    runs: { columns: ['History', 'Cost'], rows: [['As it was', '$1.00']] },
    shares: [{ model: 'mini', was: share(80), asIs: share(70), changed: share(60) }],
    moves: { columns: ['From', 'To', 'Requests'], rows: [['mini', '=local', '20']] },
    tasks: { columns: ['Task', 'Requests'], rows: [['fix code', '100']] },
    latest: { columns: ['Time', 'Task'], rows: [['now', 'fix code']] },
    notes: ['Nothing of it was measured.'],
  },
} as const;

let posted: FromReplay[];
let receive: (message: ToReplay) => void;

function one(testId: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
  if (found === null) throw new Error(`There is no ${testId}.`);
  return found;
}

function give(message: unknown): void {
  receive(toReplaySchema.parse(message));
}

const isShown = (testId: string): boolean => one(testId).closest('[hidden]') === null;

beforeEach(() => {
  posted = [];
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createReplayPage(root, (message) => posted.push(fromReplaySchema.parse(message)));
  give(messages.form);
});

describe('the page of the replay', () => {
  test('asks for what was changed in the form; an unknown price can’t be', () => {
    one('replay-run').click();
    (one('replay-preset') as HTMLSelectElement).value = 'cost';
    (one('replay-models') as HTMLSelectElement).value = 'today';
    document.querySelector<HTMLInputElement>('[data-model="local"] input')?.click();
    const prices = document.querySelectorAll<HTMLSelectElement>('td select');
    expect([...prices].map(({ dataset }) => dataset['model'])).toEqual(['mini']);
    for (const price of prices) price.value = '0.5';
    one('replay-run').click();
    expect(posted).toEqual([
      { type: 'run', change: { preset: 'balanced', models: 'then', without: [], priceFactors: {} } },
      {
        type: 'run',
        change: { preset: 'cost', models: 'today', without: ['local'], priceFactors: { mini: 0.5 } },
      },
    ]);
  });

  test('what was chosen stays when the configuration becomes another one, as far as it is still there', () => {
    (one('replay-preset') as HTMLSelectElement).value = 'cost';
    document.querySelector<HTMLInputElement>('[data-model="mini"] input')?.click();
    document.querySelector<HTMLInputElement>('[data-model="local"] input')?.click();
    for (const price of document.querySelectorAll<HTMLSelectElement>('td select')) price.value = '0.5';
    give({
      ...messages.form,
      presets: ['quality', 'balanced', 'cost'].map((value) => ({ value, label: value })),
      deployments: [
        { id: 'mini', pool: 'gpt', priced: true },
        { id: 'new', pool: 'gpt', priced: true },
      ],
    });
    one('replay-run').click();
    const change = { models: 'then', without: ['mini'], priceFactors: { mini: 0.5 } };
    expect(posted).toEqual([{ type: 'run', change: { preset: 'cost', ...change } }]);
  });

  test('shows how far it is, can be cancelled, and gives the focus back', () => {
    give({ type: 'progress', share01: 0 });
    give({ type: 'progress', share01: 0.37 });
    expect(document.querySelector('progress')?.value).toBe(0.37);
    expect(document.querySelector('.percent')?.textContent).toBe('37 %');
    one('replay-cancel').focus();
    one('replay-cancel').click();
    expect(posted).toEqual([{ type: 'cancel' }]);
    give({ type: 'cancelled' });
    expect(isShown('replay-cancel')).toBe(false);
    expect(document.activeElement).toBe(one('replay-run'));
    expect(one('replay-status').textContent).toBe('Cancelled.');
  });

  test('shows a result, says it to a screen reader, and copies it as CSV and JSON', () => {
    give(messages.result);
    expect(isShown('replay-result')).toBe(true);
    expect(one('replay-status').textContent).toBe(messages.result.says.join(' '));
    expect(one('replay-notes').textContent).toContain('Nothing of it was measured.');
    const meters = [...document.querySelectorAll<HTMLMeterElement>('[data-model="mini"] meter')];
    expect(meters.map(({ value }) => value)).toEqual([0.8, 0.7, 0.6]);
    expect(meters.every((meter) => meter.getAttribute('aria-label')?.startsWith('mini, '))).toBe(true);
    one('replay-csv').click();
    one('replay-json').click();
    const [csv, json] = posted;
    expect(csv?.type === 'copy' && csv.text.split('\r\n')).toEqual([
      ...['History,Cost', 'As it was,$1.00', ''],
      ...[
        'Model,As it was,Today’s router as it is,With the change',
        'mini,80 (80 %),70 (70 %),60 (60 %)',
        '',
      ],
      // No spreadsheet takes a model's name for a formula.
      ...['From,To,Requests', "mini,'=local,20", '', 'Task,Requests', 'fix code,100', ''],
    ]);
    expect(json).toEqual({ type: 'copy-json' });
  });

  test('where nothing goes elsewhere there are no tables of it', () => {
    give({ ...messages.result, moves: { ...messages.result.moves, rows: [] } });
    expect(isShown('replay-moves')).toBe(false);
    expect(isShown('replay-latest')).toBe(false);
    expect(isShown('replay-tasks')).toBe(true);
  });

  test('says what there isn’t, and what failed, in the place of the result', () => {
    give(messages.result);
    give({ type: 'empty', text: 'There is no history yet.' });
    expect(isShown('replay-result')).toBe(false);
    expect(one('replay-empty').textContent).toContain('There is no history yet.');
    one('replay-empty').querySelector('button')?.click();
    give({ type: 'failed', text: 'The ledger is locked.' });
    expect(isShown('replay-empty')).toBe(false);
    expect(one('replay-failed').textContent).toContain('The ledger is locked.');
    one('replay-failed').querySelector('button')?.click();
    expect(posted).toEqual([
      { type: 'command', command: 'ask' },
      { type: 'command', command: 'show-log' },
    ]);
  });
});
