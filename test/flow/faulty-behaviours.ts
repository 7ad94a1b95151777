import { readFileSync } from 'node:fs';
import type { Random } from '../../src/core/terms/ports';
import { pick } from '../core/seeded-random';
import type { Behaviour } from '../wire/behaviour';
import type { WireRequest } from '../wire/wire-server';
import { modelOf } from '../wire/wire-server';

/**
 * Everything that a server does to a request, well or badly, at random. Every text that it sends is made of markers,
 * "‹model#17›", that name the model and the number of the request.
 */

export type VendorName = 'openai' | 'anthropic';

export interface FaultyBehaviours {
  choose(request: WireRequest): Behaviour;
  /** How often each kind was chosen. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Share of requests that are answered as they should be. */
const healthyShare = 0.5;

export function createFaultyBehaviours(vendor: VendorName, random: Random): FaultyBehaviours {
  const counts = new Map<string, number>();
  const errors = errorsOf(vendor);
  let requests = 0;
  return {
    counts,
    choose: (request) => {
      requests += 1;
      const marker = `‹${modelOf(request)}#${String(requests)}›`;
      const kinds = random() < healthyShare ? healthy(marker, random) : faults(vendor, marker, errors);
      const [kind, behaviour] = pick(Object.entries(kinds), random);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      return behaviour;
    },
  };
}

/** The models and numbers that a text's markers name: more than one means that answers were mixed. */
export function markersIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(/‹([^›]*)›/g), ([, marker = '']) => marker));
}

/** Everything that a server does badly, by name. */
export function faultsOf(vendor: VendorName, marker: string): Behaviours {
  return faults(vendor, marker, errorsOf(vendor));
}

type Behaviours = Readonly<Record<string, Behaviour>>;

function healthy(marker: string, random: Random): Behaviours {
  const chunks = Array.from({ length: 1 + Math.floor(6 * random()) }, () => marker);
  return {
    answer: { kind: 'answer', chunks },
    'answer after white space': { kind: 'answer', chunks: ['', ' ', '\n', ...chunks] },
    'answer without usage': { kind: 'answer', chunks, usage: false },
    'answer cut at its token limit': { kind: 'answer', chunks, finish: 'length' },
    'slow drip': { kind: 'answer', chunks: [...chunks, ...chunks], delayMs: 5 + 25 * random() },
    'huge line': { kind: 'answer', chunks: [`${marker}${'x'.repeat(100_000)}${marker}`] },
  };
}

function faults(vendor: VendorName, marker: string, errors: Behaviours): Behaviours {
  const raw = (body: string, then: 'end' | 'hang' | 'cut' = 'end'): Behaviour => ({
    kind: 'raw',
    body,
    then,
  });
  const text = textEvent(vendor, marker);
  const { name, error } = errorEvent(vendor);
  return {
    ...errors,
    hang: { kind: 'hang' },
    'stall before the first token': { kind: 'answer', chunks: [], then: 'hang' },
    'stall after it': { kind: 'answer', chunks: [marker], then: 'hang' },
    'cut before the first token': { kind: 'answer', chunks: [''], then: 'cut' },
    'cut after it': { kind: 'answer', chunks: [marker, marker], then: 'cut' },
    'empty answer': { kind: 'answer', chunks: [] },
    'nothing but the token limit': { kind: 'answer', chunks: [], finish: 'length' },
    refusal: { kind: 'answer', chunks: [], finish: 'refused' },
    'refusal in the middle': { kind: 'answer', chunks: [marker], finish: 'refused' },
    garbage: raw('data: {"choices":[{"delta":{"conten\n\ndata: ]]]\n\n'),
    'garbage after text': raw(`${text}event: \ndata: }{\n\n`),
    'end without an end': raw(text),
    'no bytes at all': raw(''),
    'a web page': { kind: 'raw', body: '<html><title>Sign in</title></html>', contentType: 'text/html' },
    'a line without an end': raw(`data: {"x":"${'y'.repeat(200_000)}`, 'hang'),
    'error in the stream': raw(`${name}${error}`),
    'error in the stream after text': raw(`${text}${name}${error}`),
    '429 with a short Retry-After': tooMany({ 'retry-after-ms': '40' }),
    '429 with a Retry-After of 1 s': tooMany({ 'retry-after': '1' }),
    '429 with a long Retry-After': tooMany({ 'retry-after': '3600' }),
    '502 with a page of HTML': { kind: 'error', status: 502, body: '<html><h1>Bad Gateway</h1></html>' },
    '503 without a body': { kind: 'error', status: 503, body: '' },
  };
}

function tooMany(headers: Readonly<Record<string, string>>): Behaviour {
  return { kind: 'error', status: 429, body: { error: { message: 'Slow down.' } }, headers };
}

function textEvent(vendor: VendorName, text: string): string {
  const data =
    vendor === 'openai'
      ? { choices: [{ index: 0, delta: { content: text } }] }
      : { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } };
  const name = vendor === 'openai' ? '' : 'event: content_block_delta\n';
  return `${name}data: ${JSON.stringify(data)}\n\n`;
}

function errorEvent(vendor: VendorName): { readonly name: string; readonly error: string } {
  const error = { type: vendor === 'openai' ? 'server_error' : 'overloaded_error', message: 'Overloaded' };
  const data = vendor === 'openai' ? { error } : { type: 'error', error };
  return {
    name: vendor === 'openai' ? '' : 'event: error\n',
    error: `data: ${JSON.stringify(data)}\n\n`,
  };
}

/** What a client asks again otherwise, within one attempt: the server's log would hold it twice. */
const askedOtherwise = /max_tokens|max_completion_tokens|stream_options/;

/** The documented body of each kind of error. */
function errorsOf(vendor: VendorName): Behaviours {
  const file = new URL(`../fixtures/${vendor}/errors.json`, import.meta.url);
  const documented = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    { readonly status: number; readonly body: unknown }
  >;
  const asIs = Object.entries(documented).filter(
    ([, { body }]) => !askedOtherwise.test(JSON.stringify(body)),
  );
  return Object.fromEntries(asIs.map(([name, error]) => [`error: ${name}`, { kind: 'error', ...error }]));
}
