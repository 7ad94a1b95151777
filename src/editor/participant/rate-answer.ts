import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { AnswerOfModel, RatingReason, Thumb } from '../../core/terms/observation';
import { ratingReasons } from '../../core/terms/observation';
import { nameOfReason } from '../../webview/protocol/reason-names';
import { notify } from '../notify';

/** How long the status bar says that an answer was rated. */
const shownMs = 4_000;

/** What the buttons under an answer of the native chat do. After “bad” the user may say why. */
export async function rateAnswer(
  conduit: Pick<Conduit, 'rate'>,
  { decisionId, deploymentId }: AnswerOfModel,
  thumb: Thumb,
): Promise<void> {
  await conduit.rate(decisionId, deploymentId, thumb);
  if (thumb === 'up') {
    vscode.window.setStatusBarMessage(l10n.t('Conduit: rated {0} good', deploymentId), shownMs);
    return;
  }
  const sayWhy = async (): Promise<void> => {
    const reason = await chooseReason(deploymentId);
    if (reason !== undefined) await conduit.rate(decisionId, deploymentId, thumb, reason);
  };
  notify('info', l10n.t('Rated {0} bad.', deploymentId), [{ label: l10n.t('Say Why…'), run: sayWhy }]);
}

async function chooseReason(deploymentId: string): Promise<RatingReason | undefined> {
  const items = ratingReasons.map((reason) => ({ label: nameOfReason(reason), reason }));
  const title = l10n.t('What was wrong with the answer of {0}?', deploymentId);
  return (await vscode.window.showQuickPick(items, { title }))?.reason;
}
