import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CompareLines } from '../../core/edits/line-diff';
import { planned } from '../../core/edits/proposal';
import { notify } from '../notify';
import type { EditWatches } from '../observations/edit-watches';
import { errorText } from '../shown/error-text';
import { agreeToCost } from '../spending/agree-to-cost';
import { answerWithinBudget } from '../spending/answer-within-budget';
import type { SurfaceParts } from '../surface-parts';
import type { AcceptedEdits } from './accepted-edits';
import type { Accepting } from './apply-proposal';
import { applyProposal } from './apply-proposal';
import { editNotices, tellOfAccepting } from './edit-notices';
import type { InlineQuestion } from './edit-request';
import { messagesFor } from './edit-request';
import { failureChoices } from './failure-choices';
import type { InlineTarget } from './inline-target';
import { createProposalPreview } from './proposal-preview';
import type { ProposalRun } from './proposal-run';
import { followChange, proposedText, startRun, unchangedTarget } from './proposal-run';
import type { Answered } from './read-answer';
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
  accept(): Promise<void>;
  reject(): Promise<void>;
  /** Shows the last answer as it came, also one whose proposal was not applied. */
  openAnswer(): Promise<void>;
}

export function createInlineEdits(parts: InlineEditParts): InlineEdits {
  const { log, accepted, watches } = parts;
  let running: ProposalRun | undefined;
  /** The last one that an answer came for. */
  let answered: ProposalRun | undefined;
  const openAnswerChoice = { label: l10n.t('Open Answer'), run: () => openAnswer() };
  const preview = createProposalPreview(() => {
    const closed = running;
    if (closed === undefined) return;
    editNotices.closed(closed.target.label, [
      { label: l10n.t('Show Again'), run: () => present(closed) },
      { label: l10n.t('Reject'), run: () => reject() },
    ]);
  });

  async function present(run: ProposalRun): Promise<void> {
    if (run !== running) return;
    run.shown = true;
    const { document, label } = run.target;
    await preview.show(document, proposedText(run), l10n.t('{0}: Conduit’s proposal', label));
  }

  async function end(run: ProposalRun): Promise<void> {
    if (run !== running) return;
    running = undefined;
    run.controller.abort();
    await vscode.commands.executeCommand('setContext', 'conduit.hasProposal', false);
    await preview.hide();
  }

  const following = vscode.workspace.onDidChangeTextDocument((event) => {
    const run = running;
    if (run === undefined && answered !== undefined) followChange(answered, event);
    if (run === undefined || !followChange(run, event)) return;
    if (run.proposal.overtaken) {
      void end(run);
      editNotices.overtaken(run.target.label, openAnswerChoice);
    } else {
      preview.update(proposedText(run));
    }
  });

  async function ask(target: InlineTarget, question: InlineQuestion): Promise<boolean> {
    if (running !== undefined && !running.complete) {
      editNotices.oneAtATime();
      return false;
    }
    if (running !== undefined) await end(running);
    const run = startRun(target);
    running = run;
    answered = undefined;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `Conduit: ${question.label}`,
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (_progress, token) => {
      token.onCancellationRequested(() => void end(run));
      try {
        await stream(run, question);
      } catch (error) {
        await end(run);
        throw error;
      }
    });
    return true;
  }

  async function stream(run: ProposalRun, question: InlineQuestion): Promise<void> {
    const [conduit, pool] = await Promise.all([parts.conduit(), parts.configuration.pool()]);
    const request = {
      pool: pool.name,
      messages: messagesFor(question),
      origin: question.task,
      conversationId: parts.newId(),
    };
    await vscode.commands.executeCommand('setContext', 'conduit.hasProposal', run === running);
    const events = answerWithinBudget(conduit, request, run.controller.signal, agreeToCost);
    answered = run;
    const ended = await streamProposal(run, events, () => {
      if (run !== running) return;
      if (run.shown) preview.update(proposedText(run));
      else void present(run);
    });
    if (run !== running) return;
    if (ended.kind !== 'finished') {
      await end(run);
      if (ended.kind === 'stopped') return;
      const choices = failureChoices(ended.actions, () => retry(run, question));
      notify('error', ended.text, choices);
      return;
    }
    if (run.by !== undefined) parts.onAnswered(run.by.deploymentId);
    if (run.proposal.text === undefined) {
      await end(run);
      editNotices.noCode(openAnswerChoice);
    } else if (ended.truncated) {
      editNotices.truncated(openAnswerChoice);
    }
  }

  /** Lines that were typed above since then have moved what is asked about. */
  async function retry(run: ProposalRun, question: InlineQuestion): Promise<void> {
    const target = unchangedTarget(run);
    if (target === undefined) tellOfAccepting('changed', run.target.label, openAnswerChoice);
    else await ask(target, question);
  }

  async function accept(): Promise<void> {
    const run = running;
    if (run?.complete !== true || run.by === undefined) return editNotices.notYet();
    const [document, compare] = await Promise.all([
      vscode.workspace.openTextDocument(run.target.document.uri),
      parts.compareLines(),
    ]);
    // Meanwhile it may have been overtaken, or accepted by a second press of the key.
    if (run !== running) return;
    // What was typed meanwhile is in `run.proposal`. From here to the edit nothing is waited for.
    const { proposal, by } = run;
    const plan = planned(proposal, document.getText());
    const closing = end(run);
    const applying: Promise<Accepting> =
      plan === undefined
        ? Promise.resolve('changed')
        : applyProposal({ accepted, compare, watches, by }, document, proposal.original, plan);
    await closing;
    const ended = await applying;
    tellOfAccepting(ended, run.target.label, openAnswerChoice);
    if (ended === 'applied') await vscode.window.showTextDocument(document, { preview: false });
  }

  async function reject(): Promise<void> {
    const run = running;
    if (run === undefined) return;
    if (run.by !== undefined && run.proposal.text !== undefined) tellRejected(run.by);
    await end(run);
  }

  function tellRejected({ decisionId, deploymentId }: Answered): void {
    void parts
      .conduit()
      .then((conduit) => conduit.observe(decisionId, deploymentId, { kind: 'edit', outcome: 'rejected' }))
      .catch((error: unknown) => log.error(`What became of an edit was not recorded: ${errorText(error)}`));
  }

  async function openAnswer(): Promise<void> {
    const content = answered?.answer ?? '';
    if (content === '') return editNotices.noAnswer();
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, { preview: false });
  }

  return {
    ask,
    accept,
    reject,
    openAnswer,
    dispose: () => {
      running?.controller.abort();
      following.dispose();
      preview.dispose();
    },
  };
}
