import { readdir, rm } from 'node:fs/promises';
import type { Embedder, Log } from '../core/ports';
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
  readonly log: Log;
}

/** The sentence encoder in use, and the models on this machine. */
export interface EncoderService {
  /** What describes prompts now. */
  current(): Embedder;
  /** Uses this model, or none. Never rejects; what went wrong is in the log. */
  use(model: string | undefined): Promise<'ready' | 'not-installed' | 'unusable' | 'none'>;
  /** A prompt may come soon: loads the encoder where one is installed. */
  warm(): void;
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
  const { workerPath, modelsFolder, log } = parts;
  const hub = hubAddress(parts.environment['HF_ENDPOINT']);
  let encoder: Encoder | undefined;
  let embedder: Embedder = noEmbedder;
  let using: string | undefined;

  function stop(): void {
    encoder?.dispose();
    encoder = undefined;
    embedder = noEmbedder;
    using = undefined;
  }

  async function use(model: string | undefined): ReturnType<EncoderService['use']> {
    if (model !== undefined && model === using && embedder.space() !== undefined) return 'ready';
    stop();
    if (model === undefined) return 'none';
    if ((await installedModel(modelsFolder, model)) === undefined) return 'not-installed';
    let loaded: LoadMeasurement | undefined;
    const onLoaded = (measured: LoadMeasurement): void => {
      loaded = measured;
      const space = embedder.space();
      if (space !== undefined) log.info(describe(space, measured));
    };
    const created = createEncoder({ workerPath, modelsFolder, model, log, onLoaded });
    const prepared = createEmbedder({ encoder: created, modelsFolder, model, log });
    using = model;
    encoder = created;
    const ready = await prepared.prepare();
    // Another model may have been chosen meanwhile.
    if (encoder !== created) return 'none';
    const space = prepared.space();
    if (!ready || space === undefined) {
      stop();
      return 'unusable';
    }
    embedder = prepared;
    log.info(
      loaded === undefined
        ? `Encoder installed: ${space}; the first prompt loads it.`
        : describe(space, loaded),
    );
    return 'ready';
  }

  async function installed(): Promise<readonly string[]> {
    const entries = async (folder: string): Promise<readonly string[]> =>
      readdir(folder).catch(() => [] as string[]);
    const models: string[] = [];
    for (const owner of await entries(modelsFolder)) {
      for (const name of await entries(`${modelsFolder}/${owner}`)) {
        const model = `${owner}/${name}`;
        if ((await installedModel(modelsFolder, model).catch(() => undefined)) !== undefined)
          models.push(model);
      }
    }
    return models;
  }

  return {
    current: () => embedder,
    use,
    installed,
    warm: () => encoder?.warm(),
    download: (model, options) =>
      downloadModel({ ...options, model, folder: modelsFolder, fetch: parts.fetch, baseUrl: hub }),
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
