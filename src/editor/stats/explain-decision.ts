import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import { explanation } from '../shown/answer-view';
import { notify } from '../notify';

/** "Why this model?" for surfaces that can't unfold it in place: the reasons and all candidates in a quick pick. */
export async function explainDecision(conduit: Conduit, decisionId: string): Promise<void> {
  const decision = await conduit.decision(decisionId);
  if (decision === undefined) {
    notify('warning', 'This decision is no longer in the ledger, so its reasons are not known.');
    return;
  }
  const { reasons, candidates, excluded } = explanation(decision);
  const separator = (label: string): vscode.QuickPickItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  await vscode.window.showQuickPick(
    [
      separator('Reasons'),
      ...reasons.map((label) => ({ label })),
      separator('Models, best first'),
      ...candidates.map((candidate) => ({
        label: `${candidate.chosen ? '$(check) ' : ''}${candidate.model}`,
        description: `utility ${candidate.utility.toFixed(3)}, probability ${candidate.probability.toFixed(4)}`,
        detail:
          `expected quality ${candidate.quality01.toFixed(2)} + bonus ${candidate.bonus.toFixed(2)}, ` +
          `cost ${candidate.cost}, time ${candidate.latency}`,
      })),
      ...excluded.map(({ model, reason }) => ({
        label: `$(circle-slash) ${model}`,
        description: `left out: ${reason}`,
      })),
    ],
    { title: 'Why this model?', placeHolder: 'Escape closes', matchOnDescription: true },
  );
}
