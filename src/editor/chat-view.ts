import * as vscode from 'vscode';
import { agreeToCost } from './agree-to-cost';
import type { FromChat, ToChat } from '../webview/protocol';
import { fromChatSchema } from '../webview/protocol';
import { viewCommands, viewIds } from './command-table';
import type { Conversation, Question } from './conversation';
import { createConversation } from './conversation';
import { errorText } from './error-text';
import { notify } from './notify';
import { activeSelection } from './selection';
import type { SurfaceParts } from './surface-parts';
import { webviewHtml, webviewOptions } from './webview-html';

/** Conduit's own chat: the conversation lives here in the extension host, the webview only shows it. */
export interface ChatView extends vscode.Disposable {
  /** Reveals the view and asks. While another answer is under way it waits for it to end. */
  ask(question: Question): Promise<void>;
  newConversation(): Promise<void>;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
  /** Stops for good: what waits is not asked any more. */
  close(): Promise<void>;
}

export interface ChatViewParts extends SurfaceParts {
  /** A question may follow: the view came into sight, or typing began. */
  readonly onQuestionNear: () => void;
}

export function createChatView(parts: ChatViewParts): ChatView {
  const owned: vscode.Disposable[] = [];
  let view: vscode.WebviewView | undefined;
  let conversation: Conversation = newConversation();
  const waiting: Question[] = [];
  let selectionTimer: NodeJS.Timeout | undefined;

  function post(message: ToChat): void {
    void view?.webview.postMessage(message);
  }

  /** What an abandoned conversation still says is not shown. */
  function newConversation(): Conversation {
    const created = createConversation({
      conduit: parts.conduit,
      pool: async () => (await parts.configuration.pool()).name,
      agreeToCost,
      newId: parts.newId,
      post: (message) => {
        if (conversation === created) post(message);
      },
      onAnswering: (answering) => {
        if (conversation !== created) return;
        void vscode.commands.executeCommand('setContext', 'conduit.answering', answering);
        if (!answering) askNext();
      },
      onAnswered: parts.onAnswered,
    });
    return created;
  }

  function askNext(): void {
    const next = waiting[0];
    if (next !== undefined && conversation.ask(next)) waiting.shift();
  }

  async function postConversation(): Promise<void> {
    const pool = await parts.configuration.pool();
    const selection = activeSelection()?.label;
    post({
      type: 'conversation',
      pool: pool.name,
      simulated: pool.simulated,
      ...(selection !== undefined && { selection }),
      turns: [...conversation.turns],
    });
  }

  function postSelection(): void {
    clearTimeout(selectionTimer);
    selectionTimer = setTimeout(() => {
      const selection = activeSelection()?.label;
      post({ type: 'selection', ...(selection !== undefined && { selection }) });
    }, 100);
  }

  async function receive(message: FromChat): Promise<void> {
    switch (message.type) {
      case 'ready':
        return postConversation();
      case 'typing':
        return parts.onQuestionNear();
      case 'send': {
        const selection = message.attachSelection ? activeSelection() : undefined;
        waiting.push({ prompt: message.text, attachments: selection ? [selection] : [], origin: 'chat' });
        return askNext();
      }
      case 'stop':
        return conversation.stop();
      case 'retry':
        return void conversation.retry(message.turnId);
      case 'rate':
        return conversation.rate(message.decisionId, message.thumb);
      case 'insert':
        return insertAtCursor(message.code);
      case 'copy':
        return vscode.env.clipboard.writeText(message.code);
      case 'open-link':
        return openLink(message.href);
      case 'new-conversation':
        return startNew();
      case 'command':
        return vscode.commands.executeCommand(viewCommands[message.command]);
    }
  }

  async function startNew(): Promise<void> {
    void conversation.stop();
    conversation = newConversation();
    void vscode.commands.executeCommand('setContext', 'conduit.answering', false);
    await postConversation();
    // What was asked and had to wait is not lost: it begins the new conversation.
    askNext();
    post({ type: 'focus' });
  }

  owned.push(
    vscode.window.onDidChangeTextEditorSelection(postSelection),
    vscode.window.onDidChangeActiveTextEditor(postSelection),
    parts.configuration.onDidChange(() => void postConversation()),
    vscode.window.registerWebviewViewProvider(viewIds.chat, {
      resolveWebviewView: (resolved) => {
        view = resolved;
        resolved.webview.options = webviewOptions(parts.extensionUri);
        resolved.webview.html = webviewHtml(resolved.webview, parts.extensionUri, 'chat');
        resolved.webview.onDidReceiveMessage((raw: unknown) => {
          const message = fromChatSchema.safeParse(raw);
          if (!message.success)
            return parts.log.warn('The chat view sent a message that Conduit does not know.');
          receive(message.data).catch((error: unknown) => notify('error', `Conduit: ${errorText(error)}`));
        });
        resolved.onDidDispose(() => (view = undefined));
        parts.onQuestionNear();
        resolved.onDidChangeVisibility(() => {
          if (resolved.visible) parts.onQuestionNear();
        });
      },
    }),
  );

  return {
    ask: async (question) => {
      waiting.push(question);
      askNext();
      await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
    },
    newConversation: async () => {
      await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
      await startNew();
    },
    stop: () => conversation.stop(),
    close: () => {
      waiting.length = 0;
      return conversation.stop();
    },
    dispose: () => {
      void conversation.stop();
      clearTimeout(selectionTimer);
      for (const disposable of owned) disposable.dispose();
    },
  };
}

async function insertAtCursor(code: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    await vscode.env.clipboard.writeText(code);
    notify('info', 'No editor is open to insert into: the code is in the clipboard.');
    return;
  }
  const inserted = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, code);
  });
  if (inserted) return;
  await vscode.env.clipboard.writeText(code);
  notify('info', 'This editor can’t be changed: the code is in the clipboard.');
}

/** Only addresses that a browser opens: an answer must not start commands of the editor. */
async function openLink(href: string): Promise<void> {
  const uri = vscode.Uri.parse(href);
  if (!['http', 'https', 'mailto'].includes(uri.scheme)) return;
  await vscode.env.openExternal(uri);
}
