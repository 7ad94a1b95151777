import * as vscode from 'vscode';
import type { FromChat, ToChat } from '../../webview/protocol/chat';
import { fromChatSchema } from '../../webview/protocol/chat';
import { viewIds } from '../command-table';
import { notify } from '../notify';
import { errorText } from '../shown/error-text';
import { webviewHtml, webviewOptions } from '../webview-html';

/** The page of the chat view, which the editor makes and drops as it likes. */
export interface ChatWebview extends vscode.Disposable {
  /** Lost where the page isn't there: it asks for everything when it comes. */
  post(message: ToChat): void;
  /** What stands beside the view's name. */
  setTitle(title: string): void;
  /** Reveals it, with the focus where the user types. */
  focus(): Promise<void>;
}

export interface ChatWebviewParts {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly title: () => string;
  readonly receive: (message: FromChat) => Promise<unknown>;
  /** The view came into sight. */
  readonly onSeen: () => void;
}

export function createChatWebview(parts: ChatWebviewParts): ChatWebview {
  let view: vscode.WebviewView | undefined;

  function resolve(resolved: vscode.WebviewView): void {
    const { extensionUri } = parts;
    view = resolved;
    resolved.description = parts.title();
    resolved.webview.options = webviewOptions(extensionUri);
    resolved.webview.html = webviewHtml(resolved.webview, extensionUri, 'chat');
    resolved.webview.onDidReceiveMessage((raw: unknown) => {
      const message = fromChatSchema.safeParse(raw);
      if (!message.success) return parts.log.warn('The chat view sent a message that Conduit does not know.');
      parts.receive(message.data).catch((error: unknown) => notify('error', `Conduit: ${errorText(error)}`));
    });
    resolved.onDidDispose(() => (view = undefined));
    parts.onSeen();
    resolved.onDidChangeVisibility(() => {
      if (resolved.visible) parts.onSeen();
    });
  }

  const provider = vscode.window.registerWebviewViewProvider(viewIds.chat, { resolveWebviewView: resolve });
  const post = (message: ToChat): void => void view?.webview.postMessage(message);
  return {
    post,
    setTitle: (title) => {
      if (view !== undefined) view.description = title;
    },
    focus: async () => {
      await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
      post({ type: 'focus' });
    },
    dispose: () => {
      provider.dispose();
    },
  };
}
