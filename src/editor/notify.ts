import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Log } from '../core/terms/ports';
import { viewCommands } from './command-table';
import { errorText } from './shown/error-text';

/** The only file that speaks to the user outside of Conduit's own views. */
export interface Choice {
  readonly label: string;
  run(): unknown;
}

type Show = (message: string, ...labels: string[]) => Thenable<string | undefined>;

let log: Pick<Log, 'error'> | undefined;

/** From when Conduit starts on: where it is written that what a button was to do failed. */
export function logFailedChoices(to: Pick<Log, 'error'>): void {
  log = to;
}

/**
 * Says what happened, what Conduit did, and what the user can do. Doesn't wait for the user, who is told where what was
 * chosen fails. `onLeft`: the user closed it and chose nothing.
 */
export function notify(
  severity: 'info' | 'warning' | 'error',
  message: string,
  choices: readonly Choice[] = [],
  onLeft?: () => void,
): void {
  const labels = choices.map((choice) => choice.label);
  showOf(severity)(message, ...labels)
    .then((label) => {
      if (label === undefined) onLeft?.();
      return runChoice(choices.find((choice) => choice.label === label));
    })
    .then(undefined, (error: unknown) => log?.error(`A notification was not shown: ${errorText(error)}`));
}

async function runChoice(choice: Choice | undefined): Promise<void> {
  if (choice === undefined) return;
  const { label } = choice;
  try {
    await choice.run();
  } catch (error) {
    log?.error(`${label}: ${errorText(error)}`);
    const showLog = () => vscode.commands.executeCommand(viewCommands['show-log']);
    notify('error', l10n.t('“{0}” failed: {1}', label, errorText(error)), [
      { label: l10n.t('Show Log'), run: showLog },
    ]);
  }
}

/**
 * Asks before something that can't be taken back. Resolves to true where the user agreed. `no` is a button of its own:
 * the editor makes the first one the default, and its Cancel can't be that.
 */
export async function confirm(message: string, detail: string, yes: string, no?: string): Promise<boolean> {
  return (await choose(message, detail, no === undefined ? [yes] : [no, yes])) === yes;
}

/** Asks in a dialogue; resolves to the label that was chosen, or undefined where the user left it. */
export async function choose(
  message: string,
  detail: string,
  labels: readonly string[],
): Promise<string | undefined> {
  return vscode.window.showWarningMessage(message, { modal: true, detail }, ...labels);
}

function showOf(severity: 'info' | 'warning' | 'error'): Show {
  switch (severity) {
    case 'info':
      return (message, ...labels) => vscode.window.showInformationMessage(message, ...labels);
    case 'warning':
      return (message, ...labels) => vscode.window.showWarningMessage(message, ...labels);
    case 'error':
      return (message, ...labels) => vscode.window.showErrorMessage(message, ...labels);
  }
}
