import * as vscode from 'vscode';

/** The only file that speaks to the user outside of Conduit's own views. */
export interface Choice {
  readonly label: string;
  run(): unknown;
}

type Show = (message: string, ...labels: string[]) => Thenable<string | undefined>;

/** Says what happened, what Conduit did, and what the user can do. Doesn't wait for the user. */
export function notify(
  severity: 'info' | 'warning' | 'error',
  message: string,
  choices: readonly Choice[] = [],
): void {
  const labels = choices.map((choice) => choice.label);
  void showOf(severity)(message, ...labels).then((label) =>
    choices.find((choice) => choice.label === label)?.run(),
  );
}

/** Asks before something that can't be taken back. Resolves to true where the user agreed. */
export async function confirm(message: string, detail: string, yes: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, yes)) === yes;
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
