/** A reply other than 2xx, as it came. */
export interface ErrorReply {
  readonly status: number;
  readonly body: string;
}

/** `fetch` for one call of an SDK, which keeps what the server said when it refused. */
export interface CallFetch {
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The last reply, where it was other than 2xx. */
  errorReply(): ErrorReply | undefined;
}

/** Longer than any vendor's error; an HTML page needs no more to be recognised. */
const longestBody = 20_000;

/**
 * The SDKs drop bodies in a form that they don't know (Gemini's arrays, FastAPI's `detail`), so they are read here.
 * Redirects are not followed: a key belongs to the host that it was entered for.
 */
export function createCallFetch(): CallFetch {
  let reply: ErrorReply | undefined;
  return {
    fetch: async (input, init) => {
      reply = undefined;
      const response = await globalThis.fetch(input, { ...init, redirect: 'manual' });
      if (response.ok || response.status < 300) return response;
      const body = (await response.text()).slice(0, longestBody);
      reply = { status: response.status, body };
      // 304 may have no body at all, not even an empty one.
      return new Response(body === '' ? null : body, { status: response.status, headers: response.headers });
    },
    errorReply: () => reply,
  };
}
