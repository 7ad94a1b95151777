import type { Doubt } from './edits/doubt';
import type { OffsetRange, TextChange } from './tracked-range';
import { rebaseAll } from './tracked-range';

/** A text that a model proposes for some whole lines of a document. Values only: each step gives a new one. */
export interface Proposal {
  readonly range: OffsetRange;
  /** What the lines were when the model was asked. */
  readonly original: string;
  /** What they are to become, as far as it has come; undefined: no code has come yet. */
  readonly text: string | undefined;
  /** Why that may not be what the model meant; known when the answer is whole. */
  readonly doubts: readonly Doubt[];
  /** True where the user typed in the lines: their words win, and the proposal is not applied. */
  readonly overtaken: boolean;
}

/** The one edit that accepting a proposal makes. */
export interface PlannedEdit {
  readonly range: OffsetRange;
  readonly text: string;
}

export function proposalFor(documentText: string, range: OffsetRange): Proposal {
  const original = documentText.slice(range.start, range.start + range.length);
  return { range, original, text: undefined, doubts: [], overtaken: false };
}

/** The proposal after the document changed. It follows changes elsewhere; a change within its lines ends it. */
export function afterChange(proposal: Proposal, changes: readonly TextChange[]): Proposal {
  const { range, touched } = rebaseAll(proposal.range, changes);
  return { ...proposal, range, overtaken: proposal.overtaken || touched };
}

/**
 * What accepting does to a document that reads `documentText` now; undefined where its lines are no longer what the
 * model was asked about, whoever changed them.
 */
export function planned(proposal: Proposal, documentText: string): PlannedEdit | undefined {
  const { range, original, text, overtaken } = proposal;
  if (text === undefined || overtaken) return undefined;
  const now = documentText.slice(range.start, range.start + range.length);
  return now === original ? { range, text } : undefined;
}

/** A text with one edit made. */
export function applied(documentText: string, { range, text }: PlannedEdit): string {
  return documentText.slice(0, range.start) + text + documentText.slice(range.start + range.length);
}
