import { describe, expect, test } from 'vitest';
import { loadConfiguration } from '../../../src/config/load-configuration';

const models =
  'model_list:\n  - { model_name: p, litellm_params: { model: openai/m }, model_info: { id: m } }\n';

function load(
  text: string,
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof loadConfiguration> {
  return loadConfiguration({
    file: { name: 'conduit.yaml', text: models + text },
    environment,
    storedHosts: new Set(),
  });
}

describe('router.escalate', () => {
  test.each([
    ['', 'ask'],
    ['router: { escalate: ask }', 'ask'],
    ['router: { escalate: auto }', 'auto'],
    ['router: { escalate: off }', 'off'],
    ['router: { escalate: "off" }', 'off'],
    // As YAML 1.1 reads it.
    ['router: { escalate: false }', 'off'],
  ])('%j: %s', (text, mode) => {
    const { configuration, problems } = load(text);
    expect(configuration.escalate).toBe(mode);
    expect(problems.filter(({ path }) => path === 'router.escalate')).toEqual([]);
  });

  test.each(['always', 'true', '3'])('%s is a mistake, and the default holds', (written) => {
    const { configuration, problems } = load(`router: { escalate: ${written} }`);
    expect(configuration.escalate).toBe('ask');
    expect(problems.filter(({ path }) => path === 'router.escalate')).toMatchObject([
      { severity: 'warning' },
    ]);
  });

  test('the environment overrides the file', () => {
    expect(load('router: { escalate: off }', { CONDUIT_ESCALATE: 'auto' }).configuration.escalate).toBe(
      'auto',
    );
    expect(load('router: { escalate: auto }', { CONDUIT_ESCALATE: 'off' }).configuration.escalate).toBe(
      'off',
    );
  });
});
