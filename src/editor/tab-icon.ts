import * as vscode from 'vscode';

/** The icon of Conduit's editor tabs: a picture there has no colour of the theme, so each kind of theme has its own. */
export function tabIcon(extensionUri: vscode.Uri): { readonly light: vscode.Uri; readonly dark: vscode.Uri } {
  const picture = (kind: 'light' | 'dark'): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', `tab-${kind}.svg`);
  return { light: picture('light'), dark: picture('dark') };
}
