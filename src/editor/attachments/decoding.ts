import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Decode, Decoding } from '../../text/file-text';

/** Decodes as the editor does where it opens this file: by the user's settings for it, and by what its bytes say. */
export function decodeAs(uri: vscode.Uri): Decode {
  return async (bytes, encoding) =>
    encoding === undefined
      ? vscode.workspace.decode(bytes, { uri })
      : vscode.workspace.decode(bytes, { encoding });
}

/** What the user should know of how a file was read: empty where nothing was guessed or lost. */
export function decodingNotice(name: string, { takenFor, lost }: Decoding): readonly string[] {
  if (takenFor !== undefined)
    return [
      l10n.t(
        '{0} is not in UTF-8, and was read as {1}. If that is wrong, set files.encoding.',
        name,
        takenFor,
      ),
    ];
  if (lost === undefined) return [];
  return [
    l10n.t(
      '{0} has bytes that are no text in its encoding: {1} of its characters were lost. If it is in another one, set files.encoding.',
      name,
      lost,
    ),
  ];
}
