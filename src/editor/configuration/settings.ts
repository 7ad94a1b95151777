import * as vscode from 'vscode';
import type { Setting } from '../command-table';

/** A setting of Conduit's; '' where it isn't set. */
export function setting(name: Setting): string {
  return vscode.workspace.getConfiguration('conduit').get<string>(name, '').trim();
}
