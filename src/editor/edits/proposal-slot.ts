import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { createProposalPreview } from './proposal-preview';
import type { ProposalRun } from './proposal-run';
import { followChange, proposedView } from './proposal-run';

export interface ProposalSlotEvents {
  /** The user closed the diff. */
  readonly onClosed: (run: ProposalRun) => void;
  /** The user typed in its lines: it has ended. */
  readonly onOvertaken: (run: ProposalRun) => void;
}

/** The one proposal that there is: it follows its document, and a diff shows it. */
export interface ProposalSlot extends vscode.Disposable {
  readonly running: ProposalRun | undefined;
  /** The last one that ran, whatever became of it. */
  readonly last: ProposalRun | undefined;
  /** At once, in the place of another one, which ends. */
  start(run: ProposalRun): void;
  /** Shows it as it is by now, where it is the one that runs. */
  draw(run: ProposalRun): void;
  /** Opens its diff, again too. */
  present(run: ProposalRun): Promise<void>;
  /** Aborts its request and closes its diff, where it is the one that runs. */
  end(run: ProposalRun): Promise<void>;
  /** Has `next` start another one in its place, and has it back if that comes to nothing. */
  exchange(run: ProposalRun, next: () => Promise<void>): Promise<void>;
}

export function createProposalSlot({ onClosed, onOvertaken }: ProposalSlotEvents): ProposalSlot {
  let running: ProposalRun | undefined;
  let last: ProposalRun | undefined;
  /** The one that may come back. */
  let kept: ProposalRun | undefined;
  const preview = createProposalPreview(() => {
    if (running !== undefined) onClosed(running);
  });
  const following = vscode.workspace.onDidChangeTextDocument((event) => {
    const run = running;
    for (const idle of new Set([kept, last]))
      if (idle !== undefined && idle !== run) followChange(idle, event);
    if (run === undefined || !followChange(run, event)) return;
    if (run.proposal.overtaken) {
      void end(run);
      onOvertaken(run);
    } else {
      preview.update(proposedView(run));
    }
  });
  const hasProposal = (is: boolean): Thenable<unknown> =>
    vscode.commands.executeCommand('setContext', 'conduit.hasProposal', is);

  function start(run: ProposalRun): void {
    if (running !== undefined) void leave(running);
    running = run;
    last = run;
    void hasProposal(true);
  }

  function leave(run: ProposalRun): Promise<void> {
    run.controller.abort();
    return preview.hide();
  }

  async function present(run: ProposalRun): Promise<void> {
    if (run !== running) return;
    run.shown = true;
    const { document, label } = run.target;
    const title = l10n.t('{0}: proposal by {1}', label, run.facts.by?.deploymentId ?? 'Conduit');
    await preview.show(document, proposedView(run), title);
  }

  async function end(run: ProposalRun): Promise<void> {
    if (run !== running) return;
    running = undefined;
    const left = leave(run);
    await hasProposal(false);
    await left;
  }

  return {
    get running() {
      return running;
    },
    get last() {
      return last;
    },
    start,
    draw: (run) => {
      if (run !== running) return;
      if (run.shown) preview.update(proposedView(run));
      else void present(run);
    },
    present,
    end,
    exchange: async (run, next) => {
      kept = run;
      try {
        await next();
      } finally {
        const mayComeBack = kept === run && !run.proposal.overtaken;
        kept = undefined;
        if (mayComeBack && running === undefined) {
          start(run);
          await present(run);
        }
      }
    },
    dispose: () => {
      kept = undefined;
      running?.controller.abort();
      following.dispose();
      preview.dispose();
    },
  };
}
