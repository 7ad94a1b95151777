import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withJudge } from '../../src/config/file/set-judge';
import { configurationTemplate } from '../../src/config/file/template';
import { judgesIn } from '../../src/config/judges';
import { loadConfiguration } from '../../src/config/load-configuration';
import { deploymentWith, poolWith } from '../core/simulation';

const on = { enabled: true, model: 'mini' } as const;

test.each([
  ['nothing', '', 'judge:\n  enabled: true\n  model: mini\n'],
  [
    'a file with other sections',
    'router: { preset: cost } # mine\n',
    'router: { preset: cost } # mine\n\njudge:\n  enabled: true\n  model: mini\n',
  ],
  [
    'a judge that is off',
    'judge:\n  enabled: false # not yet\n  model: large\n  daily_budget_usd: 2\n',
    'judge:\n  enabled: true # not yet\n  model: mini\n  daily_budget_usd: 2\n',
  ],
  [
    'one in a line',
    'judge: { sample_rate: 0.2 }\n',
    'judge: { enabled: true, model: mini, sample_rate: 0.2 }\n',
  ],
])('is turned on in %s', (_what, before, after) => {
  expect(withJudge(before, on)).toBe(after);
});

test('is turned off with one word, and all else stays', () => {
  const text = '# mine\njudge:\n  enabled: yes\n  model: mini # good\n';
  expect(withJudge(text, { enabled: false })).toBe(
    '# mine\njudge:\n  enabled: false\n  model: mini # good\n',
  );
});

test.each(['gpt-5.4-mini', 'a: b', 'yes', '12', "it's", 'x, y', '# no', 'ünïcode', ''])(
  'any id is written so that it is read again: %j',
  (model) => {
    const text = withJudge('cache: {}\n', { enabled: true, model }) ?? '';
    expect(parse(text)).toEqual({ cache: {}, judge: { enabled: true, model } });
  },
);

test('goes into the template, which stays as it is', () => {
  const text = withJudge(configurationTemplate, on) ?? '';
  expect(text.startsWith(configurationTemplate)).toBe(true);
  expect(parse(text)).toEqual({ judge: { enabled: true, model: 'mini' } });
});

test.each(['judge: [', 'judge: yes\n', 'a: &j { x: 1 }\njudge: *j\n', '[1]'])('leaves %j alone', (text) => {
  expect(withJudge(text, on)).toBeUndefined();
});

const pool = `model_list:
  - { model_name: gpt, litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/K }, model_info: { id: mini } }
`;

function load(text: string, environment: Readonly<Record<string, string>> = {}) {
  return loadConfiguration({
    file: { name: 'conduit.yaml', text: pool + text },
    environment: { K: 'x', ...environment },
    storedHosts: new Set(),
  });
}

test('is off, for a dollar a day and a tenth of the answers, unless the file says otherwise', () => {
  expect(load('').configuration.judge).toEqual({
    enabled: false,
    sampleRate: 0.1,
    models: [],
    dailyBudgetUsd: 1,
    rubric: '',
  });
  const text =
    'judge: { enabled: true, model: mini, sample_rate: 0.5, daily_budget_usd: 0.25, rubric: Tabs are wrong. }\n';
  expect(load(text)).toMatchObject({
    problems: [],
    configuration: {
      judge: {
        enabled: true,
        models: ['mini'],
        sampleRate: 0.5,
        dailyBudgetUsd: 0.25,
        rubric: 'Tabs are wrong.',
      },
    },
  });
});

test('is overridden by the environment', () => {
  const { configuration } = load('judge: { enabled: true, model: mini }\n', {
    CONDUIT_JUDGE_ENABLED: 'false',
    CONDUIT_JUDGE_DAILY_BUDGET_USD: '0',
  });
  expect(configuration.judge).toMatchObject({ enabled: false, models: ['mini'], dailyBudgetUsd: 0 });
});

test.each<[text: string, path: string, severity: string, line: number]>([
  ['judge:\n  enabled: true\n', 'judge.enabled', 'warning', 4],
  ['judge:\n  enabled: true\n  model: gone\n', 'judge.model', 'warning', 5],
  ['judge: { sample_rate: 0.01 }\n', 'judge.sample_rate', 'warning', 3],
  ['judge: { daily_budget_usd: much }\n', 'judge.daily_budget_usd', 'error', 3],
  ['judge: { shadow: true }\n', 'judge.shadow', 'warning', 3],
  ['judge: 7\n', 'judge', 'error', 3],
])('a mistake is told at its place: %j', (text, path, severity, line) => {
  expect(load(text).problems).toMatchObject([{ fileName: 'conduit.yaml', path, severity, line }]);
});

test('a judge that the environment turns on for nobody is told, too', () => {
  expect(load('', { CONDUIT_JUDGE_ENABLED: 'true' }).problems).toMatchObject([
    { fileName: 'environment', path: 'CONDUIT_JUDGE_ENABLED', severity: 'warning' },
  ]);
});

test('several judges are named with commas; an id that holds one is taken whole', () => {
  const pools = [poolWith([deploymentWith('a'), deploymentWith('b, c')])];
  expect(judgesIn('a, x,a', pools)).toEqual(['a', 'x']);
  expect(judgesIn(' b, c ', pools)).toEqual(['b, c']);
  expect(judgesIn('', pools)).toEqual([]);
});

test('a workspace’s file turns no judge on, and changes none, until that is allowed', () => {
  const workspace = 'judge: { enabled: true, model: mini, daily_budget_usd: 900 }\n';
  const sources = {
    file: { name: 'conduit.yaml', text: `${pool}judge: { daily_budget_usd: 0.1 }\n` },
    workspaceFile: { name: 'conduit.yaml (workspace)', text: workspace },
    environment: { K: 'x' },
    storedHosts: new Set<string>(),
  };
  const before = loadConfiguration(sources);
  expect(before.configuration.judge).toMatchObject({ enabled: false, models: [], dailyBudgetUsd: 0.1 });
  expect(before.workspaceRequest?.lines.join(' ')).toMatch(/sent to another model.*judged by mini.*900 USD/);
  const allowed = loadConfiguration({
    ...sources,
    workspaceGrant: before.workspaceRequest?.fingerprint ?? '',
  });
  expect(allowed.configuration.judge).toMatchObject({ enabled: true, models: ['mini'], dailyBudgetUsd: 900 });
  // What was allowed is this file: another budget is asked for anew.
  const changed = loadConfiguration({
    ...sources,
    workspaceFile: { name: 'conduit.yaml (workspace)', text: workspace.replace('900', '901') },
    workspaceGrant: before.workspaceRequest?.fingerprint ?? '',
  });
  expect(changed.configuration.judge.enabled).toBe(false);
});
