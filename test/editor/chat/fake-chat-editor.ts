import type { FromChat, ToChat } from '../../../src/webview/protocol/chat';
import { toChatSchema } from '../../../src/webview/protocol/chat';
import { EventEmitter } from '../fake-vscode';

/**
 * What unit tests of the chat view have in the place of the editor: its quick picks, its commands, its active editor,
 * and the page of the view. A test fills and reads them, and `forget` empties them.
 */
export * from '../fake-vscode';

export interface FakeItem {
  readonly label: string;
  readonly description?: string;
}

export class FakeQuickPick {
  title = '';
  placeholder = '';
  value = '';
  busy = false;
  canSelectMany = false;
  items: readonly FakeItem[] = [];
  selectedItems: readonly FakeItem[] = [];
  activeItems: readonly FakeItem[] = [];
  private readonly accepted = new EventEmitter<void>();
  private readonly changed = new EventEmitter<string>();
  private readonly hidden = new EventEmitter<void>();
  readonly onDidAccept = this.accepted.event;
  readonly onDidChangeValue = this.changed.event;
  readonly onDidHide = this.hidden.event;
  readonly onDidTriggerItemButton = new EventEmitter<unknown>().event;

  show(): void {
    picks.push(this);
    happened.push('list');
  }

  hide(): void {
    this.hidden.fire();
  }

  dispose(): void {
    this.hidden.dispose();
  }

  type(value: string): void {
    this.value = value;
    this.changed.fire(value);
  }

  /** Enter, with this row chosen where the list is of one choice. */
  accept(item?: FakeItem): void {
    if (item !== undefined) this.selectedItems = [item];
    this.accepted.fire();
  }
}

/** Lists and what brings the focus to the page, in order. */
export const happened: string[] = [];
export const picks: FakeQuickPick[] = [];
/** What the page was told. */
export const posted: ToChat[] = [];
/** What was said in notifications. */
export const told: string[] = [];

/** What the user does; a test sets it. */
export const user: {
  /** The row that they choose of a list without events; undefined: Escape. */
  picks: (items: readonly FakeItem[]) => FakeItem | undefined;
  /** Whether they agree in a dialogue; the dialogues are in `told`. */
  agrees: boolean;
  editor: unknown;
} = { picks: () => undefined, agrees: true, editor: undefined };

/** Files that `findFiles` finds, and those with an open tab. */
export const files: { all: readonly Uri[]; open: readonly Uri[] } = { all: [], open: [] };

let fromPage: ((message: FromChat) => void) | undefined;

export function forget(): void {
  for (const list of [happened, picks, posted, told]) list.length = 0;
  Object.assign(user, { picks: () => undefined, agrees: true, editor: undefined });
  Object.assign(files, { all: [], open: [] });
  workspace.textDocuments = [];
}

/** The page says something. */
export function say(message: FromChat): void {
  fromPage?.(message);
}

export class Uri {
  constructor(readonly path: string) {}

  readonly scheme = 'file';

  toString(): string {
    return `file://${this.path}`;
  }
}

export class TabInputText {
  constructor(readonly uri: Uri) {}
}

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export const QuickPickItemKind = { Default: 0, Separator: -1 } as const;
export const FileType = { Directory: 2 } as const;

/** An open file with lines of it selected; the whole text where `selected` is it. */
export function editorWith(path: string, text: string, selected = ''): unknown {
  const at = { line: 0, character: 0 };
  const document = {
    uri: new Uri(path),
    version: 1,
    languageId: 'typescript',
    getText: (range?: unknown) => (range === undefined ? text : selected),
  };
  workspace.textDocuments = [...workspace.textDocuments.filter(({ uri }) => uri.path !== path), document];
  return { document, selection: { isEmpty: selected === '', start: at, end: at } };
}

const never = () => ({ dispose: () => undefined });

export const languages = { getDiagnostics: () => [], onDidChangeDiagnostics: never };

export const workspace = {
  textDocuments: [] as { readonly uri: Uri }[],
  asRelativePath: ({ path }: Uri) => path.slice(1),
  findFiles: () => Promise.resolve(files.all),
};

export const commands = {
  executeCommand: (command: string) => {
    if (command === 'conduit.chat.focus') happened.push('reveal');
    return Promise.resolve();
  },
};

const view = {
  description: '',
  visible: true,
  webview: {
    options: {},
    html: '',
    onDidReceiveMessage: (receive: (message: FromChat) => void) => {
      fromPage = receive;
    },
    postMessage: (raw: unknown) => {
      const message = toChatSchema.parse(raw);
      posted.push(message);
      if (message.type === 'focus') happened.push('focus');
    },
  },
  onDidDispose: never,
  onDidChangeVisibility: never,
};

function says(message: string): Promise<undefined> {
  told.push(message);
  return Promise.resolve(undefined);
}

export const window = {
  get activeTextEditor() {
    return user.editor;
  },
  get tabGroups() {
    return { all: [{ tabs: files.open.map((uri) => ({ input: new TabInputText(uri) })) }] };
  },
  onDidChangeTextEditorSelection: never,
  onDidChangeActiveTextEditor: never,
  createQuickPick: () => new FakeQuickPick(),
  showQuickPick: (items: readonly FakeItem[]) => {
    happened.push('list');
    return Promise.resolve(user.picks(items));
  },
  showInformationMessage: says,
  showErrorMessage: says,
  /** Of its buttons the last one agrees. */
  showWarningMessage: (message: string, _options: unknown, ...labels: readonly string[]) => {
    told.push(message);
    return Promise.resolve(user.agrees ? labels.at(-1) : undefined);
  },
  registerWebviewViewProvider: (
    _id: string,
    { resolveWebviewView }: { resolveWebviewView: (resolved: typeof view) => void },
  ) => {
    resolveWebviewView(view);
    return never();
  },
};
