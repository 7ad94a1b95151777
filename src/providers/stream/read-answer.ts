import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import type { ModelEvent, Report } from '../../core/terms/ports';
import type { CallContext } from '../failures/failure-from';
import { failureFromError, failureFromStreamedError, malformed } from '../failures/failure-from';
import { isPage, textOfPage } from '../failures/page-text';
import { redact } from '../failures/redact';
import type { RunningCall } from './running-call';
import type { WireEvent } from './event-stream';
import { errorIn } from './stream-error';

/** Reads the events of one protocol. Nothing throws. */
export interface AnswerReader {
  /** What an object says; nothing where it only says that the server lives. */
  take(value: unknown, name: string): readonly ModelEvent[];
  /** The server said that the stream is over. */
  done(): void;
  /**
   * `ended`: the answer is, and only what it cost may follow; `over`: nothing follows.
   */
  state(): 'open' | 'ended' | 'over';
  /** What was reported so far. */
  report(): Report;
  /** The last events. */
  close(): readonly ModelEvent[];
}

/** An error that a server told instead of an answer: it refused, with status 200. */
export interface StreamedRefusal {
  readonly error: unknown;
  readonly failure: Failure;
  readonly report: Report;
}

/** So long a server may take to tell what an answer cost, once it is over, in ms. */
const graceMs = 1_500;

/**
 * Reads an answer to its end, whatever the server leaves out, and fails in the server's own words. Returns an error that
 * came before anything of an answer, for another try without what was refused; undefined where the end is told.
 */
export async function* readAnswer(
  events: AsyncIterable<WireEvent>,
  reader: AnswerReader,
  { key, host, signal, log }: RunningCall,
): AsyncGenerator<ModelEvent, StreamedRefusal | undefined> {
  const iterator = events[Symbol.asyncIterator]();
  let anything = false;
  let unreadable = '';
  let read = false;
  let endedMs: number | undefined;
  try {
    for (;;) {
      // From the end on, whatever else comes.
      endedMs = reader.state() === 'ended' ? (endedMs ?? performance.now()) : undefined;
      const limitMs = endedMs === undefined ? undefined : endedMs + graceMs - performance.now();
      const next = await nextOf(iterator, limitMs);
      if (signal.aborted) return undefined;
      if (next === 'late' || next.done === true) break;
      const event = next.value;
      if (event.type === 'unreadable') unreadable = event.text;
      else if (event.type === 'alive') {
        if (event.leftOut !== undefined) log.debug(`${host}: left out ${redact(event.leftOut, key)}`);
        yield { type: 'alive' };
      } else if (event.type === 'done') reader.done();
      else {
        const error = errorIn(event.name, event.value);
        if (error !== undefined) {
          const failure = failureFromStreamedError(error, { key, host });
          // An error may come with the last of the answer, and with what it cost.
          const last = reader.take(event.value, event.name).filter(isToken);
          anything ||= last.length > 0;
          yield* last;
          const report = reader.report();
          if (!anything) return { error, failure, report };
          yield { type: 'failed', failure, report };
          return undefined;
        }
        read = true;
        const told = reader.take(event.value, event.name);
        anything ||= told.some(isToken);
        if (told.length === 0) yield { type: 'alive' };
        else yield* told;
      }
      if (reader.state() === 'over') break;
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    // A connection that breaks once the answer is over has lost nothing.
    if (reader.state() === 'open') {
      yield {
        type: 'failed',
        failure: failureFromError(error, undefined, { key, host }),
        report: reader.report(),
      };
      return undefined;
    }
  } finally {
    // Not awaited: a stream that hangs would hang its end too.
    void iterator.return?.().catch(() => undefined);
  }
  if (!read && reader.state() === 'open')
    yield { type: 'failed', failure: nothingRead(unreadable, { key, host }) };
  else yield* reader.close();
  return undefined;
}

function isToken({ type }: ModelEvent): boolean {
  return type === 'text' || type === 'thought' || type === 'tool-call';
}

function nothingRead(text: string, context: CallContext): Failure {
  const { key } = context;
  if (text === '') return malformed(l10n.t('The server answered nothing at all.'), key);
  return isPage(text) ? malformed(textOfPage(text.slice(0, longestPage)), key) : inWords(text, context);
}

/** As much of a page as tells what it is. */
const longestPage = 8_000;

/** A text alone is an error where its words tell of one. */
function inWords(words: string, context: CallContext): Failure {
  const told = failureFromStreamedError(words, context);
  if (told.reason !== 'server-error') return told;
  return malformed(l10n.t('What the server answered can’t be read: {0}', words), context.key);
}

/** The next event; 'late' where it takes longer than `limitMs`. */
async function nextOf<T>(
  iterator: AsyncIterator<T>,
  limitMs: number | undefined,
): Promise<IteratorResult<T> | 'late'> {
  if (limitMs !== undefined && limitMs <= 0) return 'late';
  const next = iterator.next();
  if (limitMs === undefined) return next;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), limitMs)));
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
    next.catch(() => undefined);
  }
}
