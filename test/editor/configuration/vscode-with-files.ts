/** An editor with files in memory, whose documents may be changed and not saved: what `vi.mock('vscode', …)` takes in. */

export const files = new Map<string, string>();
/** Of documents that were changed and not saved. */
export const unsaved = new Map<string, string>();
/** What the user was told. */
export const told: string[] = [];

export function startAnew(): void {
  files.clear();
  unsaved.clear();
  told.length = 0;
}

interface Path {
  readonly path: string;
}

export class FileSystemError extends Error {
  readonly code = 'FileNotFound';
}

export class WorkspaceEdit {
  readonly replaced: (readonly [path: string, text: string])[] = [];
  replace({ path }: Path, _range: unknown, text: string): void {
    this.replaced.push([path, text]);
  }
}

/** The whole text: nobody looks at it. */
export class Range {
  readonly start = 0;
}

export const Uri = {
  file: (path: string) => ({ path }),
  joinPath: (_base: unknown, name: string) => ({ path: `/${name}` }),
};

export const workspace = {
  getConfiguration: () => ({ get: () => '' }),
  fs: {
    readFile: ({ path }: Path) => {
      const text = files.get(path);
      return text === undefined ? Promise.reject(new FileSystemError()) : Promise.resolve(Buffer.from(text));
    },
    writeFile: ({ path }: Path, bytes: Uint8Array) =>
      Promise.resolve(void files.set(path, Buffer.from(bytes).toString())),
  },
  openTextDocument: ({ path }: Path) =>
    Promise.resolve({
      uri: { path, toString: () => path },
      get isDirty() {
        return unsaved.has(path);
      },
      getText: () => unsaved.get(path) ?? files.get(path) ?? '',
      positionAt: () => undefined,
      save: () => {
        files.set(path, unsaved.get(path) ?? files.get(path) ?? '');
        unsaved.delete(path);
        return Promise.resolve(true);
      },
    }),
  applyEdit: ({ replaced }: WorkspaceEdit) => {
    for (const [path, text] of replaced) unsaved.set(path, text);
    return Promise.resolve(true);
  },
};

const tell = (text: string) => Promise.resolve(void told.push(text));

export const window = {
  setStatusBarMessage: (text: string) => told.push(text),
  showInformationMessage: tell,
  showWarningMessage: tell,
  showErrorMessage: tell,
};
