import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withLearntModelInfo } from '../../src/config/file/learnt-model-info';
import { loadConfiguration } from '../../src/config/load-configuration';
import type { Log } from '../../src/core/terms/ports';
import { answerLine, explanation } from '../../src/editor/answers/answer-view';
import { adviceFor } from '../../src/editor/shown/failure-text';
import { summaryView } from '../../src/editor/stats/stats-view';
import { createCache } from '../../src/cache/create-cache';
import { quietParts } from '../core/samples';
import { startAnthropicServer } from '../wire/anthropic-server';
import { startOpenAiServer } from '../wire/openai-server';
import { openRealWindow } from './real-window';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger';
import { quietLog } from '../core/samples';

/** Keys that are planted wherever Conduit takes any, and looked for wherever it writes or shows anything. */
const planted = {
  environment: 'sk-planted-in-the-environment-1f7a93',
  stored: 'planted.without.any.shape.of.a.key',
  literal: 'sk-ant-planted-in-the-file-77c0d2',
  redis: 'planted-redis-password-5510',
};

const file = (openai: string, anthropic: string): string => `
model_list:
  - model_name: p
    litellm_params: { model: openai/mini, api_base: '${openai}', api_key: os.environ/PLANTED }
    model_info: { id: mini }
  - model_name: p
    litellm_params: { model: anthropic/claude, api_base: '${anthropic}', api_key: ${planted.literal} }
    model_info: { id: claude }
cache: { redis_url: 'redis://user:${planted.redis}@127.0.0.1:1' }
`;

test('no planted key is in any log line, ledger, export, view or error', async () => {
  const [openai, anthropic] = await Promise.all([startOpenAiServer(), startAnthropicServer()]);
  const seen: string[] = [];
  const note = (line: string): void => void seen.push(line);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const text = file(openai.url, anthropic.url);
  const environment = { PLANTED: planted.environment };
  const loaded = loadConfiguration({
    file: { name: 'conduit.yaml', text },
    environment,
    storedHosts: new Set(),
  });
  seen.push(JSON.stringify([loaded.problems, loaded.values, loaded.workspaceRequest]));
  const cache = createCache({ cache: loaded.configuration.cache, log, nowMs: Date.now });
  await cache.set('key', 'value', 1_000);
  seen.push(JSON.stringify(cache.status()));

  const keys = {
    keyFor: ({ id }: { readonly id: string }) =>
      Promise.resolve(id === 'mini' ? planted.environment : planted.stored),
  };
  const window = await openRealWindow({ file: text, environment, keys, log });
  const echoes = [planted.environment, planted.stored].flatMap((key) => [
    key,
    `${key.slice(0, 14)}****${key.slice(-4)}`,
    `Bearer ${key}`,
    key.split('').join('\u200b'),
  ]);
  const kinds = new Set<string>();
  for (const [index, echo] of [...echoes, undefined, undefined].entries()) {
    for (const server of [openai, anthropic]) {
      server.forget();
      if (echo === undefined) continue;
      server.script({ kind: 'error', status: 401, body: { error: { message: `Wrong key: ${echo}.` } } });
    }
    const messages = [{ role: 'user', text: `Question ${String(index)}` } as const];
    const conversationId = `c${String(index)}`;
    const asked = { pool: 'p', messages, origin: 'chat', conversationId } as const;
    for await (const event of window.conduit.answer(asked, new AbortController().signal)) {
      kinds.add(event.type);
      // What the chat view is sent of it, and what the editor's own messages say.
      seen.push(JSON.stringify(event));
      if (event.type === 'decided') seen.push(JSON.stringify(explanation(event.decision)));
      if (event.type === 'failed') seen.push(JSON.stringify([event.failure, adviceFor(event.failure)]));
      if (event.type === 'finished') {
        const decision = await window.conduit.decision(event.attempt.decisionId);
        if (decision !== undefined) seen.push(JSON.stringify(answerLine(decision, event.attempt)));
      }
    }
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['failed', 'fell-back', 'finished']));
  const { conduit } = window;
  const { breakers } = quietParts;
  const { configuration } = loaded;
  const stats = conduit.stats();
  seen.push(
    JSON.stringify(
      summaryView({
        stats,
        configuration,
        breakers,
        spentToday: conduit.spentToday(),
      }),
    ),
  );
  const learnt = new Map([['mini', { inputUsdPerToken: 1e-6, outputUsdPerToken: 2e-6 }]]);
  // The user's own file holds what the user wrote into it: only what is added counts.
  seen.push(withLearntModelInfo(text, learnt).replace(planted.literal, '').replace(planted.redis, ''));
  for (const entry of readdirSync(window.folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) seen.push(readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
  }
  // A part of a row is deflated: it is looked through as it is read.
  const ledger = await sqliteLedger({ storage: window.folder, nowMs: Date.now, log: quietLog });
  seen.push(JSON.stringify(await ledger.readAfter(0)));
  await ledger.close();

  const bytes = seen.reduce((sum, { length }) => sum + length, 0);
  const found = Object.entries(planted).flatMap(([where, key]) =>
    seen.filter((line) => line.includes(key)).map((line) => `${where}: ${line.slice(0, 200)}`),
  );
  console.log(`${String(Object.keys(planted).length)} planted keys, ${String(bytes)} bytes looked through.`);
  expect(found).toEqual([]);
  expect(bytes).toBeGreaterThan(20_000);
  await cache.close();
  await window.close();
  await Promise.all([openai.close(), anthropic.close()]);
}, 60_000);
