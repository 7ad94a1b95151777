import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { agreeToSecrets } from '../attachments/agree-to-secrets';
import { confirm, notify } from '../notify';
import { inputStep } from '../steps';
import type { InlineQuestion, InlineTask } from '../../text/edit-prompt';
import { checkedTexts } from '../../text/edit-prompt';
import { followTarget } from './follow-target';
import type { InlineEdits } from './inline-edits';
import type { InlineTarget } from './inline-target';
import { activeTarget, problemsIn, targetOf } from './inline-target';

/** What was typed and not sent, so that Escape loses nothing. */
let lastInstruction = '';

/** `Conduit: Edit Selection…`: asks what to change. */
export async function editSelection(edits: InlineEdits): Promise<void> {
  const target = selected(l10n.t('Edit Selection'));
  if (target === undefined) return;
  // The editor can be typed in meanwhile.
  const followed = followTarget(target);
  const instruction = await inputStep({
    title: l10n.t('Edit {0}', target.label),
    step: 1,
    totalSteps: 1,
    prompt: l10n.t('What should change?'),
    placeholder: l10n.t('for example: handle an empty list'),
    value: lastInstruction,
    check: (text) => {
      lastInstruction = text;
      return text.trim() === '' ? { text: l10n.t('Say what should change.'), fatal: true } : undefined;
    },
  }).finally(() => {
    followed.dispose();
  });
  if (typeof instruction !== 'string') return;
  const lines = followed.now();
  lastInstruction = '';
  let asked = false;
  try {
    asked = await ask(edits, 'edit', lines, lines, instruction);
  } finally {
    // Where it failed late, the next one may be half typed.
    if (!asked && lastInstruction === '') lastInstruction = instruction;
  }
}

/** `Conduit: Document`. */
export async function documentSelection(edits: InlineEdits): Promise<void> {
  const target = selected(l10n.t('Document'));
  if (target !== undefined) await ask(edits, 'document', target, target);
}

/** `Conduit: Write Tests`: they become a new, unsaved document, which the user saves where their tests live. */
export async function writeTests(edits: InlineEdits): Promise<void> {
  const target = selected(l10n.t('Write Tests'));
  if (target === undefined) return;
  const document = await vscode.workspace.openTextDocument({
    language: target.document.languageId,
    content: '',
  });
  await ask(edits, 'tests', target, targetOf(document, new vscode.Range(0, 0, 0, 0)));
}

/** `Conduit: Fix Diagnostics`: of the selection, else of the line of the cursor; or of what the light bulb names. */
export async function fixDiagnostics(
  edits: InlineEdits,
  uri?: vscode.Uri,
  range?: vscode.Range,
): Promise<void> {
  const target = await targetToFix(uri, range);
  if (target === undefined) return;
  const problems = problemsIn(target);
  if (problems.length === 0) {
    notify(
      'info',
      l10n.t('There is no error or warning in {0}. Put the cursor on a line that has one.', target.label),
    );
    return;
  }
  const whole = problems.reduce((all, { range: own }) => all.union(own), target.range);
  const widened = targetOf(target.document, whole);
  const told = problems.map(
    ({ range: { start }, message }) =>
      `- line ${String(start.line - widened.range.start.line + 1)}: ${message}`,
  );
  await ask(edits, 'fix', widened, widened, undefined, told);
}

async function targetToFix(uri?: vscode.Uri, range?: vscode.Range): Promise<InlineTarget | undefined> {
  if (uri !== undefined && range !== undefined) {
    return targetOf(await vscode.workspace.openTextDocument(uri), range);
  }
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) return targetOf(editor.document, editor.selection);
  notify('info', l10n.t('No file is open. Open the one whose problems should be fixed.'));
  return undefined;
}

function selected(command: string): InlineTarget | undefined {
  const target = activeTarget();
  if (target === undefined) {
    notify(
      'info',
      l10n.t('Nothing is selected. Select some code first, then run “Conduit: {0}” again.', command),
    );
  }
  return target;
}

/**
 * Asks for the edit. False where nothing was asked: its lines, or what goes with them, may hold secrets that shall not
 * be sent, or another proposal is still being written.
 */
async function ask(
  edits: InlineEdits,
  task: InlineTask,
  { document, range, label }: InlineTarget,
  target: InlineTarget,
  instruction?: string,
  problems: readonly string[] = [],
): Promise<boolean> {
  const question: InlineQuestion = {
    task,
    languageId: document.languageId,
    label,
    text: document.getText(range),
    document: document.getText(),
    instruction,
    problems,
  };
  if (!(await agreeToSecrets(checkedTexts(question), confirm))) return false;
  return edits.ask(target, question);
}
