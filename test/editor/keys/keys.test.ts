import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { completeAddress, keyPlaces, placeOfHost } from '../../../src/editor/keys/key-places';
import { keyStateOf } from '../../../src/editor/keys/key-state';
import {
  addressProblem,
  checkDetail,
  checkTitle,
  firstSentence,
  keyProblem,
  maskedKey,
} from '../../../src/editor/keys/key-text';
import { resetBreakersOnNewKey } from '../../../src/editor/keys/reset-breakers';
import { vendors } from '../../../src/vendors/catalogue';
import { configurationWith } from '../../core/samples';
import { deploymentWith, poolWith } from '../../core/simulation';

const configuration = configurationWith([
  poolWith([
    deploymentWith('mini', {
      apiBase: 'https://api.openai.com/v1',
      key: { kind: 'environment', name: 'OPENAI_API_KEY' },
    }),
    deploymentWith('proxied', { provider: 'litellm_proxy', apiBase: 'http://127.0.0.1:4000/v1' }),
    deploymentWith('copilot', { provider: 'vscode', protocol: 'editor', apiBase: 'vscode:' }),
    deploymentWith('sim', { provider: 'simulated', protocol: 'simulated', apiBase: 'simulated:' }),
  ]),
]);
const places = keyPlaces(configuration, {});
const openai = placeOfHost('api.openai.com', places);

const wellKnown = ['OpenAI', 'Anthropic', 'Google Gemini', 'Groq', 'OpenRouter'];
/** Every vendor that has an address of its own and wants a key there. */
const offered = vendors
  .filter(({ base, local, keyNames }) => base !== undefined && local === undefined && keyNames.length > 0)
  .map(({ title }) => title);

test('a key can be set for each host of the configuration, then for well-known vendors, then for all others', () => {
  const labels = places.map(({ label }) => label);
  const others = labels.slice(6);
  expect(labels.slice(0, 6)).toEqual(['OpenAI', '127.0.0.1:4000', ...wellKnown.slice(1)]);
  expect(places.filter(({ likely }) => likely).map(({ label }) => label)).toEqual(labels.slice(0, 6));
  expect(others).toEqual(others.toSorted((a, b) => a.localeCompare(b)));
  expect(labels.filter((label) => label !== '127.0.0.1:4000').toSorted()).toEqual(offered.toSorted());
  expect(openai.variables).toEqual(['OPENAI_API_KEY']);
});

test('what a key is there for comes before what is only well known', () => {
  const environment = { XAI_API_KEY: 'x' };
  const labels = keyPlaces(configurationWith([]), environment, new Set(['api.mistral.ai'])).map(
    ({ label }) => label,
  );
  expect(labels.slice(0, 3)).toEqual(['Mistral AI', 'xAI', 'OpenAI']);
  expect(new Set(labels).size).toBe(offered.length);
});

test('where a variable gives a provider another address, the key is for that host', () => {
  const environment = { ANTHROPIC_BASE_URL: 'http://127.0.0.1:5000', OPENAI_BASE_URL: 'no address' };
  const [first, second] = keyPlaces(configurationWith([]), environment);
  expect(first).toMatchObject({ label: 'OpenAI', host: 'api.openai.com' });
  expect(second).toMatchObject({ label: 'Anthropic', host: '127.0.0.1:5000' });
});

test('an address with a password in it is not used: it would be quoted in an error', () => {
  const environment = { OPENAI_BASE_URL: 'http://user:secret@127.0.0.1:5000/v1' };
  const [first] = keyPlaces(configurationWith([]), environment);
  expect(first).toMatchObject({ host: 'api.openai.com', apiBase: 'https://api.openai.com/v1' });
});

test('a stored key of a host that nothing names any more can still be checked and removed', () => {
  expect(placeOfHost('llm.example', places)).toMatchObject({ apiBase: 'https://llm.example/v1' });
  expect(placeOfHost('127.0.0.1:9', places)).toMatchObject({ apiBase: 'http://127.0.0.1:9/v1' });
  expect(placeOfHost('http://llm.example', places)).toMatchObject({ apiBase: 'http://llm.example/v1' });
});

describe('a masked key', () => {
  test('shows four characters of a long one and nothing of a short one', () => {
    expect(maskedKey('sk-0123456789abcdefghij')).toBe('••••ghij');
    expect(maskedKey('sk-1234')).toBe('••••');
  });

  test('never shows more than four characters', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 5 }), (key) => {
        expect(maskedKey(key)).not.toContain(key.slice(-5));
      }),
    );
  });
});

describe('what was pasted as a key', () => {
  test.each([
    ['', 'Paste the key'],
    ['two words', 'no spaces'],
    ['https://api.openai.com', 'an address'],
    ['os.environ/OPENAI_API_KEY', 'an environment variable'],
    ['"sk-abc"', 'quotes'],
    ['sk-äöü', 'plain letters'],
    ['sk-ant-api03-abcdef', 'a key of Anthropic: it is not sent to OpenAI'],
    ['AIzaSyabcdef', 'a key of Google Gemini'],
    ['AQ.Ab8RN6abcdef', 'a key of Google Gemini'],
    ['xai-abcdefabcdef', 'a key of xAI: it is not sent to OpenAI'],
  ])('%s is refused', (text, words) => {
    const problem = keyProblem(text, openai);
    expect(problem).toContain(words);
    if (text.length > 8 && !text.includes(' ')) expect(problem).not.toContain(text);
  });

  test('a key is taken, with what was pasted around it', () => {
    expect(keyProblem(' sk-proj-abcdef\n', openai)).toBeUndefined();
  });

  test('a proxy may take anybody’s keys', () => {
    expect(keyProblem('sk-ant-api03-abcdef', placeOfHost('127.0.0.1:4000', places))).toBeUndefined();
  });
});

describe('the address of another host', () => {
  test.each([
    ['llm.example.com', 'https://llm.example.com/v1'],
    ['https://llm.example.com/openai/v1/', 'https://llm.example.com/openai/v1'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080/v1'],
    ['http://llm.example.com', 'http://llm.example.com/v1'],
  ])('%s is %s', (typed, address) => expect(completeAddress(typed)).toBe(address));

  test.each([
    ['', true],
    ['http://', true],
    ['https://user:pass@llm.example.com', true],
    ['http://llm.example.com', false],
  ])('%s is a problem, fatal: %s', (typed, fatal) => {
    expect(addressProblem(typed, completeAddress)?.fatal).toBe(fatal);
  });

  test.each(['llm.example.com', '127.0.0.1:8080'])('%s is none', (typed) => {
    expect(addressProblem(typed, completeAddress)).toBeUndefined();
  });
});

test('a check’s outcome names who said it', () => {
  expect(checkTitle(openai, { kind: 'refused', detail: 'x' })).toBe('OpenAI refused this key');
  expect(checkTitle(openai, { kind: 'unchecked', detail: 'x' })).toBe('The key could not be checked');
  expect(checkTitle(openai, { kind: 'uncheckable' })).toBe('OpenAI has no check that costs nothing');
  expect(checkDetail(openai, { kind: 'refused', detail: 'Its words.' })).toBe('Its words.');
  expect(checkDetail(openai, { kind: 'uncheckable' })).toContain('Nothing was sent to api.openai.com');
});

test('of a server’s long explanation the first sentence is shown', () => {
  const short = 'Incorrect API key provided: [key]. See example.com.';
  expect(firstSentence(short)).toBe(short);
  expect(firstSentence(`Incorrect API key provided: [key]. ${'More. '.repeat(20)}`)).toBe(
    'Incorrect API key provided: [key].',
  );
});

test.each([
  ['key from SET', { kind: 'environment', name: 'SET' }, []],
  ['no key: UNSET is not set', { kind: 'environment', name: 'UNSET' }, []],
  ['stored key for h (UNSET is not set)', { kind: 'environment', name: 'UNSET' }, ['h']],
  ['stored key for h', { kind: 'secret', host: 'h' }, ['h']],
  ['no key stored', { kind: 'secret', host: 'h' }, []],
  ['no key needed', { kind: 'none' }, []],
] as const)('the state of a key: %s', (text, key, hosts) => {
  const deployment = deploymentWith('a', { apiBase: 'https://h/v1', key });
  expect(keyStateOf(deployment, new Set<string>(hosts), { SET: 'secret-value' }, () => false)).toBe(text);
});

test.each([
  ['no key: SET is held back from http://h', []],
  ['stored key for http://h (SET is held back)', ['http://h']],
] as const)('the state of a key that is not sent without encryption: %s', (text, hosts) => {
  const key = { kind: 'environment', name: 'SET' } as const;
  const deployment = deploymentWith('a', { apiBase: 'http://h/v1', key });
  const stored = new Set<string>(hosts);
  expect(keyStateOf(deployment, stored, { SET: 'secret-value' }, () => false)).toBe(text);
  expect(keyStateOf(deployment, stored, { SET: 'secret-value' }, () => true)).toBe('key from SET');
});

test('a key that changes closes the breakers of the models on its host only', async () => {
  let change: (host: string) => unknown = () => undefined;
  const reset = vi.fn();
  const keys = {
    onDidChange: (listener: typeof change) => {
      change = listener;
      return { dispose: () => undefined };
    },
  };
  resetBreakersOnNewKey(keys, () => Promise.resolve(configuration), { reset });
  await change('api.openai.com');
  expect(reset.mock.calls).toEqual([['mini']]);
});
