import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { wordsInForce } from './words/words-in-force';

export type Page = 'chat' | 'stats' | 'summary' | 'doctor' | 'demo' | 'replay';

/** What a webview of ours may load: its bundle and nothing from anywhere else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [bundles(extensionUri)] };
}

/** The page's HTML with a strict content security policy: scripts by nonce, no inline styles, no network. The translations are data in it. */
export function webviewHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: Page): string {
  const bundle = page === 'summary' ? 'stats' : page;
  const uriOf = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(bundles(extensionUri), file)).toString();
  const nonce = randomBytes(18).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${wordsInForce.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uriOf(`${bundle}.css`)}">
<title>Conduit</title>
</head>
<body data-page="${page}">
<div id="root"></div>
<script id="words" type="application/json">${wordsAsJson()}</script>
<script nonce="${nonce}" src="${uriOf(`${bundle}.js`)}"></script>
</body>
</html>`;
}

/** Empty where the page speaks English. No `<` in it, so that nothing can end the element. */
function wordsAsJson(): string {
  const { translations } = wordsInForce;
  return translations === undefined ? '' : JSON.stringify(translations).replaceAll('<', '\\u003c');
}

function bundles(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}
