import * as l10n from '@vscode/l10n';
/** Longer than any answer's event; a server that sends more without a line break isn't streaming. */
const longestLineBytes = 64 * 1024 * 1024;
const lineFeed = 0x0a;

/**
 * Passes bytes on in whole lines. The SDKs join what they have with each piece that arrives and search it from the
 * start: a line of megabytes in small pieces would block the editor's extensions for seconds. Errors where a line
 * is longer than 64 MiB.
 */
export function wholeLines(): TransformStream<Uint8Array, Uint8Array> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  return new TransformStream({
    transform: (piece, controller) => {
      const end = piece.lastIndexOf(lineFeed) + 1;
      if (end > 0) {
        controller.enqueue(Buffer.concat([...held, piece.subarray(0, end)]));
        held = [];
        heldBytes = 0;
      }
      const rest = piece.subarray(end);
      if (rest.length === 0) return;
      held.push(rest);
      heldBytes += rest.length;
      if (heldBytes > longestLineBytes)
        controller.error(new Error(l10n.t('A line of the stream has no end.')));
    },
    flush: (controller) => {
      if (heldBytes > 0) controller.enqueue(Buffer.concat(held));
    },
  });
}
