import type { Decision } from '../terms/decision';
import type { ParseEntry } from '../terms/ledger-entry';

/** A decision that may be shown. Of one that was saved only the text is there until somebody looks: few ever are. */
export interface ShownDecision {
  /** Undefined where what was saved is none. */
  read(): Decision | undefined;
  /** To be saved. */
  text(): string;
}

export function shownDecision(decision: Decision): ShownDecision {
  return { read: () => decision, text: () => JSON.stringify(decision) };
}

export function savedDecision(text: string, parse: ParseEntry): ShownDecision {
  let read: { readonly decision: Decision | undefined } | undefined;
  return {
    read: () => (read ??= { decision: decisionIn(text, parse) }).decision,
    text: () => text,
  };
}

function decisionIn(text: string, parse: ParseEntry): Decision | undefined {
  try {
    const entry = parse({ kind: 'decision', decision: JSON.parse(text) as unknown });
    return entry?.kind === 'decision' ? entry.decision : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
