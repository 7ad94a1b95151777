import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { withJudge } from '../../../src/config/file/set-judge';
import { configurationTemplate } from '../../../src/config/file/template';
import { loadConfiguration } from '../../../src/config/load-configuration';
import type { JudgeSetupParts } from '../../../src/editor/judge/judge-setup';
import { rateOf, setUpJudge } from '../../../src/editor/judge/judge-setup';
import { files, startAnew } from '../configuration/vscode-with-files';

const { told, answers } = vi.hoisted(() => ({
  told: [] as { text: string; detail?: string }[],
  answers: { pick: '', agree: true },
}));

vi.mock('vscode', async () => {
  return {
    ...(await import('../configuration/vscode-with-files')),
    window: {
      showQuickPick: (items: readonly { label: string }[]) =>
        Promise.resolve(items.find(({ label }) => label.includes(answers.pick))),
      showWarningMessage: (
        text: string,
        options: { modal?: boolean; detail?: string },
        ...labels: string[]
      ) => {
        told.push({ text, ...(options.detail !== undefined && { detail: options.detail }) });
        return Promise.resolve(options.modal === true && answers.agree ? labels[0] : undefined);
      },
      showInformationMessage: (text: string) => Promise.resolve(void told.push({ text })),
      setStatusBarMessage: (text: string) => told.push({ text }),
    },
  };
});

const models = `model_list:
  - { model_name: gpt, litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/K }, model_info: { id: mini } }
  - { model_name: gpt, litellm_params: { model: mistral/mistral-large, api_key: os.environ/K }, model_info: { id: large } }
`;

function load(environment = {}) {
  const text = files.get('/conduit.yaml');
  const file = text === undefined ? {} : { file: { name: 'conduit.yaml', text } };
  return loadConfiguration({ ...file, environment: { K: 'x', ...environment }, storedHosts: new Set() });
}

function parts(change: Partial<JudgeSetupParts> = {}, environment = {}): JudgeSetupParts {
  return {
    configuration: {
      current: () => Promise.resolve(load(environment).configuration),
      values: () => Promise.resolve(load(environment).values),
      refresh: () => Promise.resolve(),
    },
    globalStorageUri: Uri.file('/'),
    template: () => Promise.resolve(configurationTemplate),
    write: () => Promise.resolve(withJudge),
    conduit: () => Promise.reject(new Error('There is no ledger.')),
    mostUsd: () => Promise.resolve(0.002),
    nowMs: () => 0,
    ...change,
  };
}

beforeEach(() => {
  startAnew();
  files.set('/conduit.yaml', models);
  told.length = 0;
  Object.assign(answers, { pick: 'large', agree: true });
});

describe('turning it on', () => {
  test('says who judges, what goes there, and what it may cost, and then writes the user’s file', async () => {
    await setUpJudge(parts());
    const [question, done] = told;
    expect(question?.text).toBe('Let large judge answers?');
    for (const word of [
      '10 %',
      'api.mistral.ai',
      'the question',
      'attached',
      'the answer',
      'other extensions',
      '$0.0020',
      '$1.00',
    ])
      expect(question?.detail).toContain(word);
    expect(done?.text).toBe('Conduit: large judges answers from now on');
    expect(load()).toMatchObject({
      problems: [],
      configuration: { judge: { enabled: true, models: ['large'] } },
    });
    expect(files.get('/conduit.yaml')?.startsWith(models)).toBe(true);
  });

  test('does nothing where the user doesn’t agree, or leaves', async () => {
    answers.agree = false;
    await setUpJudge(parts());
    answers.pick = 'nobody of that name';
    await setUpJudge(parts());
    expect(files.get('/conduit.yaml')).toBe(models);
    expect(load().configuration.judge.enabled).toBe(false);
  });

  test('says that a price which isn’t known lets nothing be judged', async () => {
    await setUpJudge(parts({ mostUsd: () => Promise.resolve(undefined) }));
    expect(told[0]?.detail).toContain('isn’t known');
  });

  test('tells where something overrides the file', async () => {
    await setUpJudge(parts({}, { CONDUIT_JUDGE_ENABLED: 'false' }));
    expect(told.at(-1)?.text).toContain('CONDUIT_JUDGE_ENABLED overrides it');
  });

  test('isn’t offered where there are only simulated models', async () => {
    startAnew();
    await setUpJudge({
      ...parts(),
      configuration: {
        current: () =>
          Promise.resolve(loadConfiguration({ environment: {}, storedHosts: new Set() }).configuration),
        values: () => Promise.resolve([]),
        refresh: () => Promise.resolve(),
      },
    });
    expect(told).toEqual([{ text: 'There is no model that could judge: simulated ones can’t.' }]);
  });
});

test('turning it off asks nothing, and keeps the rest of the section', async () => {
  files.set('/conduit.yaml', `${models}judge: { enabled: true, model: large, sample_rate: 0.3 }\n`);
  answers.pick = 'Turn It Off';
  await setUpJudge(parts());
  expect(told).toEqual([{ text: 'Conduit: no answer is judged from now on' }]);
  expect(load().configuration.judge).toMatchObject({ enabled: false, models: ['large'], sampleRate: 0.3 });
});

test('the present rate is that of the latest requests, and of a day at least', () => {
  const day = 86_400_000;
  expect(rateOf([], 0)).toBe(0);
  expect(rateOf([{ atMs: 5 * day }, { atMs: 5 * day }], 5 * day + 1)).toBe(2);
  expect(rateOf([{ atMs: 10 * day }, { atMs: 5 * day }, { atMs: 0 }], 10 * day)).toBeCloseTo(0.3, 9);
});
