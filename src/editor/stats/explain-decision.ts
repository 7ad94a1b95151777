import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import { explanation } from '../answers/answer-view';
import { whatWouldChange } from '../answers/what-if-text';
import { whyJson } from '../answers/why-json';
import type { Explanation } from '../../webview/protocol/chat';
import { notify } from '../notify';

type Candidate = Explanation['candidates'][number];

/** "Why this model?" for surfaces that can't unfold it in place: the reasons and all candidates in a quick pick. */
export async function explainDecision(conduit: Conduit, decisionId: string): Promise<void> {
  const decision = await conduit.decision(decisionId);
  if (decision === undefined) {
    notify('warning', l10n.t('This decision is no longer in the ledger, so its reasons are not known.'));
    return;
  }
  const { sentence, reasons, candidates, excluded } = explanation(decision);
  const changes = await whatWouldChange(conduit, decisionId);
  const separator = (label: string): vscode.QuickPickItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const copy: vscode.QuickPickItem = { label: `$(copy) ${l10n.t('Copy all of this as JSON')}` };
  const picked = await vscode.window.showQuickPick(
    [
      { label: sentence },
      separator(l10n.t('What would change it')),
      ...changes.map((label) => ({ label })),
      separator(l10n.t('Reasons')),
      ...reasons.map((label) => ({ label })),
      separator(l10n.t('Models, best first')),
      ...candidates.map((candidate) => ({
        label: `${candidate.chosen ? '$(check) ' : ''}${candidate.model}`,
        description: l10n.t(
          'utility {0}, probability {1}',
          candidate.utility.toFixed(3),
          candidate.probability.toFixed(4),
        ),
        detail: detailOf(candidate),
      })),
      ...excluded.map(({ model, reason }) => ({
        label: `$(circle-slash) ${model}`,
        description: l10n.t('left out: {0}', reason),
      })),
      separator(''),
      copy,
    ],
    { title: l10n.t('Why this model?'), placeHolder: l10n.t('Escape closes'), matchOnDescription: true },
  );
  const json = picked === copy ? await whyJson(conduit, decisionId) : undefined;
  if (json !== undefined) await vscode.env.clipboard.writeText(json);
}

function detailOf({ expected, quality01, bonus, cost, latency, risk }: Candidate): string {
  const figures = l10n.t(
    'expected quality {0} + bonus {1}, cost {2}, time {3}',
    quality01.toFixed(2),
    bonus.toFixed(2),
    cost,
    latency,
  );
  const detail = expected === undefined ? figures : l10n.t('{0}; beforehand {1}', figures, expected);
  return risk === undefined ? detail : l10n.t('{0}; likely to give no answer: {1}', detail, risk);
}
