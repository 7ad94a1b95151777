import * as vscode from 'vscode';
import type { EditPlace } from '../../text/edits/edit-place';
import { readEdit } from '../../text/edits/read-edit';
import type { Proposal } from '../../text/proposal';
import { afterChange, applied, proposalFor } from '../../text/proposal';
import type { AnswerFacts } from '../answers/answer-facts';
import { nothingYet } from '../answers/answer-facts';
import type { InlineQuestion } from '../../text/edit-prompt';
import type { InlineTarget } from './inline-target';
import { targetOf } from './inline-target';
import type { ProposalView } from './proposal-preview';
import { authorOf } from './author';
import { editPlaceOf } from './edit-place-of';
import { textChangesOf } from './text-changes';

/** A proposal from the question to its end. */
export interface ProposalRun {
  readonly target: InlineTarget;
  readonly question: InlineQuestion;
  /** Models whose proposals for the same question were not what the user wanted. */
  readonly avoid: readonly string[];
  /** Aborts the request. */
  readonly controller: AbortController;
  /** The lines and what was around them when the model was asked: what the answer is read by. */
  readonly place: EditPlace;
  proposal: Proposal;
  /** The answer, as far as it has come. */
  facts: AnswerFacts;
  /** A preview was opened for it. */
  shown: boolean;
}

export function startRun(
  target: InlineTarget,
  question: InlineQuestion,
  avoid: readonly string[],
): ProposalRun {
  const { document, range } = target;
  const start = document.offsetAt(range.start);
  return {
    target,
    question,
    avoid,
    controller: new AbortController(),
    place: editPlaceOf(document, range),
    proposal: proposalFor(document.getText(), { start, length: document.offsetAt(range.end) - start }),
    facts: nothingYet,
    shown: false,
  };
}

/** The answer has come whole. */
export function isWhole({ facts }: Pick<ProposalRun, 'facts'>): boolean {
  return facts.end?.type === 'finished';
}

/**
 * Takes the code of the answer so far into the proposal. False where none has come yet. Until the answer is whole, code
 * only grows: a reading that knows less than the one before is passed over.
 */
export function takeCode(run: ProposalRun): boolean {
  const whole = isWhole(run);
  const { text, doubts } = readEdit(run.facts.text, run.place, whole);
  const shown = run.proposal.text;
  if (!whole && (text === undefined || text.length < (shown?.length ?? 0))) return shown !== undefined;
  run.proposal = { ...run.proposal, text, doubts };
  return text !== undefined;
}

/** Takes a change of the run's document in. False where it is none, or one of another document. */
export function followChange(run: ProposalRun, event: vscode.TextDocumentChangeEvent): boolean {
  if (event.contentChanges.length === 0 || !isOf(run, event.document)) return false;
  run.proposal = afterChange(run.proposal, textChangesOf(event));
  return true;
}

/** The whole document as it would be with the proposal. */
export function proposedView(run: ProposalRun): ProposalView {
  const { range, text } = run.proposal;
  const now = documentOf(run).getText();
  return {
    text: text === undefined ? now : applied(now, { range, text }),
    proposed: { start: range.start, length: text?.length ?? 0 },
    by: isWhole(run) ? authorOf(run.facts) : undefined,
  };
}

/** The lines that the model was asked about, where they are now; undefined where they were changed. */
export function unchangedTarget(run: ProposalRun): InlineTarget | undefined {
  const { range, original } = run.proposal;
  const document = documentOf(run);
  if (!document.getText().startsWith(original, range.start)) return undefined;
  const end = document.positionAt(range.start + original.length);
  return targetOf(document, new vscode.Range(document.positionAt(range.start), end));
}

/** One that was closed and opened again is another object. */
function documentOf(run: Pick<ProposalRun, 'target'>): vscode.TextDocument {
  return vscode.workspace.textDocuments.find((document) => isOf(run, document)) ?? run.target.document;
}

function isOf({ target }: Pick<ProposalRun, 'target'>, { uri }: vscode.TextDocument): boolean {
  return uri.toString() === target.document.uri.toString();
}
