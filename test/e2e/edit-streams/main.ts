import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { diffArrays } from 'diff';
import * as vscode from 'vscode';
import type { Conduit } from '../../../src/core/conduit';
import type { ConfigurationSource } from '../../../src/editor/configuration/configuration-source';
import { createAcceptedEdits } from '../../../src/editor/edits/accepted-edits';
import { createInlineEdits } from '../../../src/editor/edits/inline-edits';
import { targetOf } from '../../../src/editor/edits/inline-target';
import type { Edit, Script, StreamResult } from '../../editor/edits/edit-stream';
import type { ScriptedAnswer } from '../../editor/edits/scripted-answer';
import { scriptedAnswer } from '../../editor/edits/scripted-answer';
import { unwatched } from '../../editor/edits/unwatched';

/**
 * Plays edit streams, one at a time, in a real extension host: Conduit's own inline edits, real documents, a model whose
 * words come when the script says so. What the texts should be is the test's affair.
 */

const told: string[] = [];
let answer: ScriptedAnswer = scriptedAnswer();

const conduit: Pick<Conduit, 'answer' | 'observe'> = {
  answer: (_request, signal) => answer.events(signal),
  observe: () => Promise.resolve(),
};
const configuration = { pool: () => Promise.resolve({ name: 'pool' }) };

export function activate(context: vscode.ExtensionContext): void {
  // What Conduit tells the user, in place of showing it.
  const { window } = vscode as unknown as { readonly window: Record<string, unknown> };
  for (const severity of ['Information', 'Warning', 'Error'])
    window[`show${severity}Message`] = (message: string) => Promise.resolve(void told.push(message));
  // Showing a progress takes longer than all the rest.
  const token = { isCancellationRequested: false, onCancellationRequested: () => undefined };
  window['withProgress'] = (_options: unknown, run: (progress: unknown, stop: unknown) => unknown) =>
    run({ report: () => undefined }, token);
  const accepted = createAcceptedEdits();
  const edits = createInlineEdits({
    conduit: () => Promise.resolve(conduit as Conduit),
    configuration: configuration as unknown as ConfigurationSource,
    newId: randomUUID,
    log: vscode.window.createOutputChannel('Edit streams', { log: true }),
    onAnswered: () => undefined,
    accepted,
    watches: { begin: () => unwatched, resume: () => undefined, dispose: () => undefined },
    compareLines: () => Promise.resolve((before, after) => diffArrays([...before], [...after])),
  });

  async function run(command: string): Promise<void> {
    if (command === 'keep') accepted.keepAll();
    else if (command === 'take back') await accepted.undoAll();
    else await vscode.commands.executeCommand(command);
  }

  async function play(file: string, script: Script): Promise<StreamResult> {
    told.length = 0;
    answer = scriptedAnswer();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder === undefined) throw new Error('No folder is open.');
    const uri = vscode.Uri.joinPath(folder.uri, file);
    const document = await vscode.workspace.openTextDocument(uri);
    const active = vscode.window.activeTextEditor;
    const editor =
      active?.document === document
        ? active
        : await vscode.window.showTextDocument(document, { preview: false });
    await type(editor, [{ start: 0, removed: document.getText().length, text: script.text }]);
    const start = document.getText();
    const asked = edits.ask(...questionAbout(document, script));
    for (const step of script.steps) {
      if ('chunk' in step) answer.write(step.chunk);
      else await type(editor, step.edits);
    }
    const onDisk = script.settle ? await saved(document) : undefined;
    answer.end();
    await asked;
    const streamed = document.getText();
    const race = script.racing && change(document, script.racing);
    await (script.after.accept ? edits.accept() : edits.reject());
    await race;
    const ended = document.getText();
    const texts: string[] = [];
    for (const action of script.after.actions) {
      if ('edits' in action) await type(editor, action.edits);
      else await run(action.command);
      texts.push(document.getText());
    }
    return { start, onDisk, streamed, ended, texts, told: [...told] };
  }

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString('latin1')));
    request.on('end', () => {
      const { file, script } = JSON.parse(Buffer.from(body, 'latin1').toString()) as {
        file: string;
        script: Script;
      };
      play(file, script).then(
        (result) => response.end(JSON.stringify({ result })),
        (error: unknown) => response.end(JSON.stringify({ failed: String(error) })),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    appendFileSync(process.env['EDIT_STREAMS_LOG'] ?? '', `${JSON.stringify({ port })}\n`);
  });
  context.subscriptions.push(accepted, edits, { dispose: () => server.close() });
}

function questionAbout(document: vscode.TextDocument, { firstLine, lastLine }: Script) {
  const end = document.lineAt(lastLine).range.end;
  const target = targetOf(document, new vscode.Range(new vscode.Position(firstLine, 0), end));
  const question = {
    task: 'edit',
    languageId: document.languageId,
    label: target.label,
    text: document.getText(target.range),
    document: document.getText(),
    instruction: 'Change it.',
    problems: [],
  } as const;
  return [target, question] as const;
}

/** The changes of one event as keys make them: with several of them, as several cursors do. */
async function type(editor: vscode.TextEditor, edits: readonly Edit[]): Promise<void> {
  const { document } = editor;
  const done = await editor.edit((builder) => {
    for (const edit of edits) builder.replace(rangeOf(document, edit), edit.text);
  });
  if (!done) throw new Error('The editor refused an edit of the test.');
}

/** The same where another edit may be on its way, which the editor's own would be refused for. */
async function change(document: vscode.TextDocument, edits: readonly Edit[]): Promise<void> {
  const made = new vscode.WorkspaceEdit();
  for (const edit of edits) made.replace(document.uri, rangeOf(document, edit), edit.text);
  if (!(await vscode.workspace.applyEdit(made))) throw new Error('The editor refused an edit of the test.');
}

function rangeOf(document: vscode.TextDocument, { start, removed }: Edit): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(start + removed));
}

/** The file, once it was saved in the middle of everything. The editor saves by itself too, and says no where it did. */
async function saved(document: vscode.TextDocument): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    await document.save();
    const onDisk = readFileSync(document.uri.fsPath, 'utf8');
    if (onDisk === document.getText()) return onDisk;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The file was not saved.');
}
