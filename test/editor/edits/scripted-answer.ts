import type { AnswerEvent } from '../../../src/core/terms/answer-event';
import { attemptWith, decisionWith } from '../../core/samples';

/** An answer whose words come when the script says so. */
export interface ScriptedAnswer {
  write(text: string): void;
  end(): void;
  events(signal: AbortSignal): AsyncIterable<AnswerEvent>;
}

export function scriptedAnswer(): ScriptedAnswer {
  const written: string[] = [];
  let ended = false;
  let wake = (): void => undefined;

  async function more(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  return {
    write: (text) => {
      written.push(text);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    events: async function* (signal) {
      yield { type: 'decided', decision: decisionWith() };
      for (;;) {
        for (const text of written.splice(0)) yield { type: 'text', text };
        if (signal.aborted || (ended && written.length === 0)) break;
        if (written.length === 0) await more(signal);
      }
      if (signal.aborted) yield { type: 'stopped', attempt: attemptWith({ outcome: 'stopped' }) };
      else yield { type: 'finished', attempt: attemptWith(), truncated: false };
    },
  };
}
