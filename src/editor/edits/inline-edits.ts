import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CompareLines } from '../../text/line-diff';
import type { Doubt } from '../../text/edits/doubt';
import { planned } from '../../text/proposal';
import type { Choice } from '../notify';
import { notify } from '../notify';
import type { EditWatches } from '../observations/edit-watches';
import { agreeToCost } from '../spending/agree-to-cost';
import { errorText } from '../shown/error-text';
import { answerWithinBudget } from '../answers/answer-within-budget';
import { errorOf } from '../answers/answer-texts';
import type { SurfaceParts } from '../answers/surface-parts';
import type { AcceptedEdits } from './accepted-edits';
import type { Accepting } from './apply-proposal';
import { applyProposal } from './apply-proposal';
import { agreeToDoubts, editNotices, tellOfAccepting } from './edit-notices';
import { authorOf } from './author';
import { createEditOutcomes } from './edit-outcomes';
import type { InlineQuestion } from '../../text/edit-prompt';
import { messagesFor } from '../../text/edit-prompt';
import { knownOfInline } from '../../text/known-of-question';
import { failureChoices } from '../answers/failure-choices';
import type { InlineTarget } from './inline-target';
import type { ProposalRun } from './proposal-run';
import { isWhole, startRun, unchangedTarget } from './proposal-run';
import { createProposalSlot } from './proposal-slot';
import { streamProposal } from './stream-proposal';

export interface InlineEditParts extends Pick<
  SurfaceParts,
  'conduit' | 'configuration' | 'newId' | 'log' | 'onAnswered'
> {
  readonly accepted: AcceptedEdits;
  readonly watches: EditWatches;
  readonly compareLines: () => Promise<CompareLines>;
}

/** Asks for edits, shows them as they come, and applies what is accepted. One at a time. */
export interface InlineEdits extends vscode.Disposable {
  /**
   * Resolves when the answer has ended; to false where it was not begun, since another one is still being written.
   * `target` is where the edit goes: not always where the question's code is.
   */
  ask(target: InlineTarget, question: InlineQuestion): Promise<boolean>;
  /** Asks another model the same. Where that one proposes nothing, the proposal that was there is back. */
  askAnother(): Promise<void>;
  accept(): Promise<void>;
  reject(): Promise<void>;
  /** Shows the last answer as it came, also one whose proposal was not applied. */
  openAnswer(): Promise<void>;
  /** Why the proposal that is shown may not be what the model meant; none while it is written. */
  doubts(): readonly Doubt[];
  readonly onDidChangeDoubts: vscode.Event<void>;
}

export function createInlineEdits(parts: InlineEditParts): InlineEdits {
  const { accepted, watches } = parts;
  const doubtsChanged = new vscode.EventEmitter<void>();
  const outcomes = createEditOutcomes(parts.conduit, parts.log);
  const openAnswerChoice = { label: l10n.t('Open Answer'), run: () => openAnswer() };
  const anotherChoice = (run: ProposalRun): Choice => ({
    label: l10n.t('Another Model'),
    run: () => askAnotherThan(run),
  });
  const slot = createProposalSlot({
    onClosed: (run) =>
      editNotices.closed(run.target.label, [
        { label: l10n.t('Show Again'), run: () => slot.present(run) },
        { label: l10n.t('Reject'), run: () => reject() },
      ]),
    onOvertaken: (run) => editNotices.overtaken(run.target.label, openAnswerChoice),
  });

  /** True, and the user is told, where one is still being written. */
  function isWriting(): boolean {
    const writing = slot.running !== undefined && !isWhole(slot.running);
    if (writing) editNotices.oneAtATime();
    return writing;
  }

  async function ask(target: InlineTarget, question: InlineQuestion): Promise<boolean> {
    if (isWriting()) return false;
    await begin(startRun(target, question, []));
    return true;
  }

  async function begin(run: ProposalRun): Promise<void> {
    slot.start(run);
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `Conduit: ${run.question.label}`,
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => void slot.end(run));
      try {
        await stream(run, (model) => progress.report({ message: l10n.t('{0} is writing', model) }));
      } catch (error) {
        await slot.end(run);
        throw error;
      }
    });
  }

  async function stream(run: ProposalRun, onAuthor: (model: string) => void): Promise<void> {
    const { question, avoid } = run;
    const [conduit, pool] = await Promise.all([parts.conduit(), parts.configuration.pool()]);
    const request = {
      pool: pool.name,
      messages: messagesFor(question),
      origin: question.task,
      conversationId: parts.newId(),
      known: knownOfInline(question),
      avoid,
    };
    const events = answerWithinBudget(conduit, request, run.controller.signal, agreeToCost);
    const { end, by } = await streamProposal(run, events, () => slot.draw(run), onAuthor);
    if (run !== slot.running) return;
    if (end?.type !== 'finished') {
      await slot.end(run);
      const error = end && errorOf(end, l10n.t('Nothing was changed.'));
      if (error === undefined) return;
      const choices = failureChoices(error.actions, () => askAgain(run, run.avoid));
      notify('error', error.text, choices);
      return;
    }
    if (by !== undefined) parts.onAnswered(by.deploymentId);
    const choices = [openAnswerChoice, anotherChoice(run)];
    const { text, doubts } = run.proposal;
    doubtsChanged.fire();
    if (text === undefined) {
      await slot.end(run);
      if (doubts.length === 0) editNotices.noCode(choices);
      else editNotices.notPlaced(run.target.label, doubts, choices);
      return;
    }
    if (doubts.length > 0) editNotices.doubtful(run.target.label, doubts, choices);
    if (end.truncated) editNotices.truncated(choices);
  }

  /** Asks again of the lines where they are by now: some that were typed above may have moved them. */
  async function askAgain(run: ProposalRun, avoid: readonly string[]): Promise<void> {
    if (isWriting()) return;
    const target = unchangedTarget(run);
    if (target === undefined) return tellOfAccepting('changed', run.target.label, openAnswerChoice);
    const next = (): Promise<void> => begin(startRun(target, run.question, avoid));
    if (slot.running === undefined) await next();
    else await slot.exchange(slot.running, next);
  }

  async function askAnotherThan(run: ProposalRun): Promise<void> {
    const { by } = run.facts;
    if (by === undefined || isWriting()) return;
    outcomes.replaced(by);
    await askAgain(run, [...run.avoid, by.deploymentId]);
  }

  async function accept(): Promise<void> {
    const run = slot.running;
    const by = run && authorOf(run.facts);
    if (run === undefined || by === undefined || !isWhole(run)) return editNotices.notYet();
    const { doubts } = run.proposal;
    if (doubts.length > 0 && !(await agreeToDoubts(run.target.label, doubts))) return;
    if (run !== slot.running) return;
    const { uri } = run.target.document;
    const [document, compare] = await Promise.all([
      vscode.workspace.openTextDocument(uri).then(undefined, (error: unknown) => errorText(error)),
      parts.compareLines(),
    ]);
    // Meanwhile it may have been overtaken, or accepted by a second press of the key.
    if (run !== slot.running) return;
    if (typeof document === 'string')
      return editNotices.unreachable(run.target.label, document, openAnswerChoice);
    // What was typed meanwhile is in `run.proposal`. From here to the edit nothing is waited for.
    const { proposal } = run;
    const plan = planned(proposal, document.getText());
    const closing = slot.end(run);
    const applying: Promise<Accepting> =
      plan === undefined
        ? Promise.resolve('changed')
        : applyProposal({ accepted, compare, watches, by }, document, proposal.original, plan);
    await closing;
    const ended = await applying;
    tellOfAccepting(ended, run.target.label, openAnswerChoice);
    if (ended !== 'applied' || plan === undefined) return;
    // The lines that were selected before are the new ones now: the next key would replace them.
    const start = document.positionAt(plan.range.start);
    const selection = new vscode.Range(start, start);
    await vscode.window.showTextDocument(document, { preview: false, selection });
  }

  async function reject(): Promise<void> {
    const run = slot.running;
    if (run === undefined) return;
    const { by } = run.facts;
    if (by !== undefined && run.proposal.text !== undefined) outcomes.rejected(by);
    await slot.end(run);
  }

  async function openAnswer(): Promise<void> {
    const content = slot.last?.facts.text ?? '';
    if (content === '') return editNotices.noAnswer();
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  return {
    ask,
    askAnother: async () => {
      const run = slot.running;
      if (run !== undefined && isWhole(run)) await askAnotherThan(run);
      else if (run !== undefined) editNotices.notYet();
    },
    accept,
    reject,
    openAnswer,
    doubts: () => slot.running?.proposal.doubts ?? [],
    onDidChangeDoubts: doubtsChanged.event,
    dispose: () => {
      doubtsChanged.dispose();
      slot.dispose();
    },
  };
}
