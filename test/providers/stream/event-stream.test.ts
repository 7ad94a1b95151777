import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WireEvent } from '../../../src/providers/stream/event-stream';
import { readEvents } from '../../../src/providers/stream/event-stream';

async function eventsIn(pieces: readonly (string | Uint8Array)[]): Promise<readonly WireEvent[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
  }
  const events: WireEvent[] = [];
  for await (const event of readEvents(bytes())) if (event.type !== 'alive') events.push(event);
  return events;
}

const json = (value: unknown, name = ''): WireEvent => ({ type: 'json', name, value });

describe.each([
  ['LF', '\n'],
  ['CR', '\r'],
  ['CRLF', '\r\n'],
])('lines that end with %s', (_name, end) => {
  const text = [
    'event: a',
    'data: {"n":1}',
    '',
    ': comment',
    '',
    'data:{"n":"é雪🙂"}',
    '',
    'data: [DONE]',
    '',
    '',
  ].join(end);
  const expected = [json({ n: 1 }, 'a'), json({ n: 'é雪🙂' }), { type: 'done' }];

  test('are read in whatever pieces their bytes come', async () => {
    expect(await eventsIn([text])).toEqual(expected);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (lengths) => {
        const bytes = Buffer.from(text);
        const pieces: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const length = lengths[turn % lengths.length] ?? 1;
          pieces.push(bytes.subarray(at, at + length));
          at += length;
        }
        expect(await eventsIn(pieces)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

test.each([
  ['a byte order mark', '\uFEFFdata: {"n":1}\n\n', [json({ n: 1 })]],
  ['no line break at the end', 'data: {"n":1}', [json({ n: 1 })]],
  [
    'no empty lines',
    'event: a\ndata: {"n":1}\nevent: b\ndata: {"n":2}\n',
    [json({ n: 1 }, 'a'), json({ n: 2 }, 'b')],
  ],
  ['JSON over several lines of one event', 'data: {\ndata: "n": 1}\n\n', [json({ n: 1 })]],
  ['events without JSON', 'data:\n\ndata: null\n\nevent: x\n\ndata: {"n":1}\n\n', [json({ n: 1 })]],
  ['a bare line of JSON', 'data: {"n":1}\n\n{"error":"no"}\n', [json({ n: 1 }), json({ error: 'no' })]],
  ['a JSON text in the place of a stream', '{\n  "n": {\n    "m": 1\n  }\n}', [json({ n: { m: 1 } })]],
  ['JSON lines', '{"n":1}\n{"n":2}\n', [json({ n: 1 }), json({ n: 2 })]],
  ['an array of one', 'data: [{"n":1}]\n\n', [json({ n: 1 })]],
  ['JSON as a text of JSON', 'data: "{\\"n\\":1}"\n\n', [json({ n: 1 })]],
  [
    'numbers that JSON doesn’t have',
    'data: {"n":NaN,"m":-Infinity,"t":"NaN"}\n\n',
    [json({ n: null, m: null, t: 'NaN' })],
  ],
  ['a field before the field', 'data: data: {"n":1}\n\n', [json({ n: 1 })]],
  ['an error in words', 'event: error\ndata: It broke.\n\n', [json('It broke.', 'error')]],
  ['fields in capitals', 'Data: {"n":1}\n\n', [json({ n: 1 })]],
  ['nothing', '', []],
])('%s', async (_what, text, expected) => {
  expect(await eventsIn([text])).toEqual(expected);
  expect(await eventsIn(Array.from(text).map((each) => Buffer.from(each)))).toEqual(expected);
});

test('what can’t be read is told at the end', async () => {
  const page = '<!doctype html>\n<html>\n\n<body>Sign in</body>\n</html>\n';
  expect(await eventsIn([page])).toEqual([
    { type: 'unreadable', text: expect.stringContaining('Sign in') as string },
  ]);
});

test('bytes that end no event say that the server lives', async () => {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (const piece of ['da', 'ta: {', '"n":1}\n', '\n']) yield await Promise.resolve(Buffer.from(piece));
  }
  const types: string[] = [];
  for await (const { type } of readEvents(bytes())) types.push(type);
  expect(types).toEqual(['alive', 'alive', 'alive', 'json']);
});

test('a line of 64 MiB without an end is given up', async () => {
  const piece = Buffer.alloc(8 * 1024 * 1024, 'x');
  await expect(eventsIn(['data: ', ...Array.from({ length: 9 }, () => piece)])).rejects.toThrow(
    'A line of the stream has no end.',
  );
});
