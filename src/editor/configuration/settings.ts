import * as vscode from 'vscode';
import type { Setting } from '../command-table';

const learning: Setting = 'learning';

/** Whether a switch that is on by itself is on. */
export function isOn(name: Setting): boolean {
  return vscode.workspace.getConfiguration('conduit').get<boolean>(name, true);
}

/** A text among Conduit's settings; '' where it isn't set. */
export function setting(name: Setting): string {
  return vscode.workspace.getConfiguration('conduit').get<string>(name, '').trim();
}

export function onSettingChange(name: Setting, changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`conduit.${name}`)) changed();
  });
}

/** Whether what becomes of the answers to new questions is learnt from. */
export function isLearning(): boolean {
  return isOn(learning);
}

/** `Conduit: Pause Learning` and `Conduit: Resume Learning`: for this workspace where that has a word of its own on it. */
export async function setLearning(on: boolean): Promise<void> {
  await update(learning, on);
}

/** Where the workspace has the setting it is changed there, else for the user. */
export async function update(name: Setting, value: string | boolean): Promise<void> {
  const settings = vscode.workspace.getConfiguration('conduit');
  const inWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await settings.update(name, value, target);
}
