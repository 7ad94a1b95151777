import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileText, ReadText } from '../../text/file-text';
import { fileText, labelOfText, largestFile, shortened } from '../../text/file-text';
import { lostIn } from '../../text/encodings';
import type { Problem } from '../../text/problems-text';
import { problemsText } from '../../text/problems-text';
import type { Attachment } from '../../text/attached-text';
import { decodeAs, decodingNotice } from './decoding';
import { activeSelection, labelOf } from './selection';

/** What was read, or why it can't be attached, in a sentence. */
export type Read =
  | { readonly attachment: Attachment; /** That it isn't whole. */ readonly notice?: string }
  | { readonly refused: string };

/** Something to attach. It is read when it is attached, and again when the question goes out. */
export interface Source {
  /** Two with the same key are the same thing. */
  readonly key: string;
  readonly icon: 'file' | 'code' | 'warning';
  read(): Promise<Read>;
}

export function fileSource(uri: vscode.Uri): Source {
  return { key: uri.toString(), icon: 'file', read: () => readFile(uri) };
}

export function problemsSource(uri: vscode.Uri): Source {
  return { key: `problems ${uri.toString()}`, icon: 'warning', read: () => readProblems(uri) };
}

export function rangeSource(uri: vscode.Uri, range: vscode.Range): Source {
  const { start, end } = range;
  const key = [uri.toString(), start.line, start.character, end.line, end.character].join(' ');
  return { key, icon: 'file', read: () => readRange(uri, range) };
}

/** What is selected now, as it is now: the cursor may be elsewhere when the question goes out. */
export function selectionSource(): Source | undefined {
  const editor = vscode.window.activeTextEditor;
  const attachment = activeSelection();
  if (editor === undefined || attachment === undefined) return undefined;
  const { uri, version } = editor.document;
  const { start, end } = editor.selection;
  const place = [uri.toString(), version, start.line, start.character, end.line, end.character].join(' ');
  return { key: `selection ${place}`, icon: 'code', read: () => Promise.resolve({ attachment }) };
}

/** A text that comes from no file. */
export function textSource(name: string, text: string): Source {
  return {
    key: `text ${name} ${text}`,
    icon: 'file',
    read: () => Promise.resolve(fileRead(name, shortened(text), 'text')),
  };
}

/** What has no text that could be sent. */
export function unreadableSource(name: string): Source {
  const refused = l10n.t('{0} can’t be attached as text. Nothing of it was attached.', name);
  return { key: `unreadable ${name}`, icon: 'file', read: () => Promise.resolve({ refused }) };
}

async function readRange(uri: vscode.Uri, range: vscode.Range): Promise<Read> {
  const name = vscode.workspace.asRelativePath(uri);
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = shortened(document.getText(range));
    return fileRead(labelOf(document, range), text, document.languageId);
  } catch {
    return { refused: l10n.t('{0} can’t be read. Nothing of it was attached.', name) };
  }
}

/** As the user sees it: with what isn't saved, where it is open. */
async function readFile(uri: vscode.Uri): Promise<Read> {
  const name = vscode.workspace.asRelativePath(uri);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  // Where the editor has lost characters, and nothing is typed yet, the bytes may say more.
  if (open !== undefined && (open.isDirty || lostIn(open.getText()) === 0))
    return fileRead(name, shortened(open.getText()), open.languageId);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory)
      return { refused: l10n.t('{0} is a folder. Attach its files one by one.', name) };
    if (size > largestFile)
      return {
        refused: l10n.t('{0} is too large to attach. Select the part that matters and attach that.', name),
      };
    const file = await fileText(await vscode.workspace.fs.readFile(uri), decodeAs(uri));
    return fileRead(name, file, open?.languageId ?? name.split('.').at(-1) ?? '');
  } catch {
    return { refused: l10n.t('{0} can’t be read. Nothing of it was attached.', name) };
  }
}

function fileRead(name: string, file: FileText, languageId: string): Read {
  if (file.kind === 'unknown-encoding')
    return {
      refused: l10n.t(
        '{0} is in an encoding that the editor does not expect. Nothing of it was attached. Set files.encoding, or open it with its encoding, and attach it again.',
        name,
      ),
    };
  if (file.kind === 'binary')
    return { refused: l10n.t('{0} is not a text file. Nothing of it was attached.', name) };
  const label = labelOfText(name, file);
  const notices = [...cutNotice(name, file), ...decodingNotice(name, file)];
  return {
    attachment: { label, languageId, text: file.text },
    ...(notices.length > 0 && { notice: notices.join(' ') }),
  };
}

function cutNotice(name: string, { kind }: ReadText): readonly string[] {
  if (kind === 'text') return [];
  return [
    l10n.t(
      '{0} is long: only its beginning goes with the question. To ask about another part, select that.',
      name,
    ),
  ];
}

async function readProblems(uri: vscode.Uri): Promise<Read> {
  const name = vscode.workspace.asRelativePath(uri);
  const found = vscode.languages.getDiagnostics(uri);
  if (found.length === 0) return { refused: l10n.t('{0} has no problems. Nothing was attached.', name) };
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = problemsText(found.map((diagnostic) => problemOf(document, diagnostic)));
    return { attachment: { label: l10n.t('problems of {0}', name), languageId: 'text', text } };
  } catch {
    // A file that was deleted may still have problems.
    return { refused: l10n.t('{0} can’t be read. Nothing of it was attached.', name) };
  }
}

function problemOf(
  document: vscode.TextDocument,
  { range, severity, message, source, code }: vscode.Diagnostic,
): Problem {
  const id = typeof code === 'object' ? code.value : code;
  const line = Math.min(range.start.line, document.lineCount - 1);
  return {
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: severities[severity],
    message,
    source: [source, id].filter((part) => part !== undefined).join(' '),
    code: document.lineAt(line).text,
  };
}

const severities = ['error', 'warning', 'information', 'hint'] as const;
