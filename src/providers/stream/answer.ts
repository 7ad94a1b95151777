import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import type { ModelEvent, Report } from '../../core/terms/ports';
import type { CallContext } from '../failures/failure-from';
import { filtered, refusal } from '../failures/answer-failures';
import { failureFromStreamedError, malformed } from '../failures/failure-from';
import type { RunningCall } from './running-call';
import type { Ending } from './ending';
import { endingOf } from './ending';
import type { Parted } from '../../text/thoughts/thought-filter';
import { createThoughtFilter } from '../../text/thoughts/thought-filter';
import type { WireCall } from './tool-calls';
import { callEvents } from './tool-calls';

/** One answer as it comes together, whatever its protocol. */
export interface Answer {
  /** True where a visible text came. */
  hasText(): boolean;
  /** The events of a piece of text, of which thoughts may be a part. */
  say(text: string): readonly ModelEvent[];
  /** The event of a piece of what the model thinks. */
  think(text: string): readonly ModelEvent[];
  /** Takes the server's word for how the answer ended; one that says nothing is left out. */
  endWith(word: string): void;
  /** The server told an error as the end; undefined: it didn't say which. */
  failWith(error: unknown): void;
  /** The server said that the stream is over, whatever it left out. */
  over(): void;
  /** The last events. `report` is asked with whether the answer had a text or a call. */
  close(calls: readonly WireCall[], report: (answered: boolean) => Report): readonly ModelEvent[];
}

/** Says that the model writes something that isn't shown yet, such as the input of a tool. */
export const working: ModelEvent = { type: 'alive', working: true };

const badness: Readonly<Record<Ending, number>> = {
  whole: 0,
  'tool-calls': 0,
  cut: 1,
  broken: 2,
  refused: 3,
  filtered: 3,
};

export function createAnswer({ call, key, host, toolName }: RunningCall): Answer {
  const filter = createThoughtFilter();
  let anyText = false;
  let said: string | undefined;
  let failure: Failure | undefined;
  let over = false;

  function eventOf(part: Parted): ModelEvent {
    if (part.type === 'text') anyText ||= part.text.trim() !== '';
    if (part.type === 'rethought') anyText = false;
    return part;
  }

  function ending(): Ending | undefined {
    return said === undefined ? (over ? 'whole' : undefined) : endingOf(said);
  }

  function failed(failure: Failure, report: Report): readonly ModelEvent[] {
    return [{ type: 'failed', failure, report }];
  }

  return {
    hasText: () => anyText,
    say: (text) => filter.take(text).map(eventOf),
    think: (text) => (text === '' ? [] : [{ type: 'thought', text }]),
    endWith: (word) => {
      const how = endingOf(word);
      // A stream may be said to stop behind what ended its answer: the worse word holds.
      const known = said === undefined ? undefined : endingOf(said);
      if (how !== undefined && (known === undefined || badness[how] >= badness[known])) said = word;
    },
    failWith: (error) => {
      failure = failureFromStreamedError(error, { key, host });
    },
    over: () => {
      over = true;
    },
    close: (calls, report) => {
      const how = ending();
      // Where the model never came to its answer, its thoughts are none.
      const rest = filter.end({ cut: how === 'cut', alone: calls.length === 0 }).map(eventOf);
      const told = report(anyText || calls.length > 0);
      if (failure !== undefined) return [...rest, ...failed(failure, told)];
      switch (how) {
        case undefined:
          return [
            ...rest,
            ...failed(
              malformed(l10n.t('The stream ended without saying that the answer is whole.'), key),
              told,
            ),
          ];
        case 'filtered':
          return [...rest, ...failed(filtered, told)];
        case 'refused':
          return [...rest, ...failed(refusal, told)];
        case 'broken':
          return [...rest, ...failed(brokenOff(said ?? '', { key, host }), told)];
        case 'cut':
        case 'whole':
        case 'tool-calls': {
          const cut = how === 'cut';
          const asksInstead = !anyText && calls.length > 0 && !cut;
          const { events, failure: ofCalls } = callEvents(calls, { asksInstead, cut }, call, toolName, key);
          if (ofCalls !== undefined) return [...rest, ...failed(ofCalls, told)];
          return [...rest, ...events, { type: 'finished', ...told, truncated: cut }];
        }
      }
    },
  };
}

/** A word such as "insufficient_system_resource" says why, as far as it goes. */
function brokenOff(word: string, context: CallContext): Failure {
  if (/malformed|unexpected|invalid/i.test(word))
    return malformed(l10n.t('The model wrote a tool call that can’t be read ({0}).', word), context.key);
  if (/^error$/i.test(word)) return failureFromStreamedError(undefined, context);
  const message = l10n.t('The provider broke the answer off ({0}).', word);
  return failureFromStreamedError({ message, code: word }, context);
}
