import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readBlock } from '../../text/edits/read-edit';
import { isPreview, previewedFile } from '../attachments/previewed-file';
import { previewScheme } from '../command-table';
import { doubtTexts } from '../edits/doubt-texts';
import { agreeToDoubts } from '../edits/edit-notices';
import { editPlaceOf } from '../edits/edit-place-of';
import { closeDiffs, diffsAmong, isSameUri } from '../diff-tabs';
import { notify } from '../notify';
import { linesOf, withText } from '../whole-lines';
import { languageIdOf } from '../../text/code-language';

/** What can be done with a code block of an answer beside copying it. */
export interface CodeActions extends vscode.Disposable {
  /**
   * Shows what the code would make of the open file, or of its selected lines, and applies it where the user agrees;
   * `onApplied` is called when it was.
   */
  apply(code: string, onApplied: () => Promise<void>): Promise<void>;
  /** Agrees to the diff that is in front. */
  acceptShown(): Promise<void>;
  /** Closes the diff that is in front: nothing is changed. */
  discardShown(): Promise<void>;
  /** Opens the code as a file that isn't saved yet; `language` is what stands at its fence. */
  newFile(code: string, language: string): Promise<void>;
}

/** A file with the code of an answer, on the right of its diff. */
interface Preview {
  readonly uri: vscode.Uri;
  readonly file: vscode.Uri;
  /** The whole file as it would be. */
  readonly text: string;
  /** The lines that the code takes the place of, and what stood there. */
  readonly range: vscode.Range;
  readonly replaced: string;
  readonly accept: (preview: Preview) => Promise<void>;
}

/** Where code goes: whole lines of a document. */
interface Place {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
}

export function createCodeActions(): CodeActions {
  /** The latest of each file. */
  const previews = new Map<string, Preview>();
  let number = 0;
  const previewOf = (uri: vscode.Uri): Preview | undefined =>
    [...previews.values()].find((preview) => isSameUri(preview.uri, uri));
  const isLatest = (preview: Preview): boolean =>
    [undefined, preview].includes(previews.get(preview.file.toString()));

  function forget(uri: vscode.Uri): void {
    const preview = previewOf(uri);
    if (preview !== undefined) previews.delete(preview.file.toString());
  }

  const provider = vscode.workspace.registerTextDocumentContentProvider(previewScheme, {
    provideTextDocumentContent: (uri) => previewOf(uri)?.text ?? '',
  });

  // A diff that is closed with its tab was discarded too.
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => forget(uri));

  async function show({ document, range }: Place, code: string, accept: Preview['accept']): Promise<Preview> {
    number += 1;
    const path = document.uri.path.startsWith('/') ? document.uri.path : `/${document.uri.path}`;
    const uri = vscode.Uri.from({ scheme: previewScheme, path, query: String(number) });
    const text = withText(document, range, code);
    const preview = { uri, file: document.uri, text, range, replaced: document.getText(range), accept };
    previews.set(document.uri.toString(), preview);
    const proposed = await vscode.workspace.openTextDocument(uri);
    if (proposed.languageId !== document.languageId) {
      await vscode.languages.setTextDocumentLanguage(proposed, document.languageId);
      // To the editor's listeners that was a closing.
      if (isLatest(preview)) previews.set(document.uri.toString(), preview);
    }
    const title = l10n.t('{0}: with the code of the answer', nameOf(document));
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, title, { preview: false });
    // There is one diff of a file: what was asked to be shown last.
    const latest = previews.get(document.uri.toString()) ?? preview;
    await closeDiffs(
      ({ original, modified }) =>
        modified.scheme === previewScheme &&
        isSameUri(original, document.uri) &&
        !isSameUri(modified, latest.uri),
    );
    return preview;
  }

  async function close({ uri }: Preview): Promise<void> {
    forget(uri);
    await closeDiffs(({ modified }) => isSameUri(modified, uri));
  }

  async function newFile(code: string, language: string): Promise<void> {
    const known = await vscode.languages.getLanguages();
    const document = await vscode.workspace.openTextDocument({
      language: languageIdOf(language, known),
      content: code,
    });
    await vscode.window.showTextDocument(document);
  }

  /** A preview stands for its file, and the latest one of a file for the lines that it changes. */
  async function place(): Promise<Place | undefined> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    const editor = activeTextEditor ?? visibleTextEditors[0];
    if (editor === undefined) return undefined;
    const { document: shown, selection } = editor;
    if (!isPreview(shown.uri)) return { document: shown, range: linesOf(shown, selection) };
    const file = previewedFile(shown.uri);
    if (file === undefined) return undefined;
    const document = await vscode.workspace.openTextDocument(file);
    const preview = previewOf(shown.uri);
    if (preview !== undefined && document.getText(preview.range) === preview.replaced)
      return { document, range: preview.range };
    const beside = visibleTextEditors.find((each) => isSameUri(each.document.uri, file));
    return { document, range: linesOf(document, beside?.selection) };
  }

  async function apply(code: string, onApplied: () => Promise<void>): Promise<void> {
    const to = await place();
    if (to === undefined) {
      notify('info', l10n.t('No file is open to apply the code to: it was opened as a new one.'));
      await newFile(code, '');
      return onApplied();
    }
    const { document: shown, range } = to;
    const before = shown.getText();
    const { text: read, doubts } = readBlock(code, editPlaceOf(shown, range));
    if (read === undefined) {
      const nothing = l10n.t('The code can’t be applied to {0}. Nothing was changed.', nameOf(shown));
      notify('warning', `${nothing} ${doubtTexts(doubts)}`.trimEnd());
      return;
    }
    const text = read;
    const preview = await show(to, text, agreeAndAccept);

    async function agreeAndAccept(preview: Preview): Promise<void> {
      if (doubts.length === 0 || (await agreeToDoubts(nameOf(shown), doubts))) await accept(preview);
    }

    async function accept(preview: Preview): Promise<void> {
      // The diff shows other code by now.
      if (!isLatest(preview)) return apply(code, onApplied);
      // It may have been closed since, and opened again as it is now.
      const document = await vscode.workspace.openTextDocument(preview.file);
      if (document.getText() !== before) {
        await close(preview);
        notify('warning', l10n.t('{0} changed meanwhile: the code was not applied.', nameOf(document)), [
          { label: l10n.t('Show Again'), run: () => showAgain(document) },
        ]);
        return;
      }
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, range, text);
      const done = await vscode.workspace.applyEdit(edit);
      // At once: whoever looks at what changes in files is to know where it comes from.
      const told = done ? onApplied() : undefined;
      await close(preview);
      await vscode.window.showTextDocument(document);
      await told;
      if (!done)
        notify('warning', l10n.t('{0} can’t be changed: the code was not applied.', nameOf(document)));
    }

    async function showAgain(document: vscode.TextDocument): Promise<void> {
      await vscode.window.showTextDocument(document);
      await apply(code, onApplied);
    }

    const asked = l10n.t('Apply the code to {0}, as the diff shows?', nameOf(shown));
    const discard = { label: l10n.t('Discard'), run: () => close(preview) };
    const applied = { label: l10n.t('Apply'), run: () => accept(preview) };
    if (doubts.length === 0) notify('info', asked, [applied, discard]);
    else notify('warning', `${asked} ${doubtTexts(doubts)}`, [discard, applied]);
  }

  /** The diff that is in front, whichever of its sides has the focus. */
  function previewInFront(): Preview | undefined {
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    const [diff] = activeTab === undefined ? [] : diffsAmong([activeTab]);
    return diff && previewOf(diff.modified);
  }

  return {
    apply,
    acceptShown: async () => {
      const preview = previewInFront();
      if (preview !== undefined) await preview.accept(preview);
    },
    discardShown: async () => {
      const preview = previewInFront();
      if (preview !== undefined) await close(preview);
    },
    newFile,
    dispose: () => void vscode.Disposable.from(provider, closed).dispose(),
  };
}

function nameOf(document: vscode.TextDocument): string {
  return document.uri.path.split('/').at(-1) ?? l10n.t('the file');
}
