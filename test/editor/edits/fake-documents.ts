/** What unit tests of inline edits have in the place of the editor: open documents that can be typed in. */

import { Disposable, EventEmitter } from '../fake-vscode';

export { Disposable, EventEmitter };
export const EndOfLine = { LF: 1, CRLF: 2 } as const;
export const OverviewRulerLane = { Left: 1 } as const;
export class ThemeColor {
  constructor(readonly id: string) {}
}
export class TabInputTextDiff {
  constructor(
    readonly original: Uri,
    readonly modified: Uri,
  ) {}
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query: string,
  ) {}

  static parse(text: string): Uri {
    const [, scheme = '', path = ''] = /^(\w+):(.*)$/.exec(text) ?? [];
    return new Uri(scheme, path, '');
  }

  static from({ scheme, path, query }: { scheme: string; path: string; query: string }): Uri {
    return new Uri(scheme, path, query);
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `${this.scheme}:${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position | number, end: Position | number, endLine?: number, endCharacter?: number) {
    this.start = typeof start === 'number' ? new Position(start, Number(end)) : start;
    this.end = typeof end === 'number' ? new Position(endLine ?? 0, endCharacter ?? 0) : end;
  }
}

/** A part of a text that another takes the place of. */
interface Part {
  readonly start: number;
  readonly removed: number;
  readonly text: string;
}

export class WorkspaceEdit {
  readonly replaced: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.replaced.push({ uri, range, text });
  }
}

export class FakeDocument {
  readonly uri: Uri;
  isDirty = false;

  constructor(
    uri: string,
    private text: string,
    readonly languageId = 'typescript',
    readonly eol: number = EndOfLine.LF,
  ) {
    this.uri = Uri.parse(uri);
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  getText(range?: Range): string {
    return range === undefined
      ? this.text
      : this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end));
  }

  lineAt(line: number): { readonly text: string; readonly range: Range } {
    const text = this.text.split(/\r?\n/)[line] ?? '';
    return { text, range: new Range(line, 0, line, text.length) };
  }

  offsetAt({ line, character }: Position): number {
    const lines = this.text.split('\n');
    const within = Math.min(character, lines[line]?.length ?? 0);
    return lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, within);
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before.at(-1)?.length ?? 0);
  }

  /** The user, or the editor, replaces a part. */
  replace(start: number, removed: number, text: string): void {
    this.replaceAll([{ start, removed, text }]);
  }

  /** Replaces several parts at once, as several cursors do; all offsets are those of before. */
  replaceAll(parts: readonly Part[]): void {
    const lastFirst = parts.toSorted((one, other) => other.start - one.start);
    const contentChanges = lastFirst.map(({ start, removed, text }) => ({
      range: new Range(this.positionAt(start), this.positionAt(start + removed)),
      rangeOffset: start,
      rangeLength: removed,
      text,
    }));
    for (const { start, removed, text } of lastFirst)
      this.text = this.text.slice(0, start) + text + this.text.slice(start + removed);
    this.isDirty = true;
    events.changed.fire({ document: this, contentChanges });
  }

  open(): this {
    workspace.textDocuments.push(this);
    events.opened.fire(this);
    return this;
  }

  close(): void {
    workspace.textDocuments.splice(workspace.textDocuments.indexOf(this), 1);
    events.closed.fire(this);
  }

  save(): void {
    this.isDirty = false;
    events.saved.fire(this);
  }
}

export const events = {
  changed: new EventEmitter<unknown>(),
  opened: new EventEmitter<FakeDocument>(),
  closed: new EventEmitter<FakeDocument>(),
  saved: new EventEmitter<FakeDocument>(),
};

const never = new EventEmitter<never>().event;

export const workspace = {
  textDocuments: [] as FakeDocument[],
  onDidChangeTextDocument: events.changed.event,
  onDidOpenTextDocument: events.opened.event,
  onDidCloseTextDocument: events.closed.event,
  onDidSaveTextDocument: events.saved.event,
  /** As the editor does it: of an untitled document that isn't open it makes a new one. */
  openTextDocument: (uri: Uri): Promise<FakeDocument> => {
    const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    return Promise.resolve(open ?? new FakeDocument(uri.toString(), '').open());
  },
  /** All of it is in one document. */
  applyEdit: async ({ replaced }: WorkspaceEdit): Promise<boolean> => {
    const [first] = replaced;
    if (first === undefined) return true;
    const document = await workspace.openTextDocument(first.uri);
    const parts = replaced.map(({ range: { start, end }, text }) => {
      const offset = document.offsetAt(start);
      return { start: offset, removed: document.offsetAt(end) - offset, text };
    });
    document.replaceAll(parts);
    return true;
  },
};

/** Texts and links one after the other. */
export class MarkdownString {
  value = '';

  appendText(text: string): void {
    this.value += text;
  }

  appendMarkdown(text: string): void {
    this.value += text;
  }
}

const progress = { report: () => undefined };
const token = { onCancellationRequested: () => undefined };

export const window = {
  withProgress: (_options: unknown, run: (shown: typeof progress, stop: typeof token) => unknown) =>
    run(progress, token),
  visibleTextEditors: [],
  activeTextEditor: undefined,
  createTextEditorDecorationType: () => new Disposable(() => undefined),
  onDidChangeVisibleTextEditors: never,
  onDidChangeActiveTextEditor: never,
};

export const ProgressLocation = {};
export const commands = { executeCommand: (): Promise<void> => Promise.resolve() };
export const languages = { getDiagnostics: () => [] };
export const DiagnosticSeverity = { Warning: 1 } as const;
