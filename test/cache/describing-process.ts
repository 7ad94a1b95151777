import { createCache } from '../../src/cache/create-cache';
import { createEmbedder } from '../../src/embedding/embedder';
import type { Encoder } from '../../src/embedding/encoder';

/**
 * A process of its own whose encoder never answers: it has the vectors that the cache holds, and no others. Arguments:
 * Redis's address, the folder of the models, the model, and the texts. It writes its vectors as JSON.
 */
const [redisUrl = '', modelsFolder = '', model = '', ...texts] = process.argv.slice(2);
const say = (line: string): void => console.error(line);
const log = { debug: say, info: say, warn: say, error: say };
const failed = { ok: false, reason: 'off', detail: 'there is none' } as const;
const encoder: Encoder = {
  embed: () => Promise.resolve(failed),
  fit: () => Promise.resolve(failed),
  warm: () => undefined,
  dispose: () => undefined,
};
const cache = createCache({ cache: { enabled: true, redisUrl }, log, nowMs: Date.now, answerMs: 5_000 });
// The usual 25 ms would be short for a connection on a busy machine.
await cache.get('connected');
const after = (ms: number, call: () => void): (() => void) => {
  const timer = setTimeout(call, ms * 100);
  return () => clearTimeout(timer);
};
const embedder = createEmbedder({ encoder, modelsFolder, model, cache, log, after });
await embedder.prepare();
const vectors = await Promise.all(texts.map((text) => embedder.embed(text)));
// Not closed: a connection keeps no process alive.
process.stdout.write(
  JSON.stringify({ space: embedder.space(), vectors: vectors.map((vector) => vector ?? null) }),
);
