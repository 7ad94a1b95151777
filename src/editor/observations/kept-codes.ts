import type { AnswerOfModel } from '../../core/terms/observation';
import type { TellingLines } from '../../text/taken-code/telling-lines';

/** What is known of an answer's code: whose it is, and hashes. */
export interface KeptCode extends AnswerOfModel {
  readonly lines: TellingLines;
}

/** The code of the last answers, in memory: what doesn't show up within ten minutes is forgotten. */
export interface KeptCodes {
  keep(code: KeptCode): void;
  /** Oldest first. */
  current(): readonly KeptCode[];
  forget(decisionId: string): void;
}

const longestMs = 10 * 60_000;
const most = 20;

export function createKeptCodes(nowMs: () => number): KeptCodes {
  let kept: readonly { readonly code: KeptCode; readonly sinceMs: number }[] = [];

  function dropOld(): void {
    const oldestMs = nowMs() - longestMs;
    if (kept.some(({ sinceMs }) => sinceMs < oldestMs))
      kept = kept.filter(({ sinceMs }) => sinceMs >= oldestMs);
  }

  return {
    keep: (code) => {
      dropOld();
      kept = [...kept, { code, sinceMs: nowMs() }].slice(-most);
    },
    current: () => {
      dropOld();
      return kept.map(({ code }) => code);
    },
    forget: (decisionId) => {
      kept = kept.filter(({ code }) => code.decisionId !== decisionId);
    },
  };
}
