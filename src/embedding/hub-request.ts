import { DownloadFailure } from './download-failure';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A file's reply, about to be read, and what the hub says about the file. */
export interface HubReply {
  readonly body: ReadableStream<Uint8Array>;
  /** Lower-case hexadecimal; the hub states it for large files only. */
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
}

const mostRedirects = 5;

/**
 * Requests a file. The hub answers for a large file with a redirect that states its checksum, so redirects are
 * followed here, never from https to http. Throws a DownloadFailure for a refusal; rejects with what `fetch` does
 * where there is no answer.
 */
export async function requestFile(fetch: Fetch, url: string, signal: AbortSignal): Promise<HubReply> {
  let at = url;
  let sha256: string | undefined;
  let bytes: number | undefined;
  let redirect: RequestRedirect = 'manual';
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const response = await fetch(at, { redirect, signal, headers: { 'accept-encoding': 'identity' } });
    sha256 ??= statedChecksum(response.headers);
    bytes ??= countOf(response.headers.get('x-linked-size'));
    if (response.type === 'opaqueredirect') {
      // Some networks of the editor's hide a redirect: then it follows by itself, and no checksum is stated.
      redirect = 'follow';
      continue;
    }
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      const next = new URL(location, at);
      if (next.protocol !== 'https:' && next.protocol !== new URL(url).protocol) {
        throw new DownloadFailure('refused', `${new URL(at).host} redirects to an unencrypted address`);
      }
      at = next.href;
      continue;
    }
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw refusal(response.status, new URL(at).host);
    }
    const encoded = response.headers.get('content-encoding') ?? 'identity';
    if (encoded === 'identity') bytes ??= countOf(response.headers.get('content-length'));
    return { body: response.body, sha256, bytes };
  }
  throw new DownloadFailure('refused', `${new URL(url).host} redirects without end`);
}

function refusal(status: number, host: string): DownloadFailure {
  // The hub answers 401, not 404, for a repository that doesn't exist or is private.
  const reason = status === 404 || status === 401 ? 'not-found' : 'refused';
  return new DownloadFailure(reason, `${host} answered with status ${String(status)}`);
}

function statedChecksum(headers: Headers): string | undefined {
  const tag = headers.get('x-linked-etag') ?? '';
  return /^(?:W\/)?"?([\da-f]{64})"?$/i.exec(tag)?.[1]?.toLowerCase();
}

function countOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
