/** A reply other than 2xx, as it came. */
export interface ErrorReply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Headers;
}

/** `fetch` for one call of an SDK, which keeps what the server said when it refused. */
export interface CallFetch {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The last reply, where it was other than 2xx. */
  errorReply(): ErrorReply | undefined;
  /** A header of the last reply, whatever its status. */
  header(name: string): string | undefined;
}

export interface CallFetchOptions {
  /** The deployment's key, '' where it needs none. */
  readonly key: string;
  /** The header that carries it: `authorization` as a bearer token, Azure's `api-key` as it is. */
  readonly keyHeader: 'authorization' | 'api-key';
  /** The SDK's variable of custom headers, one "Name: value" a line; undefined where it isn't set. */
  readonly foreignHeaders: string | undefined;
}

/** Longer than any vendor's error; an HTML page needs no more to be recognised. */
export const longestBody = 20_000;

/**
 * The SDKs drop bodies in a form that they don't know (Gemini's arrays, FastAPI's `detail`), so they are read here.
 * Redirects are not followed: a key belongs to the host that it was entered for. For the same reason headers that
 * the SDK took from the environment are taken out again: they would reach every host, and could replace the key.
 * The global `fetch` is looked up at each call: the editor replaces it to honour its proxy and its certificates.
 */
export function createCallFetch({ key, keyHeader, foreignHeaders }: CallFetchOptions): CallFetch {
  let reply: ErrorReply | undefined;
  let lastHeaders: Headers | undefined;
  return {
    fetch: async (input, init) => {
      reply = undefined;
      lastHeaders = undefined;
      const headers = new Headers(init?.headers);
      for (const [name, value] of headersIn(foreignHeaders)) {
        if (headers.get(name) === value) headers.delete(name);
      }
      if (keyHeader === 'api-key') headers.delete('authorization');
      if (key !== '') headers.set(keyHeader, keyHeader === 'api-key' ? key : `Bearer ${key}`);
      const response = await globalThis.fetch(input, { ...init, headers, redirect: 'manual' });
      lastHeaders = response.headers;
      const kept = { status: response.status, headers: response.headers };
      if (response.ok || response.status < 300) {
        return new Response(response.body, kept);
      }
      const body = await beginningOf(response);
      reply = { ...kept, body };
      // 304 may have no body at all, not even an empty one.
      return new Response(body === '' ? null : body, kept);
    },
    errorReply: () => reply,
    header: (name) => lastHeaders?.get(name) ?? undefined,
  };
}

/** As much of a reply's text as an error needs: some servers never come to an end. Rejects where it breaks off. */
export async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length >= longestBody) break;
  }
  return text.slice(0, longestBody);
}

function headersIn(text: string | undefined): readonly (readonly [name: string, value: string])[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
  });
}
