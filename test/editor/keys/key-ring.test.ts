import { expect, test } from 'vitest';
import { createKeyRing } from '../../../src/editor/keys/key-ring';
import type { KeyStore } from '../../../src/editor/keys/key-store';
import { deploymentWith } from '../../core/simulation';

const stored: Readonly<Record<string, string>> = { 'api.openai.com': 'stored', '127.0.0.1:4000': 'proxy' };
const store: KeyStore = {
  hosts: () => Promise.resolve(new Set(Object.keys(stored))),
  get: (host) => Promise.resolve(stored[host]),
  set: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  onDidChange: () => ({ dispose: () => undefined }),
};
const ring = createKeyRing(store, { SET: 'from-environment' }, (host) => host === 'http://10.0.0.5:4000');
const apiBase = 'https://api.openai.com/v1';

test.each([
  [
    'the variable that the file names',
    { apiBase, key: { kind: 'environment', name: 'SET' } },
    'from-environment',
  ],
  [
    'the stored key where that is not set',
    { apiBase, key: { kind: 'environment', name: 'UNSET' } },
    'stored',
  ],
  [
    'nothing for another host',
    { apiBase: 'https://other.example/v1', key: { kind: 'environment', name: 'UNSET' } },
    undefined,
  ],
  ['the stored key', { apiBase, key: { kind: 'secret', host: 'api.openai.com' } }, 'stored'],
  ['none on this machine', { apiBase: 'http://127.0.0.1:11434/v1', key: { kind: 'none' } }, ''],
  [
    'the one of a proxy on this machine',
    { apiBase: 'http://127.0.0.1:4000/v1', key: { kind: 'none' } },
    'proxy',
  ],
  [
    'no stored key over an unencrypted network',
    { apiBase: 'http://api.openai.com/v1', key: { kind: 'environment', name: 'UNSET' } },
    undefined,
  ],
  [
    'no key from the environment over an unencrypted network, also where the address is a private one',
    { apiBase: 'http://192.168.1.7:8080/v1', key: { kind: 'environment', name: 'SET' } },
    undefined,
  ],
  [
    'the key from the environment over an unencrypted network to the host that the user allowed',
    { apiBase: 'http://10.0.0.5:4000/v1', key: { kind: 'environment', name: 'SET' } },
    'from-environment',
  ],
  [
    'none at another port of that host',
    { apiBase: 'http://10.0.0.5:4001/v1', key: { kind: 'environment', name: 'SET' } },
    undefined,
  ],
  [
    'the key from the environment on this machine',
    { apiBase: 'http://127.0.0.1:4000/v1', key: { kind: 'environment', name: 'SET' } },
    'from-environment',
  ],
  [
    'none for a simulated model',
    { provider: 'simulated', protocol: 'simulated', apiBase: 'simulated:', key: { kind: 'none' } },
    '',
  ],
] as const)('a deployment gets %s', async (_name, change, expected) => {
  expect(await ring.keyFor(deploymentWith('a', change))).toBe(expected);
});
