import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { FeatureExtractionPipeline } from '@huggingface/transformers';
import * as onnxruntime from 'onnxruntime-web';
import { anchors } from './anchors';
import { fitProjection } from './projection';
import type { FromWorker, ToWorker } from './worker-messages';
import { readToWorker } from './worker-messages';

/** Entry of the worker thread: one sentence encoder, one request at a time, from local files only. */

/** The cost grows faster than the length, and what a prompt is about shows in its first lines. */
const longestTokens = 128;

type Encode = (text: string) => Promise<Float32Array>;

let encode: Encode | undefined;

async function load(modelsFolder: string, model: string): Promise<Encode> {
  const { wasm } = onnxruntime.env;
  const beside = (name: string): string => pathToFileURL(path.join(__dirname, name)).href;
  wasm.wasmPaths = {
    mjs: beside('ort-wasm-simd-threaded.mjs'),
    wasm: beside('ort-wasm-simd-threaded.wasm'),
  };
  // More threads would be workers of their own, and take the cores that the editor needs.
  wasm.numThreads = 1;
  // How transformers.js is told which runtime to use: it looks when it is evaluated.
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: onnxruntime });
  const { env, LogLevel, pipeline } = await import(/* webpackMode: "eager" */ '@huggingface/transformers');
  env.logLevel = LogLevel.ERROR;
  env.allowRemoteModels = false;
  env.localModelPath = modelsFolder;
  env.useFSCache = false;
  env.useWasmCache = false;
  env.fetch = () => Promise.reject(new Error('The encoder reads local files only.'));
  const options = { device: 'auto', dtype: 'q8', local_files_only: true } as const;
  const extract: FeatureExtractionPipeline = await pipeline('feature-extraction', model, options);
  // The pipeline truncates at the tokenizer's own limit, and has no option for it.
  const longest = Math.min(longestTokens, Number(extract.tokenizer.model_max_length));
  Object.assign(extract.tokenizer._tokenizerConfig as object, { model_max_length: longest });
  return async (text) => {
    const { data } = await extract(text, { pooling: 'mean', normalize: true });
    return Float32Array.from(data as Float32Array);
  };
}

async function answer(message: ToWorker): Promise<FromWorker> {
  switch (message.type) {
    case 'load': {
      const startedMs = performance.now();
      encode = await load(message.modelsFolder, message.model);
      // The first run allocates the runtime's memory: it belongs to the loading.
      await encode('warm up');
      return { type: 'ready', loadMs: performance.now() - startedMs };
    }
    case 'embed':
      return { type: 'vector', id: message.id, vector: await loaded()(message.text) };
    case 'fit': {
      const vectors: Float32Array[] = [];
      for (const anchor of anchors) vectors.push(await loaded()(anchor));
      return { type: 'fitted', id: message.id, ...fitProjection(vectors, message.components) };
    }
  }
}

function loaded(): Encode {
  if (encode === undefined) throw new Error('The model is not loaded.');
  return encode;
}

let last: Promise<unknown> = Promise.resolve();

parentPort?.on('message', (value: unknown) => {
  const message = readToWorker(value);
  if (message === undefined) return;
  last = last.then(async () => {
    const id = message.type === 'load' ? undefined : message.id;
    try {
      parentPort?.postMessage(await answer(message));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      parentPort?.postMessage({ type: 'failed', id, detail } satisfies FromWorker);
    }
  });
});
