import { readdir, rm } from 'node:fs/promises';
import type { Cache, Embedder, Log } from '../core/terms/ports';
import type { DownloadOptions, DownloadResult } from './download-model';
import { downloadModel } from './download-model';
import { createEmbedder, noEmbedder } from './embedder';
import type { Encoder, LoadMeasurement } from './encoder';
import { createEncoder } from './encoder';
import type { Fetch } from './hub-request';
import { installedModel } from './installed-model';
import { hubAddress, modelSource } from './model-files';

export interface EncoderServiceParts {
  readonly workerPath: string;
  /** The folder of all models. */
  readonly modelsFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: Fetch;
  /** Holds the vectors of texts that were described before. */
  readonly cache: Cache;
  readonly log: Log;
}

type Outcome = 'ready' | 'not-installed' | 'unusable' | 'none';

/** A choice of model. Once another was made, `signal` is aborted. */
interface Choice {
  readonly model: string;
  readonly outcome: Promise<Outcome>;
  readonly controller: AbortController;
}

/** The sentence encoder in use, and the models on this machine. */
export interface EncoderService {
  /** What describes prompts now. */
  current(): Embedder;
  /** Uses this model, or none; `none` too where another choice came meanwhile. Never rejects; the log says why. */
  use(model: string | undefined): Promise<Outcome>;
  /** A prompt may come soon: loads the encoder where one is installed. */
  warm(): void;
  /** What is in use is begun anew by the next `use`: its files may be others, or it may have failed too often. */
  download(model: string, options: Pick<DownloadOptions, 'signal' | 'onProgress'>): Promise<DownloadResult>;
  /** Where a model comes from, and how large it is, where that is known. */
  source(model: string): { readonly host: string; readonly bytes: number | undefined };
  /** "owner/name" of all that are complete. */
  installed(): Promise<readonly string[]>;
  /** Ends the encoder and deletes every model. Rejects where the file system refuses. */
  removeAll(): Promise<void>;
  dispose(): void;
}

export function createEncoderService(parts: EncoderServiceParts): EncoderService {
  const { workerPath, modelsFolder, cache, log } = parts;
  const hub = hubAddress(parts.environment['HF_ENDPOINT']);
  let encoder: Encoder | undefined;
  let embedder: Embedder = noEmbedder;
  let chosen: Choice | undefined;

  function stop(): void {
    chosen?.controller.abort();
    chosen = undefined;
    encoder?.dispose();
    encoder = undefined;
    embedder = noEmbedder;
  }

  async function use(model: string | undefined): Promise<Outcome> {
    if (model !== undefined && model === chosen?.model) return chosen.outcome;
    stop();
    if (model === undefined) return 'none';
    const controller = new AbortController();
    const outcome = begin(model, controller.signal);
    chosen = { model, outcome, controller };
    return outcome;
  }

  async function begin(model: string, signal: AbortSignal): Promise<Outcome> {
    let loaded: LoadMeasurement | undefined;
    const onLoaded = (measured: LoadMeasurement): void => {
      loaded = measured;
      const space = embedder.space();
      if (space !== undefined) log.info(describe(space, measured));
    };
    encoder = createEncoder({ workerPath, modelsFolder, model, log, onLoaded });
    const prepared = createEmbedder({ encoder, modelsFolder, model, cache, log });
    const outcome = await prepared.prepare();
    if (signal.aborted) return 'none';
    if (outcome !== 'ready') {
      stop();
      return outcome;
    }
    embedder = prepared;
    const space = String(prepared.space());
    log.info(
      loaded === undefined
        ? `Encoder installed: ${space}; the first prompt loads it.`
        : describe(space, loaded),
    );
    return outcome;
  }

  async function installed(): Promise<readonly string[]> {
    const entries = async (folder: string): Promise<readonly string[]> =>
      readdir(folder).catch(() => [] as string[]);
    const models: string[] = [];
    for (const owner of await entries(modelsFolder)) {
      for (const name of await entries(`${modelsFolder}/${owner}`)) {
        const model = `${owner}/${name}`;
        if ((await installedModel(modelsFolder, model)) !== undefined) models.push(model);
      }
    }
    return models;
  }

  return {
    current: () => embedder,
    use,
    installed,
    warm: () => {
      if (embedder !== noEmbedder) encoder?.warm();
    },
    download: async (model, options) => {
      const where = { folder: modelsFolder, fetch: parts.fetch, baseUrl: hub };
      const result = await downloadModel({ ...options, ...where, model });
      if (result.ok && model === chosen?.model) stop();
      return result;
    },
    source: (model) => {
      const sizes = modelSource(model).files.map(({ bytes }) => bytes ?? 0);
      const known = modelSource(model).files.at(-1)?.bytes !== undefined;
      return {
        host: new URL(hub).host,
        bytes: known ? sizes.reduce((sum, bytes) => sum + bytes, 0) : undefined,
      };
    },
    removeAll: async () => {
      stop();
      await rm(modelsFolder, { recursive: true, force: true, maxRetries: 3 });
    },
    dispose: stop,
  };
}

function describe(space: string, { loadMs, longestBlockMs }: LoadMeasurement): string {
  return (
    `Encoder ready: ${space}, loaded in ${loadMs.toFixed(0)} ms; ` +
    `longest block of the event loop ${longestBlockMs.toFixed(0)} ms.`
  );
}
