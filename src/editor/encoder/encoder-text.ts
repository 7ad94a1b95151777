/** Why a model could not be fetched. */
export type DownloadReason =
  'offline' | 'not-found' | 'checksum' | 'cancelled' | 'timeout' | 'disk' | 'refused';

/** What happened to a download and what follows from it; undefined where the user wanted it so. */
export function downloadFailureText(
  reason: DownloadReason,
  detail: string,
  { model, host }: { readonly model: string; readonly host: string },
): string | undefined {
  const happened = {
    offline: `${host} was not reached (${detail})`,
    'not-found': `${host} has no public model ${model} with quantised ONNX weights (${detail})`,
    checksum: `what ${host} sent is not the model that was announced, and was thrown away (${detail})`,
    timeout: `nothing more came from ${host}: a firewall may hold it back`,
    disk: `its files can't be written (${detail})`,
    refused: `${host} does not give it out (${detail})`,
    cancelled: undefined,
  }[reason];
  if (happened === undefined) return undefined;
  return `The sentence encoder was not downloaded: ${happened}. Prompts are described without it.`;
}

/** What the download needs to be agreed to. */
export function consentText(model: string, host: string, bytes: number | undefined): string {
  const size = bytes === undefined ? '' : `${megabytes(bytes)} MB `;
  return (
    `Conduit can describe prompts with ${model} (${size}from ${host}, kept on this machine; ` +
    'prompts stay local).'
  );
}

/** "7 of 24 MB", or "7 MB" where the end isn't known yet. */
export function progressText(receivedBytes: number, totalBytes: number | undefined): string {
  const received = megabytes(receivedBytes);
  return totalBytes === undefined ? `${received} MB` : `${received} of ${megabytes(totalBytes)} MB`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0);
}
