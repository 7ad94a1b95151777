import { describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../src/config/load-configuration';
import { parseConfiguration } from '../../src/config/file/parse-configuration';
import { seedSignals, shippedSignals } from '../../src/core/reward/signal-table';
import type { Configuration } from '../../src/core/terms/configuration';

const models = `model_list:
  - model_name: default
    litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/OPENAI_API_KEY }
    model_info: { id: mini }
`;

function loaded(text: string): ReturnType<typeof loadConfiguration> {
  const file = { name: 'conduit.yaml', text: `${models}${text}` };
  return loadConfiguration({ file, environment: {}, storedHosts: new Set() });
}
const signalsOf = (text: string): Configuration['signals'] => loaded(text).configuration.signals;
const problemsOf = (text: string): readonly string[] =>
  loaded(text).problems.map(
    ({ severity, line, path, message }) => `${severity} ${String(line)} ${path} ${message}`,
  );

describe('signals in conduit.yaml', () => {
  test('without any the shipped table holds; with the preset of the seed its own', () => {
    expect(signalsOf('')).toEqual(shippedSignals);
    expect(signalsOf('signals: { preset: seed }')).toEqual(seedSignals);
  });

  test('a row is turned off, given a weight, or written out; the rest stays as it was', () => {
    const signals = signalsOf(`signals:
  copied: off
  turn-thanks: 0.02
  judged: { weight: 0.5, none: 0.1, quality: 0.9, half_life: 300 }
`);
    expect(signals.copied.weight).toBe(0);
    expect(signals['turn-thanks']).toEqual({ ...shippedSignals['turn-thanks'], weight: 0.02 });
    expect(signals.judged).toEqual({ weight: 0.5, none01: 0.1, quality01: 0.9, halfLife: 300 });
    expect(signals.inserted).toEqual(shippedSignals.inserted);
  });

  test('what is wrong with one row is told with its place, and costs no other', () => {
    const text = `signals:
  copied: loud
  inserted: { weight: 2, wieght: 0.1 }
  copid: off
  judged: 0.1
`;
    const problems = problemsOf(text).filter((problem) => problem.includes('signals'));
    expect(problems).toHaveLength(4);
    expect(problems.find((problem) => problem.startsWith('warning 6 signals.copied'))).toMatch(
      /weight from 0/,
    );
    expect(problems.find((problem) => problem.includes('signals.inserted.weight'))).toMatch(/from 0 to 1/);
    expect(problems.find((problem) => problem.includes('signals.inserted.wieght'))).toMatch(/weight/);
    expect(problems.find((problem) => problem.includes('signals.copid'))).toMatch(/copied/);
    expect(signalsOf(text)).toEqual({ ...shippedSignals, judged: { ...shippedSignals.judged, weight: 0.1 } });
  });

  test('the effective configuration says what is changed, and where', () => {
    const { values } = loaded('signals: { copied: off, judged: 0.1 }');
    const shown = values.filter(({ path }) => path.startsWith('signals.'));
    expect(shown.map(({ path, place }) => `${path} ${place ?? ''}`)).toEqual([
      'signals.preset ',
      'signals.copied conduit.yaml:5',
      'signals.judged conduit.yaml:5',
    ]);
  });

  test('a workspace’s file changes nothing of it, and says so', () => {
    const { configuration, problems } = parseConfiguration('signals: { rating-down: off }', {
      name: 'workspace',
      tier: 'workspace',
    });
    expect(configuration?.signals.size ?? 0).toBe(0);
    expect(problems.map(({ message }) => message).join()).toMatch(/only your own conduit.yaml/);
  });
});
