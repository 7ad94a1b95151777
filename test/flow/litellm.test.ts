import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import type { WireServer } from '../wire/wire-server';
import { openRealWindow, quiet } from './real-window';

/** The configuration of a LiteLLM proxy, as it is, from the file to the wire. */

const file = readFileSync(new URL('../fixtures/config/litellm.yaml', import.meta.url), 'utf8');
const hosts: string[] = [];
let openai: WireServer;
let anthropic: WireServer;

beforeAll(async () => {
  [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (input: string | URL | Request, init?: RequestInit) => {
    const { host, pathname } = new URL(input instanceof Request ? input.url : String(input));
    hosts.push(host);
    // Every vendor's address leads to the servers of this test; what each speaks is the adapters' own.
    const local = pathname.endsWith('/messages')
      ? `${anthropic.url}/v1/messages`
      : `${openai.url}/chat/completions`;
    return fetch(local, init);
  });
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await Promise.all([openai.close(), anthropic.close()]);
});

test('loads with warnings alone, and a request to each of its pools is answered by a model of that pool', async () => {
  const keys = { keyFor: () => Promise.resolve('sk-test-0123456789') };
  const window = await openRealWindow({ file, environment: {}, keys, log: quiet });
  expect(window.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(window.problems.length).toBeGreaterThan(10);
  const chatPools = window.pools.filter((pool) => pool !== 'codex');
  const answers = new Map<string, Set<string>>();
  for (const pool of chatPools) {
    // The router's choice, then each model by name: nothing is tried only because it never was.
    for (const only of [undefined, ...(window.models.get(pool) ?? [])]) {
      const text = `Question for ${only ?? 'any'} of ${pool}`;
      const conversationId = `${pool}-${only ?? ''}`;
      const messages = [{ role: 'user', text } as const];
      const asked = { pool, messages, origin: 'chat', conversationId, only } as const;
      let answer = '';
      for await (const event of window.conduit.answer(asked, new AbortController().signal)) {
        if (event.type === 'text') answer += event.text;
        if (event.type !== 'finished') continue;
        const models = answers.get(pool) ?? new Set();
        answers.set(pool, models.add(event.attempt.deploymentId));
      }
      expect(answer).toContain(text);
    }
  }
  console.log(
    [...answers].map(([pool, models]) => `${pool}: ${[...models].sort().join(', ')}`).join('\n'),
    `\n${String(window.problems.length)} warnings; hosts asked: ${[...new Set(hosts)].sort().join(', ')}`,
  );
  expect([...answers.keys()]).toEqual(chatPools);
  expect(answers.get('fast')?.size).toBe(3);
  expect(answers.get('quality')?.size).toBe(2);
  expect(answers.get('local')?.size).toBe(2);
  await window.close();
}, 60_000);
