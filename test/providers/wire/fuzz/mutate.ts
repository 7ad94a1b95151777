import type { Random } from '../../../../src/core/terms/ports';
import { pick } from '../../../core/seeded-random';

type Json = Record<string, unknown>;

/** A stream that was changed, in the pieces in which it comes. */
export interface Mutated {
  readonly pieces: readonly Uint8Array[];
  /** True where it ends before its end. */
  readonly cut: boolean;
  /** What was done to it, for a failing test. */
  readonly done: readonly string[];
}

/** Changes a stream as servers and proxies do, in a way that leaves what it says. */
export function mutate(text: string, random: Random): Mutated {
  const done: string[] = [];
  const chance = (share: number, what: string): boolean => {
    const does = random() < share;
    if (does) done.push(what);
    return does;
  };
  let events = text.split(/\r?\n\r?\n/).filter((event) => event.trim() !== '');
  const drop = chance(0.3, 'optional fields dropped');
  const retype = chance(0.4, 'fields retyped');
  const add = chance(0.3, 'fields added');
  events = events.map((event) =>
    changedData(event, (value) => changed(value, { drop, retype, add }, random)),
  );
  if (chance(0.2, 'no event names')) events = events.map((event) => event.replace(/^event:.*\n/gm, ''));
  if (chance(0.2, 'no blank after the colon'))
    events = events.map((event) => event.replace(/^(data|event): /gm, '$1:'));
  if (chance(0.4, 'keep-alives'))
    events = events.flatMap((event) => (random() < 0.4 ? [pick(keepAlives, random), event] : [event]));
  const separator = chance(0.1, 'one line feed between events') ? '\n' : '\n\n';
  let whole = events.join(separator) + (chance(0.1, 'no end of the last line') ? '' : separator);
  if (chance(0.3, 'other ends of lines')) whole = whole.replaceAll('\n', pick(['\r\n', '\r'], random));
  if (chance(0.1, 'a byte order mark')) whole = `\uFEFF${whole}`;
  let bytes: Uint8Array = Buffer.from(whole);
  const cut = chance(0.3, 'cut');
  if (cut) bytes = bytes.subarray(0, Math.floor(random() * bytes.length));
  return { pieces: split(bytes, random), cut, done };
}

const keepAlives = [
  ': OPENROUTER PROCESSING',
  ':',
  'data:',
  'data: ',
  'data: ping',
  'event: keepalive',
  'event: ping\ndata: {"type":"ping"}',
  'event: vendor.heartbeat\ndata: {"type":"vendor.heartbeat","n":1}',
  'data: {"choices":[]}',
  'data: {}',
  'data: null',
  'id: 7\nretry: 1000',
];

function split(bytes: Uint8Array, random: Random): readonly Uint8Array[] {
  const usual = 1 + Math.floor(random() ** 2 * 200);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = 1 + Math.floor(random() * usual * 2);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function changedData(event: string, change: (value: Json) => Json): string {
  return event.replace(/^data: ?(\{.*\})$/gm, (line, text: string) => {
    try {
      return `data: ${JSON.stringify(change(JSON.parse(text) as Json))}`;
    } catch {
      return line;
    }
  });
}

/** Fields that no reader needs. */
const optional = [
  'id',
  'object',
  'created',
  'system_fingerprint',
  'service_tier',
  'logprobs',
  'sequence_number',
  'x_groq_id',
  'obfuscation',
  'role',
  'native_finish_reason',
  'provider',
  'created_at',
  'annotations',
];

interface Ways {
  readonly drop: boolean;
  readonly retype: boolean;
  readonly add: boolean;
}

function changed(value: Json, ways: Ways, random: Random): Json {
  let event = structuredClone(value);
  if (ways.drop)
    walk(event, (object) =>
      optional.forEach((name) => random() < 0.5 && name !== 'id' && Reflect.deleteProperty(object, name)),
    );
  if (ways.drop && random() < 0.5) delete event['id'];
  if (ways.retype) retypeIn(event, random);
  if (ways.add) event = { ...event, x_unknown: { nested: [1, null, 'text'] }, created: 'soon' };
  return event;
}

function walk(value: unknown, visit: (object: Json) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit);
  else if (typeof value === 'object' && value !== null) {
    const object = value as Json;
    visit(object);
    for (const [name, each] of Object.entries(object))
      if (name !== 'input' && name !== 'arguments') walk(each, visit);
  }
}

/** Near types: numbers as text, one for a list, a list of parts for a text. */
function retypeIn(event: Json, random: Random): void {
  walk(event, (object) => {
    for (const [name, value] of Object.entries(object)) {
      if (random() < 0.5) continue;
      if (
        typeof value === 'number' &&
        (name === 'index' || name === 'output_index' || name === 'content_index' || name.endsWith('_tokens'))
      )
        object[name] = String(value);
      else if (name === 'choices' && Array.isArray(value) && value.length === 1) object[name] = value[0];
      else if (name === 'tool_calls' && Array.isArray(value) && value.length === 1) object[name] = value[0];
      else if (name === 'content' && typeof value === 'string' && value !== '')
        object[name] = [{ type: 'text', text: value }];
      else if (name === 'arguments' && typeof value === 'string' && isWhole(value))
        object[name] = JSON.parse(value);
      else if (value === null && random() < 0.5) Reflect.deleteProperty(object, name);
    }
  });
}

function isWhole(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
