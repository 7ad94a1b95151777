import * as vscode from 'vscode';
import { extractCode } from '../../core/edits/extract-code';
import { fitCode } from '../../core/edits/fit-code';
import type { CompareLines } from '../../core/edits/line-diff';
import type { Proposal } from '../../core/edits/proposal';
import { afterChange, applied, planned, proposalFor } from '../../core/edits/proposal';
import type { EditSignal } from '../../core/observation';
import { agreeToCost } from '../spending/agree-to-cost';
import { answerWithinBudget } from '../spending/answer-within-budget';
import { truncatedNotice } from '../chat/answer-texts';
import { errorText } from '../shown/error-text';
import { notify } from '../notify';
import type { EditWatches } from '../observations/edit-watches';
import type { SurfaceParts } from '../surface-parts';
import type { AcceptedEdits } from './accepted-edits';
import { applyProposal } from './apply-proposal';
import type { InlineQuestion } from './edit-request';
import { messagesFor } from './edit-request';
import { failureChoices } from './failure-choices';
import type { InlineTarget } from './inline-target';
import { createProposalPreview } from './proposal-preview';
import type { Answered } from './read-answer';
import { readAnswer } from './read-answer';

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
  /** Resolves when the answer has ended. `target` is where the edit goes: not always where the question's code is. */
  ask(target: InlineTarget, question: InlineQuestion): Promise<void>;
  accept(): Promise<void>;
  reject(): Promise<void>;
  /** Shows the last answer as it came, also one whose proposal was not applied. */
  openAnswer(): Promise<void>;
}

/** A proposal from the question to its end. */
interface Running {
  readonly target: InlineTarget;
  readonly controller: AbortController;
  proposal: Proposal;
  by: Answered | undefined;
  answer: string;
  /** The answer has come whole. */
  complete: boolean;
  shown: boolean;
}

/** A preview that is drawn for every word would do nothing else. */
const drawEveryMs = 100;
const openAnswerLabel = 'Open Answer';

export function createInlineEdits(parts: InlineEditParts): InlineEdits {
  const { log, accepted, watches } = parts;
  let running: Running | undefined;
  let lastAnswer = '';
  const preview = createProposalPreview(() => {
    const closed = running;
    if (closed === undefined) return;
    notify('info', `The proposal for ${closed.target.label} was closed, not rejected. Nothing was changed.`, [
      { label: 'Show Again', run: () => present(closed) },
      { label: 'Reject', run: () => reject() },
    ]);
  });
  const openAnswerChoice = { label: openAnswerLabel, run: () => openAnswer() };

  function observe({ decisionId, deploymentId }: Answered, signal: EditSignal): void {
    void parts
      .conduit()
      .then((conduit) => conduit.observe(decisionId, deploymentId, signal))
      .catch((error: unknown) => log.error(`What became of an edit was not recorded: ${errorText(error)}`));
  }

  function proposedText({ target: { document }, proposal }: Running): string {
    const text = document.getText();
    return proposal.text === undefined ? text : applied(text, { range: proposal.range, text: proposal.text });
  }

  async function present(run: Running): Promise<void> {
    if (run !== running) return;
    run.shown = true;
    await preview.show(run.target.document, proposedText(run), `${run.target.label}: Conduit's proposal`);
  }

  async function end(run: Running): Promise<void> {
    if (run !== running) return;
    running = undefined;
    run.controller.abort();
    await vscode.commands.executeCommand('setContext', 'conduit.hasProposal', false);
    await preview.hide();
  }

  const following = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const run = running;
    if (run === undefined || document !== run.target.document || contentChanges.length === 0) return;
    run.proposal = afterChange(
      run.proposal,
      contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        start: rangeOffset,
        removed: rangeLength,
        inserted: text,
      })),
    );
    if (run.proposal.overtaken) {
      void end(run);
      notify(
        'warning',
        `You changed ${run.target.label} while Conduit was working on it. Your text stands, and the proposal was dropped.`,
        [openAnswerChoice],
      );
    } else {
      preview.update(proposedText(run));
    }
  });

  async function ask(target: InlineTarget, question: InlineQuestion): Promise<void> {
    if (running !== undefined && !running.complete) {
      notify('info', 'Conduit is still writing another proposal. Accept, reject or cancel it first.');
      return;
    }
    if (running !== undefined) await end(running);
    const { document, range } = target;
    const start = document.offsetAt(range.start);
    const proposal = proposalFor(document.getText(), { start, length: document.offsetAt(range.end) - start });
    const run: Running = {
      target,
      controller: new AbortController(),
      proposal,
      by: undefined,
      answer: '',
      complete: false,
      shown: false,
    };
    running = run;
    lastAnswer = '';
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Conduit: ${question.label}`,
        cancellable: true,
      },
      async (_progress, token) => {
        token.onCancellationRequested(() => void end(run));
        try {
          await stream(run, question);
        } catch (error) {
          await end(run);
          throw error;
        }
      },
    );
  }

  async function stream(run: Running, question: InlineQuestion): Promise<void> {
    const { document } = run.target;
    const lineEnd = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    let drawing: NodeJS.Timeout | undefined;
    const draw = (): void => {
      drawing = undefined;
      const code = extractCode(run.answer, document.languageId);
      if (run !== running || code === undefined) return;
      run.proposal = { ...run.proposal, text: fitCode(code, run.proposal.original, lineEnd) };
      if (run.shown) preview.update(proposedText(run));
      else void present(run);
    };
    const [conduit, pool] = await Promise.all([parts.conduit(), parts.configuration.pool()]);
    const request = {
      pool: pool.name,
      messages: messagesFor(question),
      origin: question.task,
      conversationId: parts.newId(),
    };
    await vscode.commands.executeCommand('setContext', 'conduit.hasProposal', run === running);
    const events = answerWithinBudget(conduit, request, run.controller.signal, agreeToCost);
    const ended = await readAnswer(events, (answer, by) => {
      run.answer = answer;
      run.by = by;
      if (run === running) lastAnswer = answer;
      drawing ??= setTimeout(draw, drawEveryMs);
    });
    clearTimeout(drawing);
    if (run !== running) return;
    switch (ended.kind) {
      case 'stopped':
        await end(run);
        return;
      case 'failed':
        await end(run);
        notify(
          'error',
          ended.text,
          failureChoices(ended.actions, () => ask(run.target, question)),
        );
        return;
      case 'finished':
        break;
    }
    run.complete = true;
    draw();
    if (run.by !== undefined) parts.onAnswered(run.by.deploymentId);
    if (run.proposal.text === undefined) {
      await end(run);
      notify('info', 'The answer carries no code, so nothing is proposed. Nothing was changed.', [
        openAnswerChoice,
      ]);
    } else if (ended.truncated) {
      notify('warning', `${truncatedNotice} The proposal may be cut off too.`, [openAnswerChoice]);
    }
  }

  async function accept(): Promise<void> {
    const run = running;
    if (run?.complete !== true || run.by === undefined) {
      notify('info', 'The proposal is still being written. It can be accepted when it is complete.');
      return;
    }
    const { by, target } = run;
    const [document, compare] = await Promise.all([
      vscode.workspace.openTextDocument(target.document.uri),
      parts.compareLines(),
    ]);
    // What was typed meanwhile is in `run.proposal`. From here to the edit nothing is waited for.
    const { proposal } = run;
    const plan = planned(proposal, document.getText());
    const closing = end(run);
    if (plan === undefined) {
      notify('warning', `${target.label} is no longer what the model was asked about. Nothing was changed.`, [
        openAnswerChoice,
      ]);
      return;
    }
    const applying = applyProposal({ accepted, compare, watches, by }, document, proposal.original, plan);
    await closing;
    switch (await applying) {
      case 'nothing':
        notify('info', `The proposal is what ${target.label} says already. Nothing was changed.`);
        return;
      case 'refused':
        notify('error', `The editor did not take the change of ${target.label}. Nothing was changed.`, [
          openAnswerChoice,
        ]);
        return;
      case 'applied':
        break;
    }
    await vscode.window.showTextDocument(document, { preview: false });
  }

  async function reject(): Promise<void> {
    const run = running;
    if (run === undefined) return;
    if (run.by !== undefined && run.proposal.text !== undefined)
      observe(run.by, { kind: 'edit', outcome: 'rejected' });
    await end(run);
  }

  async function openAnswer(): Promise<void> {
    if (lastAnswer === '') {
      notify('info', 'There is no answer of an inline command in this window yet.');
      return;
    }
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: lastAnswer });
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
