import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { OpenBlock } from '../../text/accepted-edit';
import { takeBack } from '../../text/accepted-edit';
import { textHash } from '../../text/survival';
import type { OffsetRange } from '../../text/tracked-range';
import { notify } from '../notify';
import type { Followed, NewEdit } from './followed-edit';
import { followed, takeIn, without } from './followed-edit';
import { hoverOf } from './author';
import type { Author } from './author';
import { textChangesOf } from './text-changes';

/** A place where a command is run: of one block of a document, or, with no offset, at the cursor. */
export interface BlockPlace {
  readonly uri: vscode.Uri;
  readonly start: number;
}

/** The edits that were accepted in this window: marked in their documents, with Keep and Undo for each block. */
export interface AcceptedEdits extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  add(uri: vscode.Uri, edit: NewEdit): void;
  /** Where a document's blocks are; the first one of each edit names who wrote it. */
  openIn(uri: vscode.Uri): readonly { readonly range: OffsetRange; readonly by: Author | undefined }[];
  keep(place?: BlockPlace): void;
  undo(place?: BlockPlace): Promise<void>;
  keepAll(): void;
  undoAll(): Promise<void>;
}

export function createAcceptedEdits(): AcceptedEdits {
  const changed = new vscode.EventEmitter<void>();
  const decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.addedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  let all: readonly Followed[] = [];
  const of = (uri: vscode.Uri): Followed[] => all.filter((each) => each.uri.toString() === uri.toString());

  function show(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { document } = editor;
      const marked = of(document.uri).flatMap(({ edit, by }) =>
        edit.blocks.map(({ range }) => ({ range: rangeOf(document, range), hoverMessage: hoverOf(by) })),
      );
      editor.setDecorations(decoration, marked);
    }
    const active = vscode.window.activeTextEditor?.document.uri;
    const open = active !== undefined && of(active).some(({ edit }) => edit.blocks.length > 0);
    void vscode.commands.executeCommand('setContext', 'conduit.hasChanges', open);
    changed.fire();
  }

  function follow(event: vscode.TextDocumentChangeEvent): void {
    if (event.contentChanges.length === 0) return;
    const { document } = event;
    const edits = of(document.uri);
    const changes = textChangesOf(event);
    for (const each of edits) {
      const { touched, back } = takeIn(each, changes, () => document.getText());
      each.watch.takenBack(back);
      if (touched && !back) each.watch.changed();
    }
    if (edits.length === 0) return;
    dropEnded();
    show();
  }

  /** Of some nothing is left to be told, nor to be kept or taken back. */
  function dropEnded(): void {
    all = all.filter(({ edit, watch }) => edit.blocks.length > 0 || !watch.isOver());
  }

  /**
   * What is done to a file while it is closed is not seen. A document without a file is no more then; another one may get
   * its name.
   */
  function closed(document: vscode.TextDocument): void {
    const { uri } = document;
    const changesItsLanguage = vscode.workspace.textDocuments.some(
      (open) => open.uri.toString() === uri.toString(),
    );
    if (changesItsLanguage) return;
    const edits = of(uri);
    if (uri.scheme === 'untitled') {
      for (const { watch } of edits) watch.gone();
      all = all.filter((each) => !edits.includes(each));
    } else if (edits.length > 0) {
      const closedAs = textHash(document.getText());
      for (const each of edits) each.closedAs = closedAs;
    }
  }

  /** Nobody knows where the blocks of a file are that was changed while it was closed. */
  function opened(document: vscode.TextDocument): void {
    const reopened = of(document.uri).filter(({ closedAs }) => closedAs !== undefined);
    if (reopened.length === 0) return;
    const now = textHash(document.getText());
    for (const each of reopened) {
      if (each.closedAs !== now) without(each, each.edit.blocks);
      each.closedAs = undefined;
    }
    dropEnded();
    show();
  }

  /** The blocks of one edit in one step, so that one undo brings them back. */
  async function takeBackAll(each: Followed, blocks: readonly OpenBlock[]): Promise<void> {
    const document = await vscode.workspace.openTextDocument(each.uri);
    const text = document.getText();
    const edit = new vscode.WorkspaceEdit();
    const taken = blocks.flatMap((block) => takeBack(block, text) ?? []);
    for (const { range, text: before } of taken) edit.replace(each.uri, rangeOf(document, range), before);
    without(each, blocks);
    if (taken.length < blocks.length) {
      notify('warning', l10n.t('Lines that are no longer what Conduit wrote were left as they are.'));
    }
    if (!(await vscode.workspace.applyEdit(edit))) {
      notify('error', l10n.t('The editor did not take the lines back. Undo does it too.'));
    }
    show();
  }

  function at(place: BlockPlace | undefined): { each: Followed; block: OpenBlock } | undefined {
    const editor = vscode.window.activeTextEditor;
    const uri = place?.uri ?? editor?.document.uri;
    const offset = place?.start ?? editor?.document.offsetAt(editor.selection.active);
    if (uri === undefined || offset === undefined) return undefined;
    for (const each of of(uri)) {
      const block = each.edit.blocks.find(
        ({ range }) => offset >= range.start && offset <= range.start + range.length,
      );
      if (block !== undefined) return { each, block };
    }
    notify(
      'info',
      l10n.t('The cursor is in none of the changed lines. Put it into one, or keep or undo all of them.'),
    );
    return undefined;
  }

  const active = (): Followed[] => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri === undefined ? [] : of(uri);
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    decoration,
    vscode.workspace.onDidChangeTextDocument(follow),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      for (const { watch } of of(uri)) watch.saved();
    }),
    vscode.workspace.onDidCloseTextDocument(closed),
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.window.onDidChangeVisibleTextEditors(show),
    vscode.window.onDidChangeActiveTextEditor(show),
  );
  return {
    onDidChange: changed.event,
    add: (uri, edit) => {
      dropEnded();
      all = [...all, followed(uri, edit)];
      show();
    },
    openIn: (uri) =>
      of(uri).flatMap(({ edit, by }) =>
        edit.blocks.map(({ range }, index) => ({ range, by: index === 0 ? by : undefined })),
      ),
    keep: (place) => {
      const found = at(place);
      if (found !== undefined) without(found.each, [found.block]);
      show();
    },
    undo: async (place) => {
      const found = at(place);
      if (found !== undefined) await takeBackAll(found.each, [found.block]);
    },
    keepAll: () => {
      for (const each of active()) without(each, each.edit.blocks);
      show();
    },
    undoAll: async () => {
      for (const each of active()) if (each.edit.blocks.length > 0) await takeBackAll(each, each.edit.blocks);
    },
    dispose: () => {
      for (const { watch } of all) watch.dispose();
      subscriptions.dispose();
    },
  };
}

function rangeOf(document: vscode.TextDocument, { start, length }: OffsetRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(start + length));
}
