import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../src/core/terms/host';
import { endedVendors, vendors } from '../../src/vendors/catalogue';
import { hasQuirk, promptCacheOf, vendorAtHost, vendorNamed, vendorOf } from '../../src/vendors/lookup';
import { fireworksName, huggingFaceName } from '../../src/vendors/model-names';

/** Those that are reached over the network. */
const servers = vendors.filter(({ protocol }) => protocol !== 'editor');
const day = /^20\d\d-(0\d|1[0-2])-([0-2]\d|3[01])$/;

test('no prefix and no address is there twice', () => {
  const prefixes = [...vendors, ...endedVendors].map(({ prefix }) => prefix);
  const others = vendors.flatMap(({ otherPrefixes = [] }) => otherPrefixes);
  expect(new Set([...prefixes, ...others]).size).toBe(prefixes.length + others.length);
  const hosts = servers.flatMap(({ base }) => (base === undefined ? [] : [new URL(base).host]));
  expect(new Set(hosts).size).toBe(hosts.length);
});

describe.each(servers)('$prefix', (vendor) => {
  test('has an address that can carry a key, and the page that says so', () => {
    const { base, documentation } = vendor;
    if (base !== undefined) {
      expect(base.startsWith('https://') || isLoopback(base)).toBe(true);
      expect(base.endsWith('/')).toBe(false);
      expect(vendorAtHost(new URL(base).host)).toBe(vendor);
    }
    expect(new URL(documentation.page).protocol).toBe('https:');
    expect(documentation.seen).toMatch(day);
  });

  test('is found under each of its prefixes, at its own address at least', () => {
    for (const prefix of [vendor.prefix, ...(vendor.otherPrefixes ?? [])]) {
      expect(vendorNamed(prefix)).toBe(vendor);
      if (vendor.base !== undefined)
        expect(vendorOf({ provider: prefix, apiBase: vendor.base })).toBe(vendor);
    }
  });

  test('has keys that can be told from those of the others, and a check of them below its base', () => {
    for (const beginning of vendor.keysBegin ?? []) {
      const owners = vendors.filter(({ keysBegin = [] }) =>
        keysBegin.some((other) => other.startsWith(beginning) || beginning.startsWith(other)),
      );
      expect(owners).toEqual([vendor]);
    }
    if (vendor.keyCheck !== undefined) expect(vendor.keyCheck.path).toMatch(/^\/[a-z]/);
    for (const name of vendor.keyNames) expect(name).toMatch(/^[A-Z][A-Z0-9_]+$/);
  });
});

test('what has ended has a day and a page, too', () => {
  for (const { ended, documentation } of endedVendors) {
    expect(ended).toMatch(day);
    expect(documentation.seen).toMatch(day);
    expect(new URL(documentation.page).protocol).toBe('https:');
  }
});

describe('whose server answers', () => {
  test.each([
    ['openai', 'https://api.openai.com/v1', 'openai'],
    ['openai', 'https://api.deepseek.com/v1', 'deepseek'],
    ['openai', 'https://europe-west1-aiplatform.googleapis.com/v1', 'gemini'],
    ['openai', 'http://127.0.0.1:4000/v1', undefined],
    ['mistral', 'https://gateway.example/v1', 'mistral'],
    ['azure', 'https://house.openai.azure.com', 'azure'],
    ['simulated', 'simulated:', undefined],
    ['nobody', 'https://api.openai.com/v1', undefined],
  ])('%s/… at %s is %s', (provider, apiBase, expected) => {
    expect(vendorOf({ provider, apiBase })?.prefix).toBe(expected);
  });

  test('decides about its quirks; a compatible server has none of OpenAI’s', () => {
    const elsewhere = { provider: 'openai', apiBase: 'http://127.0.0.1:4000/v1' };
    expect(hasQuirk({ ...elsewhere, apiBase: 'https://api.openai.com/v1' }, 'max-completion-tokens')).toBe(
      true,
    );
    expect(hasQuirk(elsewhere, 'max-completion-tokens')).toBe(false);
    expect(promptCacheOf(elsewhere)).toEqual({ kind: 'unasked', leastTokens: 1_024 });
  });
});

test.each([
  [fireworksName, 'glm-5p2', 'accounts/fireworks/models/glm-5p2'],
  [fireworksName, 'accounts/fireworks/models/glm-5p2', 'accounts/fireworks/models/glm-5p2'],
  [
    fireworksName,
    'accounts/me/models/x#accounts/me/deployments/y',
    'accounts/me/models/x#accounts/me/deployments/y',
  ],
  [huggingFaceName, 'together/deepseek-ai/DeepSeek-R1', 'deepseek-ai/DeepSeek-R1:together'],
  [huggingFaceName, 'deepseek-ai/DeepSeek-R1', 'deepseek-ai/DeepSeek-R1'],
  [huggingFaceName, 'deepseek-ai/DeepSeek-R1:fastest', 'deepseek-ai/DeepSeek-R1:fastest'],
])('%o writes %s as %s', (nameOf, written, expected) => {
  expect(nameOf(written)).toBe(expected);
});
