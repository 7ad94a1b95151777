import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SectionValue, withValue } from '../../config/file/set-value';
import { notify } from '../notify';
import { baseName, readFile, userFile } from './configuration-files';
import { replaceText } from './replace-text';

export interface WriteParts {
  readonly globalStorageUri: vscode.Uri;
  /** What a new conduit.yaml starts with. */
  readonly template: () => Promise<string>;
  /** The text of a conduit.yaml with a value; undefined where that can't be done for sure. */
  readonly write: () => Promise<typeof withValue>;
}

/** What the user is told of the value. */
export interface WriteWords {
  /** "The preset was not changed: {reason}." */
  readonly notChanged: (reason: string) => string;
  /** The file has changes that aren't saved, and the value now stands among them. */
  readonly notSaved: (file: string) => string;
}

/**
 * Writes a value into the user's conduit.yaml, which is made where there is none. Resolves to true where the file now says
 * so, and is saved.
 */
export async function writeValue(parts: WriteParts, value: SectionValue, words: WriteWords): Promise<boolean> {
  const uri = userFile(parts.globalStorageUri);
  const withValue = await parts.write();
  const cannot = (reason: string): false => {
    notify('warning', words.notChanged(reason), [openConfiguration()]);
    return false;
  };
  const { text, problem } = await readFile(uri, false);
  if (problem !== undefined) return cannot(problem.message);
  if (text === undefined) {
    const fresh = withValue(await parts.template(), value) ?? '';
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(fresh));
    return true;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const changed = withValue(document.getText(), value);
  if (changed === undefined)
    return cannot(l10n.t('{0} is not written so that it can be changed safely', baseName(uri)));
  if (!document.isDirty) return replaceText(document, changed).then(() => document.save());
  await replaceText(document, changed);
  notify('info', words.notSaved(baseName(uri)), [
    { label: l10n.t('Open'), run: () => vscode.window.showTextDocument(document) },
  ]);
  return false;
}

export function openConfiguration() {
  return {
    label: l10n.t('Open Configuration'),
    run: () => vscode.commands.executeCommand('conduit.openConfiguration'),
  };
}
