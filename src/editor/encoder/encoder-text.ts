import * as l10n from '@vscode/l10n';
import type { DownloadReason } from '../../embedding/download-failure';

/** What happened to a download and what follows from it; undefined where the user wanted it so. */
export function downloadFailureText(
  reason: DownloadReason,
  detail: string,
  { model, host }: { readonly model: string; readonly host: string },
): string | undefined {
  const happened = {
    offline: l10n.t('{0} was not reached ({1})', host, detail),
    'not-found': l10n.t('{0} has no public model {1} with quantised ONNX weights ({2})', host, model, detail),
    checksum: l10n.t(
      'what {0} sent is not the model that was announced, and was thrown away ({1})',
      host,
      detail,
    ),
    timeout: l10n.t('nothing more came from {0}: a firewall may hold it back', host),
    disk: l10n.t('its files can’t be written ({0})', detail),
    refused: l10n.t('{0} does not give it out ({1})', host, detail),
    cancelled: undefined,
  }[reason];
  if (happened === undefined) return undefined;
  return l10n.t('The sentence encoder was not downloaded: {0}. Prompts are described without it.', happened);
}

/** What the download needs to be agreed to. */
export function consentText(model: string, host: string, bytes: number | undefined): string {
  return bytes === undefined
    ? l10n.t(
        'Conduit can describe prompts with {0} (from {1}, kept on this machine; prompts stay local).',
        model,
        host,
      )
    : l10n.t(
        'Conduit can describe prompts with {0} ({1} MB from {2}, kept on this machine; prompts stay local).',
        model,
        megabytes(bytes),
        host,
      );
}

/** "7 of 24 MB", or "7 MB" where the end isn't known yet. */
export function progressText(receivedBytes: number, totalBytes: number | undefined): string {
  const received = megabytes(receivedBytes);
  return totalBytes === undefined
    ? `${received} MB`
    : l10n.t('{0} of {1} MB', received, megabytes(totalBytes));
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0);
}
