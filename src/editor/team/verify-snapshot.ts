import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { TeamVerdict } from '../../core/terms/team';
import { notify } from '../notify';
import { errorText } from '../shown/error-text';

/** `Conduit: Verify Team Snapshot`: folds the team's record in the background, until the user stops it. */
export async function verifyTeamSnapshot({ verifyTeam }: Pick<Conduit, 'verifyTeam'>): Promise<void> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Conduit: folding the team’s record'),
    cancellable: true,
  };
  try {
    const verdict = await vscode.window.withProgress(options, async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      let shown = 0;
      const onShare01 = (share: number): void => {
        const percent = Math.floor(share * 100);
        if (percent > shown) progress.report({ increment: percent - shown, message: `${String(percent)} %` });
        shown = Math.max(shown, percent);
      };
      return verifyTeam({ onShare01, signal: stop.signal });
    });
    tell(verdict);
  } catch (error) {
    notify('error', l10n.t('The team’s snapshot was not verified: {0}', errorText(error)));
  }
}

function tell(verdict: TeamVerdict): void {
  switch (verdict.kind) {
    case 'stopped':
      return;
    case 'none':
      return notify(
        'info',
        l10n.t('There is no snapshot of the team’s record to verify: it is folded from its beginning.'),
      );
    case 'same':
      return notify(
        'info',
        l10n.t('The team’s snapshot up to entry {0} is what its record comes to.', String(verdict.sequence)),
      );
    case 'different':
      return notify(
        'warning',
        l10n.t(
          'The team’s snapshot up to entry {0} is NOT what its record comes to. This window learns from the record alone; whoever keeps the database should delete the snapshots (docs/team.md).',
          String(verdict.sequence),
        ),
      );
  }
}
