import * as l10n from '@vscode/l10n';
import { looseJson } from './loose-json';

/** What a server's stream says, event by event. */
export type WireEvent =
  /** An object, in an event of that name; '' where it has none. */
  | { readonly type: 'json'; readonly name: string; readonly value: unknown }
  /** The word that ends a stream of OpenAI's protocols. */
  | { readonly type: 'done' }
  /** Bytes that end no event: the server lives. `leftOut`: the beginning of an event without JSON. */
  | { readonly type: 'alive'; readonly leftOut?: string }
  /** At the end: the beginning of what could not be read. */
  | { readonly type: 'unreadable'; readonly text: string };

/** Longer than any answer's event; a server that sends more without a line break isn't streaming. */
const longestLine = 64 * 1024 * 1024;
/** As much of what can't be read as a message needs. */
const longestUnreadable = 20_000;
/** As much of it as a log needs. */
const longestLeftOut = 200;
const field = /^\s*(data|event|id|retry)(?::|$)/i;

/**
 * Reads server-sent events as they are really sent: with lines that end in any way and events without an empty line
 * between them; bare lines of JSON in the place of events, and a whole JSON text in the place of a stream. What holds no
 * JSON is left out. Errors where a line is longer than 64 MiB, and as the bytes do.
 */
export async function* readEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<WireEvent> {
  const lines = createLines();
  const events = createEvents();
  const decoder = new TextDecoder();
  for await (const piece of bytes) {
    const read = lines.take(decoder.decode(piece, { stream: true })).flatMap(events.take);
    yield* read.length === 0 ? [{ type: 'alive' } as const] : read;
  }
  yield* [...lines.take(decoder.decode()), ...lines.end()].flatMap(events.take);
  yield* events.end();
}

interface Lines {
  /** The lines that a piece ends. */
  take(piece: string): readonly string[];
  /** What the last line break left. */
  end(): readonly string[];
}

/** Lines may end with CR, LF or both. Each character is looked at once, however small the pieces. */
function createLines(): Lines {
  let held: string[] = [];
  let heldLength = 0;
  let afterReturn = false;
  return {
    take: (piece) => {
      if (piece === '') return [];
      const text = afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
      afterReturn = piece.endsWith('\r');
      const [first = '', ...rest] = text.split(/\r\n|\r|\n/);
      held.push(first);
      heldLength += first.length;
      if (heldLength > longestLine) throw new Error(l10n.t('A line of the stream has no end.'));
      const last = rest.pop();
      if (last === undefined) return [];
      const line = held.join('');
      held = [last];
      heldLength = last.length;
      return [line, ...rest];
    },
    end: () => [held.join('')],
  };
}

/** Puts lines together to events. */
interface Events {
  readonly take: (line: string) => readonly WireEvent[];
  end(): readonly WireEvent[];
}

function createEvents(): Events {
  let name = '';
  let data: string[] = [];
  /** Lines that are no fields: a page, or JSON over several lines. */
  let bare: string[] = [];
  let unreadable = '';
  /** Characters of the event that isn't over. */
  let length = 0;

  /** What is told of a payload without JSON; nothing where it only says that the server lives. */
  function without(text: string): readonly WireEvent[] {
    if (/^\[?done\]?$/i.test(text.trim())) return [{ type: 'done' }];
    if (/error/i.test(name) && text.trim() !== '') return [{ type: 'json', name, value: text }];
    if (text.trim() !== 'null' && unreadable.length < longestUnreadable)
      unreadable += `${text.slice(0, longestUnreadable)}\n`;
    return [{ type: 'alive', leftOut: text.slice(0, longestLeftOut) }];
  }

  function eventsOf(payload: readonly string[]): readonly WireEvent[] {
    const text = payload.join('\n');
    const values = jsonIn(text);
    if (values !== undefined) return values.map((value) => ({ type: 'json', name, value }));
    // Without an empty line between them several events look like one.
    if (payload.length > 1) return payload.flatMap((line) => eventsOf([line]));
    return without(text);
  }

  function endEvent(): readonly WireEvent[] {
    const events = data.length === 0 ? [] : eventsOf(data);
    name = '';
    data = [];
    return events;
  }

  function endBare(): readonly WireEvent[] {
    if (bare.length === 0) return [];
    const text = bare.join('\n');
    bare = [];
    const values = jsonIn(text);
    if (values !== undefined) return values.map((value) => ({ type: 'json', name: '', value }));
    if (text.trim() !== '') unreadable = (unreadable + text).slice(0, longestUnreadable);
    return [];
  }

  /** Where the next event begins without an empty line before it. What begins as JSON may go on in the next line. */
  function isWhole(): boolean {
    if (data.length === 0) return false;
    const text = data.join('\n');
    return !/^\s*["[{]/.test(text) || jsonIn(text) !== undefined;
  }

  function takeField(line: string, key: string): readonly WireEvent[] {
    const value = line.slice(line.indexOf(':') + 1).replace(/^ /, '');
    // Where what came is no JSON, and this is, what came was broken.
    const breaks = key === 'data' && data.length > 0 && jsonIn(value) !== undefined;
    const before = [...endBare(), ...(breaks || isWhole() ? endEvent() : [])];
    if (key === 'event') name = line.includes(':') ? value.trim() : '';
    // Some proxies put the field before a line that has it already.
    if (key === 'data' && line.includes(':')) data.push(value.replace(/^data: ?(?=[[{])/, ''));
    return before;
  }

  return {
    take: (given) => {
      length = data.length + bare.length === 0 ? given.length : length + given.length;
      if (length > longestLine) throw new Error(l10n.t('A line of the stream has no end.'));
      // What separates records of JSON in files.
      const line = given.replace(/^\u001e+/, '');
      if (line === '') return bare.length > 0 ? [] : endEvent();
      if (line.startsWith(':')) return [];
      const key = field.exec(line)?.[1]?.toLowerCase();
      if (key !== undefined) return takeField(line, key);
      // JSON that goes on without the field before each line.
      if (data.length > 0 && !isWhole()) {
        data.push(line);
        return [];
      }
      const before = endEvent();
      const single = bare.length === 0 ? jsonIn(line) : undefined;
      if (single !== undefined)
        return [...before, ...single.map((value) => ({ type: 'json', name: '', value }) as const)];
      bare.push(line);
      return before;
    },
    end: () => {
      const last = [...endBare(), ...endEvent()];
      return unreadable.trim() === '' ? last : [...last, { type: 'unreadable', text: unreadable.trim() }];
    },
  };
}

/** The objects in a JSON text, or in several behind each other; undefined where it is none, or has no objects. */
function jsonIn(text: string): readonly unknown[] | undefined {
  if (!/^\s*["[{]/.test(text)) return undefined;
  const value = looseJson(text) ?? severalIn(text);
  // Some proxies encode the text of an event once more.
  const inner = typeof value === 'string' ? looseJson(value) : value;
  const objects = (Array.isArray(inner) ? inner : [inner]).filter(
    (each: unknown) => typeof each === 'object' && each !== null,
  );
  return objects.length === 0 ? undefined : objects;
}

/** Between two objects that a proxy has put into one line. */
const between = /^[\s,]*(?:data:)?[\s,]*$/;

/** The objects that stand in one text; undefined where anything else does, too. Looks at each character once. */
function severalIn(text: string): readonly unknown[] | undefined {
  const objects: unknown[] = [];
  let depth = 0;
  let inText = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === '{' || character === '[') {
      if (depth === 0 && (character === '[' || !between.test(text.slice(start, at)))) return undefined;
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth > 0) continue;
      const value = looseJson(text.slice(start, at + 1));
      if (value === undefined) return undefined;
      objects.push(value);
      start = at + 1;
    }
  }
  return depth === 0 && objects.length > 1 && between.test(text.slice(start)) ? objects : undefined;
}
