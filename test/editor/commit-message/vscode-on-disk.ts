import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { editorDecode } from '../editor-decode';

/**
 * The parts of the editor that commit messages use, over real files: by `vi.mock('vscode', () => import('…'))`. What
 * isn't here fails loudly when it is used.
 */

/** What its type has of a uri, for files. */
interface FileUri {
  readonly path: string;
  readonly fsPath: string;
}

export const uriOf = (file: string): FileUri => ({ path: file, fsPath: file });

/** What the user has set as `files.encoding`. A test may change it. */
export const encodingOnDisk = { setting: 'utf8' };

export const ProgressLocation = { SourceControl: 1 } as const;

export const Uri = {
  file: uriOf,
  joinPath: (uri: FileUri, ...names: readonly string[]) => uriOf(path.join(uri.path, ...names)),
};

export const window = {
  withProgress: (_options: unknown, run: () => unknown) => run(),
};

export const commands = { executeCommand: () => Promise.resolve() };

export const workspace = {
  decode: (bytes: Uint8Array, { encoding }: { readonly encoding?: string }) =>
    editorDecode(encodingOnDisk.setting)(bytes, encoding),
  fs: {
    stat: async ({ fsPath }: FileUri) => Promise.resolve(statSync(fsPath)),
    readFile: async ({ fsPath }: FileUri) => Promise.resolve(new Uint8Array(readFileSync(fsPath))),
    readDirectory: async ({ fsPath }: FileUri) =>
      Promise.resolve(readdirSync(fsPath).map((name) => [name, 1])),
  },
};
