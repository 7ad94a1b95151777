import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { WorkspaceRequest } from '../../config/workspace/workspace-rules';
import { choose, notify } from '../notify';
import { requestText } from './workspace-request-text';

/** Whether this workspace's conduit.yaml may do more than choose among the user's pools: asked, and remembered. */
export interface WorkspaceConsent {
  /** The fingerprint of what was allowed; undefined: nothing. */
  grant(): string | undefined;
  /** Tells once of a request that was neither allowed nor turned down. */
  offer(request: WorkspaceRequest | undefined): void;
  /** `Conduit: Review Workspace Configuration`: what would go where, to be allowed or not, or taken back. */
  review(request: WorkspaceRequest | undefined, file: vscode.Uri | undefined): Promise<void>;
}

export interface WorkspaceConsentParts {
  /** The workspace's own. */
  readonly memory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly onChanged: () => void;
}

const grantKey = 'conduit.workspace.allowed';
const refusalKey = 'conduit.workspace.refused';

export function createWorkspaceConsent({ memory, log, onChanged }: WorkspaceConsentParts): WorkspaceConsent {
  let told: string | undefined;
  const grant = (): string | undefined => memory.get<string>(grantKey);

  async function remember(allowed: string | undefined, refused: string | undefined): Promise<void> {
    await memory.update(grantKey, allowed);
    await memory.update(refusalKey, refused);
    onChanged();
  }

  return {
    grant,
    offer: (request) => {
      if (request === undefined) {
        told = undefined;
        return;
      }
      const { fingerprint } = request;
      if ([grant(), memory.get<string>(refusalKey), told].includes(fingerprint)) return;
      told = fingerprint;
      log.warn('The workspace’s conduit.yaml asks for more than a choice: nothing of it is applied.');
      const message = [
        l10n.t('This workspace’s conduit.yaml asks for more than a choice among your pools and presets.'),
        ...(grant() === undefined ? [] : [l10n.t('It is not what you allowed before.')]),
        l10n.t('Nothing of it is applied.'),
      ];
      notify('warning', message.join(' '), [
        {
          label: l10n.t('Review'),
          run: () => vscode.commands.executeCommand('conduit.reviewWorkspaceConfiguration'),
        },
      ]);
    },
    review: async (request, file) => {
      if (!vscode.workspace.isTrusted) {
        notify('info', l10n.t('This workspace is not trusted: its conduit.yaml is not read at all.'));
        return;
      }
      if (request === undefined) {
        const text = l10n.t(
          'Nothing in this workspace asks for more than a choice among your own pools and presets.',
        );
        notify('info', text);
        return;
      }
      const allowed = grant() === request.fingerprint;
      const { title, detail, complete } = requestText(request, allowed);
      const yes = allowed ? l10n.t('Keep Allowing') : l10n.t('Allow for This Workspace');
      const no = allowed ? l10n.t('Take It Back') : l10n.t('Don’t Allow');
      const open = l10n.t('Open File');
      // The first is what Enter chooses.
      const chosen = await choose(
        title,
        detail,
        allowed ? [yes, no, open] : complete ? [no, yes, open] : [no, open],
      );
      if (chosen === yes && !allowed) await remember(request.fingerprint, undefined);
      if (chosen === no) await remember(undefined, request.fingerprint);
      if (chosen === open && file !== undefined) await vscode.window.showTextDocument(file);
    },
  };
}
