import { editorDecode } from './editor-decode';

/**
 * What unit tests have in the place of the editor, by `vi.mock('vscode', () => import('…/fake-vscode'))`: the parts of
 * its language model API, in the shapes that the editor documents. What isn't here fails loudly when it is used.
 */

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

/** A proposal of the API that today's editors have for all extensions. */
export class LanguageModelThinkingPart {
  constructor(readonly value: string | readonly string[]) {}
}

export class LanguageModelPromptTsxPart {
  constructor(readonly value: unknown) {}
}

export class LanguageModelToolCallPart {
  constructor(
    readonly callId: string,
    readonly name: string,
    readonly input: object,
  ) {}
}

export class LanguageModelToolResultPart {
  constructor(
    readonly callId: string,
    readonly content: readonly unknown[],
  ) {}
}

export class LanguageModelDataPart {
  constructor(
    readonly data: Uint8Array,
    readonly mimeType: string,
  ) {}

  static image(data: Uint8Array, mimeType: string): LanguageModelDataPart {
    return new LanguageModelDataPart(data, mimeType);
  }

  static text(value: string, mimeType = 'text/plain'): LanguageModelDataPart {
    return new LanguageModelDataPart(Buffer.from(value), mimeType);
  }

  static json(value: unknown, mimeType = 'text/x-json'): LanguageModelDataPart {
    return new LanguageModelDataPart(Buffer.from(JSON.stringify(value)), mimeType);
  }
}

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 } as const;
export const LanguageModelChatMessageRole = { User: 1, Assistant: 2 } as const;
export const LanguageModelChatToolMode = { Auto: 1, Required: 2 } as const;

export class LanguageModelChatMessage {
  constructor(
    readonly role: number,
    readonly content: readonly unknown[],
  ) {}

  static User(content: readonly unknown[]): LanguageModelChatMessage {
    return new LanguageModelChatMessage(LanguageModelChatMessageRole.User, content);
  }

  static Assistant(content: readonly unknown[]): LanguageModelChatMessage {
    return new LanguageModelChatMessage(LanguageModelChatMessageRole.Assistant, content);
  }
}

export class LanguageModelError extends Error {
  private constructor(
    message: string | undefined,
    readonly code: string,
  ) {
    super(message);
    this.name = 'LanguageModelError';
  }

  static NotFound(message?: string): LanguageModelError {
    return new LanguageModelError(message, 'NotFound');
  }

  static NoPermissions(message?: string): LanguageModelError {
    return new LanguageModelError(message, 'NoPermissions');
  }

  static Blocked(message?: string): LanguageModelError {
    return new LanguageModelError(message, 'Blocked');
  }
}

export class Disposable {
  constructor(private readonly release: () => void) {}

  static from(...disposables: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const each of disposables) each.dispose();
    });
  }

  dispose(): void {
    this.release();
  }
}

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export class CancellationTokenSource {
  private readonly emitter = new EventEmitter<void>();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };

  cancel(): void {
    if (this.token.isCancellationRequested) return;
    this.token.isCancellationRequested = true;
    this.emitter.fire();
  }

  dispose(): void {
    this.emitter.dispose();
  }
}

/** A test says what the editor does. */
export const lm: {
  selectChatModels: (selector: unknown) => Promise<unknown>;
  registerLanguageModelChatProvider: (vendor: string, provider: unknown) => Disposable;
} = {
  selectChatModels: () => Promise.reject(new Error('selectChatModels was not expected.')),
  registerLanguageModelChatProvider: () => {
    throw new Error('registerLanguageModelChatProvider was not expected.');
  },
};

/** What the fake's file system holds, by path. A test fills it. */
export const filesInEditor = new Map<string, Uint8Array>();

function fileAt({ path }: { readonly path: string }): Uint8Array {
  const file = filesInEditor.get(path);
  if (file === undefined) throw new Error(`${path} is not there.`);
  return file;
}

/** What the user has set as `files.encoding`. A test may change it. */
export const encodingInEditor = { setting: 'utf8' };

export const workspace = {
  get textDocuments(): readonly unknown[] {
    return [];
  },
  asRelativePath: ({ path }: { readonly path: string }) => path.replace(/^\/work\/app\//, ''),
  decode: (bytes: Uint8Array, { encoding }: { readonly encoding?: string }) =>
    editorDecode(encodingInEditor.setting)(bytes, encoding),
  fs: {
    stat: async (uri: { readonly path: string }) => Promise.resolve({ size: fileAt(uri).length }),
    readFile: async (uri: { readonly path: string }) => Promise.resolve(fileAt(uri)),
  },
};
