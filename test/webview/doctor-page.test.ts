// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { createDoctorPage } from '../../src/webview/doctor/doctor-page';
import type { DoctorModel, FromDoctor, ToDoctor } from '../../src/webview/protocol/doctor';
import { fromDoctorSchema, toDoctorSchema } from '../../src/webview/protocol/doctor';

type DoctorMessage = Extract<ToDoctor, { type: 'doctor' }>;

function model(id: string, change: Partial<DoctorModel> = {}): DoctorModel {
  return {
    id,
    name: id,
    provider: 'openai',
    host: 'api.openai.com',
    model: `the-${id}`,
    key: { text: 'environment OPENAI_API_KEY', good: true },
    price: { text: 'unknown', good: false },
    requests: 3,
    quality: '0.80',
    cost: '$0.0012',
    check: { state: 'none', text: 'not checked' },
    ...change,
  };
}

function doctor(models: readonly DoctorModel[], change: Partial<DoctorMessage> = {}): ToDoctor {
  return toDoctorSchema.parse({
    type: 'doctor',
    pools: [
      {
        pool: 'gpt',
        simulated: false,
        inUse: true,
        models,
        questions: [{ question: 'Why is it always the same model?', answers: ['Only one is left.'] }],
      },
    ],
    groups: [{ title: 'State', facts: [{ name: 'Cache', value: 'switched off' }] }],
    problems: [{ severity: 'warning', text: 'conduit.yaml:3: x is unknown' }],
    log: [{ time: '10:00:00', severity: 'error', text: 'It broke.' }],
    checks: { running: false, text: '' },
    ...change,
  });
}

let posted: FromDoctor[];
let receive: (message: ToDoctor) => void;

beforeEach(() => {
  posted = [];
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  receive = createDoctorPage(root, (message) => posted.push(fromDoctorSchema.parse(message)));
});

function one(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}.`);
  return found;
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (each) => each.getAttribute('aria-label') === name || each.textContent === name,
  );
  if (found === undefined) throw new Error(`There is no button ${name}.`);
  return found;
}

describe('the doctor’s page', () => {
  test('says that it looks, and what went wrong with what to do', () => {
    expect(one('[role="status"]').textContent).toContain('Looking');
    receive({ type: 'failed', text: 'The configuration has no pool.' });
    expect(one('[role="alert"]').textContent).toContain('The configuration has no pool.');
    for (const name of ['Try Again', 'Open Configuration', 'Show Log']) button(name).click();
    expect(posted).toEqual([
      { type: 'refresh' },
      { type: 'command', command: 'open-configuration' },
      { type: 'command', command: 'show-log' },
    ]);
  });

  test('shows each model with key, price, breaker, last error and figures', () => {
    receive(doctor([model('mini', { breaker: 'open', lastError: 'timeout, 10:00:00' }), model('large')]));
    const cells = [...document.querySelectorAll('[data-model="mini"] td')].map(
      ({ textContent }) => textContent,
    );
    expect(cells.slice(0, 6)).toEqual([
      'environment OPENAI_API_KEY',
      'unknown',
      'timeout, 10:00:00',
      '3',
      '0.80',
      '$0.0012',
    ]);
    expect(one('[data-model="mini"] th').textContent).toContain('openai · the-mini');
    expect(document.querySelectorAll('[data-breaker]')).toHaveLength(1);
    expect(document.querySelectorAll('[data-model="large"] .codicon-question')).toHaveLength(1);
    button('Reset the circuit breaker of mini').click();
    expect(posted).toEqual([{ type: 'reset-breaker', model: 'mini' }]);
  });

  test('says of a model that may fail how likely that is, and why, in the place of its last error', () => {
    const doubt = 'expected to fail: 38 % (key refused, 10:00:00). Set the key again.';
    receive(doctor([model('mini', { lastError: 'key refused, 10:00:00', doubt }), model('large')]));
    expect(one('[data-model="mini"] td:nth-child(4)').textContent).toBe(doubt);
    expect(one('[data-model="large"] td:nth-child(4)').textContent).toBe('none');
  });

  test('asks nothing by itself, says what a check costs beforehand, and checks one or all', () => {
    receive(doctor([model('mini'), model('large')]));
    expect(posted).toEqual([]);
    const described = button('Check All').getAttribute('aria-describedby');
    expect(document.getElementById(described ?? '')?.textContent).toMatch(/costs next to nothing/);
    button('Check large').click();
    button('Check All').click();
    expect(posted).toEqual([{ type: 'check', model: 'large' }, { type: 'check-all' }]);
  });

  test('while checks run, Cancel stands in the place of Check All and has its focus, and back', () => {
    receive(doctor([model('mini')]));
    button('Check All').focus();
    receive(doctor([model('mini')], { checks: { running: true, text: '0 of 1 checked…' } }));
    expect(button('Check All').hidden).toBe(true);
    expect(document.activeElement).toBe(button('Cancel'));
    expect(one('[data-testid="check-status"]').getAttribute('role')).toBe('status');
    expect(one('[data-testid="check-status"]').textContent).toBe('0 of 1 checked…');
    button('Cancel').click();
    receive(doctor([model('mini')]));
    expect(document.activeElement).toBe(button('Check All'));
    expect(posted).toEqual([{ type: 'cancel' }]);
  });

  test('a result comes with advice and the button that follows it; the focus stays in the row', () => {
    receive(doctor([model('mini')]));
    button('Check mini').focus();
    const check = {
      state: 'failed',
      text: 'key refused',
      advice: 'Set the key again.',
      action: 'set-key',
    } as const;
    receive(doctor([model('mini', { check })]));
    expect(document.activeElement).toBe(button('Check mini'));
    expect(one('[data-testid="check"]').textContent).toContain('Set the key again.');
    button('Set API Key for mini').click();
    expect(posted).toEqual([{ type: 'command', command: 'set-key' }]);
  });

  test('what is unfolded stays so, with the answers of the moment', () => {
    receive(doctor([model('mini')]));
    const details = document.querySelector('details');
    if (details === null) throw new Error('There is nothing to unfold.');
    details.open = true;
    receive(doctor([model('mini')]));
    expect(document.querySelector('details')).toBe(details);
    expect(details.open).toBe(true);
    expect(details.textContent).toContain('Only one is left.');
  });

  test('opens a problem by its place, copies, saves, and says where there is nothing', () => {
    receive(doctor([model('mini')]));
    button('Open conduit.yaml:3: x is unknown').click();
    button('Copy as Text').click();
    button('Save Report…').click();
    expect(posted).toEqual([{ type: 'open-problem', index: 0 }, { type: 'copy' }, { type: 'save' }]);
    receive(doctor([model('mini')], { problems: [], log: [] }));
    expect(one('[data-testid="doctor-problems"]').textContent).toContain('None.');
    expect(one('[data-testid="doctor-log"]').textContent).toContain('None in this session.');
  });

  test('a pool that is gone goes; texts are text', () => {
    receive(doctor([model('mini', { name: '<b>mini</b>' })]));
    expect(one('.name').textContent).toBe('<b>mini</b>');
    receive(doctor([], { pools: [] }));
    expect(document.querySelector('[data-testid="doctor-pool"]')).toBeNull();
  });
});

test('the protocol knows no other message', () => {
  expect(toDoctorSchema.safeParse({ type: 'doctor', pools: [{}] }).success).toBe(false);
  expect(fromDoctorSchema.safeParse({ type: 'run', command: 'workbench.action.quit' }).success).toBe(false);
  expect(fromDoctorSchema.safeParse({ type: 'command', command: 'workbench.action.quit' }).success).toBe(
    false,
  );
});
