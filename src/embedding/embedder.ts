import path from 'node:path';
import type { Cache, Embedder, Log } from '../core/terms/ports';
import type { Encoder } from './encoder';
import { headOf } from './encoder';
import { installedModel, modelFolder } from './installed-model';
import type { Projection } from './projection';
import { project } from './projection';
import { projectionFingerprint, readProjection, writeProjection } from './projection-file';
import type { VectorCache } from './vector-cache';
import { createVectorCache } from './vector-cache';

/** Numbers that describe a prompt: few enough that the policy learns from tens of answers. */
const components = 24;

/** The encoder begins where the cache has said nothing for so long: a slow one must not use up the deadline. */
const cacheWaitMs = 25;

/** Where there is no encoder. */
export const noEmbedder: Embedder = {
  space: () => undefined,
  dimensions: 0,
  embed: () => Promise.resolve(undefined),
};

export interface EmbedderOptions {
  readonly encoder: Encoder;
  readonly modelsFolder: string;
  readonly model: string;
  /** Holds the vectors of texts that were described before. */
  readonly cache: Cache;
  readonly log: Log;
  /** How long a prompt may wait for its vector. Default 150 ms. */
  readonly deadlineMs?: number;
  /** Calls back after so many ms, and returns how to stop it. */
  readonly after?: (ms: number, call: () => void) => () => void;
}

export interface PreparedEmbedder extends Embedder {
  /**
   * Reads the projection, or fits and stores it: then `space` has a name. Where the model can't be used, the log says
   * why. Never rejects.
   */
  prepare(): Promise<'ready' | 'not-installed' | 'unusable'>;
}

interface Ready {
  readonly space: string;
  readonly projection: Projection;
  readonly known: VectorCache;
}

export function createEmbedder(options: EmbedderOptions): PreparedEmbedder {
  const { encoder, modelsFolder, model, cache, log, deadlineMs = 150, after = afterTimer } = options;
  let ready: Ready | undefined;
  const underWay = new Map<string, Promise<readonly number[] | undefined>>();

  async function prepare(): ReturnType<PreparedEmbedder['prepare']> {
    const installed = await installedModel(modelsFolder, model);
    if (installed === undefined) return 'not-installed';
    const fingerprint = projectionFingerprint(installed.fingerprint, components);
    const file = path.join(modelFolder(modelsFolder, model), 'projection.json');
    const projection =
      (await readProjection(file, fingerprint, components)) ?? (await fit(file, fingerprint));
    if (projection === undefined) return 'unusable';
    const space = `${shortName(model)}${String(components)}-${fingerprint}`;
    ready = { space, projection, known: createVectorCache(cache, space, components) };
    return 'ready';
  }

  async function fit(file: string, fingerprint: string): Promise<Projection | undefined> {
    const fitted = await encoder.fit(components);
    if (!fitted.ok) {
      log.warn(`The sentence encoder can't be used: ${fitted.detail}.`);
      return undefined;
    }
    try {
      await writeProjection(file, fingerprint, fitted.projection);
    } catch (error) {
      // It serves this session, and is fitted again in the next.
      log.warn(`The projection was not stored: ${error instanceof Error ? error.message : String(error)}`);
    }
    return fitted.projection;
  }

  /** The result of `promise` where it comes within `ms`. */
  async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const stop = after(ms, () => resolve(undefined));
    const result = await Promise.race([promise, late]);
    stop();
    return result;
  }

  async function describe(
    text: string,
    { known, projection }: Ready,
  ): Promise<readonly number[] | undefined> {
    const before = await within(cacheWaitMs, known.get(text));
    if (before !== undefined) return before;
    const result = await encoder.embed(text);
    if (!result.ok || result.vector.length !== projection.mean.length) return undefined;
    // The same numbers, whether they come from the cache or not.
    const vector = project(projection, result.vector).map(Math.fround);
    void known.set(text, vector);
    return vector;
  }

  /** A vector that comes after the deadline is in the cache for the next time. */
  async function embed(text: string): Promise<readonly number[] | undefined> {
    if (ready === undefined) return undefined;
    const head = headOf(text);
    const described = underWay.get(head) ?? describe(head, ready).finally(() => underWay.delete(head));
    underWay.set(head, described);
    return within(deadlineMs, described);
  }

  return { prepare, embed, dimensions: components, space: () => ready?.space };
}

/** "minilm" for Xenova/all-MiniLM-L6-v2; else what letters and digits the name has. */
function shortName(model: string): string {
  const name = model.slice(model.indexOf('/') + 1).toLowerCase();
  if (name === 'all-minilm-l6-v2') return 'minilm';
  return name.replaceAll(/[^a-z\d]/g, '').slice(0, 24);
}

function afterTimer(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
