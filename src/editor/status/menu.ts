import * as vscode from 'vscode';
import type { MenuItem } from './menu-items';
import { menuItems } from './menu-items';
import type { StatusFacts } from './status-text';

export interface MenuParts {
  readonly facts: () => Promise<StatusFacts>;
  readonly lockedTo: () => Promise<string | undefined>;
}

/** `Conduit: Menu`: what is chosen and known now, and the commands for it. A click on the status bar opens it. */
export async function showMenu({ facts, lockedTo }: MenuParts): Promise<void> {
  const items = menuItems(await facts(), await lockedTo()).map(pickItem);
  const picked = await vscode.window.showQuickPick(items, { title: 'Conduit', matchOnDescription: true });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}

function pickItem(item: MenuItem): MenuItem & vscode.QuickPickItem {
  return item.command === undefined ? { ...item, kind: vscode.QuickPickItemKind.Separator } : item;
}
