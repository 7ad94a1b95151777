import { afterEach, expect, test, vi } from 'vitest';
import { checkKey } from '../../src/providers/check-key';
import { createCallFetch } from '../../src/providers/failures/error-reply';

afterEach(() => vi.unstubAllGlobals());

/** A refusal whose body goes on for ever, until it is read no more. */
function refuseWithoutEnd(): { cancelled: boolean } {
  const state = { cancelled: false };
  vi.stubGlobal('fetch', () => {
    const body = new ReadableStream({
      pull: (controller) => {
        if (controller.desiredSize !== null) controller.enqueue(new TextEncoder().encode('é'.repeat(1_000)));
        return new Promise((resolve) => setTimeout(resolve));
      },
      cancel: () => {
        state.cancelled = true;
      },
    });
    return Promise.resolve(new Response(body, { status: 401 }));
  });
  return state;
}

test('a refusal without an end is read no further than an error goes', async () => {
  const state = refuseWithoutEnd();
  const http = createCallFetch({ key: '', keyHeader: 'authorization', foreignHeaders: undefined });
  await http.fetch('https://api.example/v1');
  expect(http.errorReply()).toMatchObject({ status: 401, body: 'é'.repeat(20_000) });
  expect(state.cancelled).toBe(true);
});

test('neither is one of a key', async () => {
  const state = refuseWithoutEnd();
  const target = { provider: 'openai', apiBase: 'https://api.example/v1', apiVersion: undefined } as const;
  expect(await checkKey(target, 'sk-test', new AbortController().signal)).toMatchObject({ kind: 'refused' });
  expect(state.cancelled).toBe(true);
});
