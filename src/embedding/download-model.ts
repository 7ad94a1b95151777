import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { DownloadReason } from './download-failure';
import { DownloadFailure, failAs } from './download-failure';
import type { Fetch } from './hub-request';
import { requestFile } from './hub-request';
import type { InstalledFile, InstalledModel } from './installed-model';
import { installedModel, isThere, modelFolder, recordedFiles, recordFiles } from './installed-model';
import type { ModelFile } from './model-files';
import { defaultHub, modelSource } from './model-files';
import { draftName, makePrivateFolder, privateFile } from '../files/private-files';

export interface DownloadOptions {
  /** "owner/name" on the hub. */
  readonly model: string;
  /** The folder of all models. */
  readonly folder: string;
  /** The extension host's: it knows the editor's proxy and certificates. */
  readonly fetch: Fetch;
  readonly baseUrl?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends the download when not a byte came for so long: a firewall may swallow packets. Default 30 s. */
  readonly idleTimeoutMs?: number;
}

export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Undefined until the hub has said how large the weights are. */
  readonly totalBytes: number | undefined;
}

export type DownloadResult =
  | { readonly ok: true; readonly installed: InstalledModel }
  | { readonly ok: false; readonly reason: DownloadReason; readonly detail: string };

/** Far above any encoder that answers within a prompt's time. */
const largestFileBytes = 1_000_000_000;

interface Fetched {
  readonly file: InstalledFile;
  readonly temporary: string;
}

/**
 * Fetches the files of a model that aren't there yet, and checks each. They get their names only when all of them
 * are complete; a failure or a cancellation leaves nothing behind. Rejects only for a model whose name is none.
 */
export async function downloadModel(options: DownloadOptions): Promise<DownloadResult> {
  const { model, folder, signal } = options;
  const target = modelFolder(folder, model);
  const temporaries: string[] = [];
  const idle = createIdleTimer(options.idleTimeoutMs ?? 30_000);
  try {
    const files = await download({ ...options, target, temporaries, idle });
    await failAs('disk', recordFiles(folder, model, files));
    const installed = await installedModel(folder, model);
    if (installed === undefined)
      throw new DownloadFailure('disk', 'the files are not where they were written');
    return { ok: true, installed };
  } catch (error) {
    await discard(temporaries, target);
    if (signal?.aborted === true) return { ok: false, reason: 'cancelled', detail: 'cancelled' };
    if (idle.signal.aborted) return { ok: false, reason: 'timeout', detail: 'nothing more came' };
    if (error instanceof DownloadFailure) return { ok: false, reason: error.reason, detail: error.message };
    throw error;
  } finally {
    idle.stop();
  }
}

interface Running extends DownloadOptions {
  readonly target: string;
  /** Every file that is being written, to be discarded. */
  readonly temporaries: string[];
  readonly idle: IdleTimer;
}

async function download(running: Running): Promise<readonly InstalledFile[]> {
  const { model, folder, target, onProgress } = running;
  const source = modelSource(model);
  const recorded = await recordedFiles(folder, model);
  const files: InstalledFile[] = [];
  const fetched: Fetched[] = [];
  let before = 0;
  for (const [index, wanted] of source.files.entries()) {
    const old = recorded.find((file) => file.path === wanted.path);
    const good = old !== undefined && (wanted.sha256 ?? old.sha256) === old.sha256;
    if (good && (await isThere(target, old))) {
      files.push(old);
      continue;
    }
    const rest = totalOf(source.files.slice(index + 1));
    const report = (receivedBytes: number, bytes: number | undefined): void =>
      onProgress?.({
        receivedBytes: before + receivedBytes,
        totalBytes: bytes === undefined || rest === undefined ? undefined : before + bytes + rest,
      });
    const next = await fetchFile(running, source.revision, wanted, good ? old : undefined, report);
    before += next.file.bytes;
    files.push(next.file);
    fetched.push(next);
  }
  for (const { file, temporary } of fetched) {
    await failAs('disk', rename(temporary, path.join(target, file.path)));
  }
  return files;
}

/** Known only where every file's size is. */
function totalOf(files: readonly ModelFile[]): number | undefined {
  return files.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
}

/** Writes one file beside its place. `before` is what an earlier download recorded of it. */
async function fetchFile(
  { model, target, temporaries, fetch, idle, baseUrl = defaultHub, ...options }: Running,
  revision: string,
  wanted: ModelFile,
  before: InstalledFile | undefined,
  report: (receivedBytes: number, totalBytes: number | undefined) => void,
): Promise<Fetched> {
  const signal = AbortSignal.any([idle.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const url = `${baseUrl.replace(/\/+$/, '')}/${model}/resolve/${revision}/${wanted.path}`;
  idle.touch();
  const reply = await failAs('offline', requestFile(fetch, url, signal));
  const reader = reply.body.getReader();
  const bytes = wanted.bytes ?? reply.bytes;
  const temporary = draftName(path.join(target, wanted.path), '.partial');
  temporaries.push(temporary);
  const hash = createHash('sha256');
  let handle: FileHandle | undefined;
  let received = 0;
  try {
    await failAs('disk', makePrivateFolder(path.dirname(temporary)));
    handle = await failAs('disk', open(temporary, 'wx', privateFile));
    for (;;) {
      const { done, value } = await failAs('offline', reader.read());
      idle.touch();
      if (done) break;
      received += value.length;
      if (received > (bytes ?? largestFileBytes))
        throw new DownloadFailure('checksum', `${wanted.path} is larger than announced`);
      hash.update(value);
      await failAs('disk', handle.writeFile(value));
      report(received, bytes);
    }
    await failAs('disk', handle.sync());
  } finally {
    // What isn't read to its end would keep its connection.
    reader.cancel().catch(() => undefined);
    await handle?.close();
  }
  const sha256 = hash.digest('hex');
  const expected = wanted.sha256 ?? reply.sha256 ?? before?.sha256;
  if ((bytes !== undefined && received !== bytes) || (expected !== undefined && sha256 !== expected)) {
    throw new DownloadFailure('checksum', `${wanted.path} is not the file that was announced`);
  }
  const trust = wanted.sha256 !== undefined ? 'pinned' : reply.sha256 !== undefined ? 'hub' : 'first-use';
  return { file: { path: wanted.path, sha256, bytes: received, trust }, temporary };
}

/** Removes what isn't complete, and the folders that are empty without it. */
async function discard(temporaries: readonly string[], target: string): Promise<void> {
  for (const temporary of temporaries) await rm(temporary, { force: true }).catch(() => undefined);
  for (const folder of [path.join(target, 'onnx'), target, path.dirname(target)]) {
    await rmdir(folder).catch(() => undefined);
  }
}

interface IdleTimer {
  /** Aborted when `touch` was not called for too long. */
  readonly signal: AbortSignal;
  touch(): void;
  stop(): void;
}

function createIdleTimer(timeoutMs: number): IdleTimer {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    signal: controller.signal,
    touch: () => {
      stop();
      timer = setTimeout(() => controller.abort(), timeoutMs);
    },
    stop,
  };
}
