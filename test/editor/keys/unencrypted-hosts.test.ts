import { beforeEach, expect, test, vi } from 'vitest';
import { createUnencryptedHosts } from '../../../src/editor/keys/unencrypted-hosts';
import { deploymentWith } from '../../core/simulation';

interface Shown {
  readonly message: string;
  readonly labels: readonly string[];
}

const editor = vi.hoisted(() => ({ shown: [] as Shown[], answer: undefined as string | undefined }));

vi.mock('vscode', () => ({
  EventEmitter: class {
    private readonly listeners = new Set<(value: unknown) => void>();
    readonly event = (listener: (value: unknown) => void) => {
      this.listeners.add(listener);
      return { dispose: () => this.listeners.delete(listener) };
    };
    fire = (value: unknown) => {
      for (const listener of this.listeners) listener(value);
    };
    dispose = () => undefined;
  },
  window: {
    showWarningMessage: (message: string, ...rest: readonly unknown[]) => {
      const labels = rest.filter((each): each is string => typeof each === 'string');
      editor.shown.push({ message, labels });
      return Promise.resolve(labels.find((label) => label === editor.answer));
    },
  },
}));

let stored: Map<string, unknown>;
const host = 'http://10.0.0.5:4000';
const pools = [
  {
    name: 'gpt',
    simulated: false,
    deployments: ['far', 'other'].map((id) =>
      deploymentWith(id, { apiBase: `${host}/v1`, key: { kind: 'environment', name: 'SET' } }),
    ),
  },
];

function openWindow() {
  return createUnencryptedHosts({
    memory: {
      get: (key: string) => stored.get(key) as never,
      update: (key: string, value: unknown) => Promise.resolve(void stored.set(key, value)),
    },
    environment: { SET: 'from-environment' },
  });
}

beforeEach(() => {
  stored = new Map();
  editor.shown.length = 0;
  editor.answer = undefined;
});

test('that a key is held back is told once for each host, with the way to decide', () => {
  const hosts = openWindow();
  hosts.offer(pools);
  hosts.offer(pools);
  expect(editor.shown).toHaveLength(1);
  expect(editor.shown[0]?.message).toMatch(/^The key in SET would go to http:\/\/10\.0\.0\.5:4000 without/);
  expect(editor.shown[0]?.labels).toEqual(['Review']);
  expect(hosts.allowed(host)).toBe(false);
});

test('what the user allows is remembered for that host alone, told, and can be taken back', async () => {
  const hosts = openWindow();
  const changed: string[] = [];
  hosts.onDidChange((each) => changed.push(each));
  editor.answer = 'Send It';
  await hosts.review(host, 'SET');
  // The first one is what Enter chooses.
  expect(editor.shown[0]?.labels).toEqual(['Don’t Send It', 'Send It']);
  expect([hosts.allowed(host), hosts.allowed('http://10.0.0.5:4001')]).toEqual([true, false]);
  const later = openWindow();
  expect(later.allowed(host)).toBe(true);
  later.offer(pools);
  expect(editor.shown).toHaveLength(1);
  editor.answer = 'Keep It Back';
  await hosts.review(host, 'SET');
  expect(hosts.allowed(host)).toBe(false);
  expect(changed).toEqual([host, host]);
});

test.each(['Don’t Send It', undefined])('it stays held back where the user says %s', async (answer) => {
  editor.answer = answer;
  const hosts = openWindow();
  await hosts.review(host, 'SET');
  expect(hosts.allowed(host)).toBe(false);
});
