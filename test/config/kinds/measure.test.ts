import { describe, expect, test } from 'vitest';
import { completionsAt, hoverAt } from '../../../src/config/file/completions';
import { withOption } from '../../../src/config/file/set-option';
import { loadConfiguration } from '../../../src/config/load-configuration';

const models = `model_list:
  - { model_name: p, litellm_params: { model: openai/m }, model_info: { id: m } }
  - { model_name: p, litellm_params: { model: openai/n }, model_info: { id: n } }
  - { model_name: q, litellm_params: { model: openai/o }, model_info: { id: alone } }
`;

function load(text: string, environment: Readonly<Record<string, string>> = {}) {
  const file = { name: 'conduit.yaml', text: models + text };
  const { configuration, problems } = loadConfiguration({ file, environment, storedHosts: new Set() });
  return { measure: configuration.measure, problems };
}

describe('router.measure', () => {
  test.each([
    ['', undefined],
    ['router: { measure: { against: n } }', { against: 'n', share: 0.03 }],
    ['router:\n  measure:\n    against: n\n    share: 0.05', { against: 'n', share: 0.05 }],
    ['router: { measure: }', undefined],
  ])('%j', (text, measure) => {
    const loaded = load(text);
    expect(loaded.measure).toEqual(measure);
    expect(loaded.problems).toEqual([]);
  });

  test('a variable overrides it', () => {
    const variables = { CONDUIT_MEASURE_AGAINST: 'm', CONDUIT_MEASURE_SHARE: '0.1' };
    expect(load('router: { measure: { against: n } }', variables).measure).toEqual({
      against: 'm',
      share: 0.1,
    });
  });

  test.each([
    ['router: { measure: { against: x } }', 'router.measure.against', /no model with the id x/],
    ['router: { measure: { against: alone } }', 'router.measure.against', /only model of its pool/],
    ['router: { measure: { share: 0.03 } }', 'router.measure.share', /no router.measure.against/],
    ['router: { measure: { against: n, share: 0.5 } }', 'router.measure.share', /from 0.01 to 0.2/],
    ['router: { measure: { against: n, shares: 0.05 } }', 'router.measure.shares', /did you mean 'share'/],
    ['router: { measure: n }', 'router.measure', /must be a mapping/],
  ])('%s is said', (text, path, message) => {
    expect(load(text).problems).toMatchObject([
      { path, severity: 'warning', message: expect.stringMatching(message) as string },
    ]);
  });

  test('is completed: its keys, and the models of the file', () => {
    const labels = (line: string): readonly string[] => {
      const text = models + line;
      const lines = text.split('\n');
      return completionsAt(text, lines.length, (lines.at(-1)?.length ?? 0) + 1).map(({ label }) => label);
    };
    expect(labels('router: { mea')).toContain('measure');
    expect(labels('router: { measure: { ')).toEqual(['against', 'share']);
    expect(labels('router: { measure: { against: ')).toEqual(['m', 'n', 'alone']);
    expect(hoverAt(`${models}router: { measure: { against: n } }`, 5, 12)?.text).toMatch(/by chance/);
  });
});

describe('a mapping in the place of a value', () => {
  const change = { section: 'router', key: 'measure', value: { against: 'o-1', share: 0.05 } };
  test.each([
    ['', 'router:\n  measure: { against: o-1, share: 0.05 }\n'],
    [
      'router:\n  preset: cost # mine\n',
      'router:\n  measure: { against: o-1, share: 0.05 }\n  preset: cost # mine\n',
    ],
    ['router: { measure: { against: x } }\n', 'router: { measure: { against: o-1, share: 0.05 } }\n'],
    [
      'router:\n  measure:\n    against: x\n    share: 0.02\n  preset: cost\n',
      'router:\n  measure: { against: o-1, share: 0.05 }\n  preset: cost\n',
    ],
  ])('is written into %j', (text, expected) => {
    expect(withOption(text, change)).toBe(expected);
  });

  test('and goes as a whole', () => {
    const off = { ...change, value: undefined };
    expect(withOption('router:\n  measure: { against: x }\n  preset: cost\n', off)).toBe(
      'router:\n  preset: cost\n',
    );
    expect(withOption('router:\n  measure:\n    against: x\n  preset: cost\n', off)).toBe(
      'router:\n  preset: cost\n',
    );
  });

  test('keeps ids that YAML would read otherwise in quotes', () => {
    const text = withOption('', { ...change, value: { against: 'no: {1}', share: 0.05 } });
    expect(text).toContain('against: "no: {1}"');
  });
});
