import * as vscode from 'vscode';
import { agreeToCost } from '../spending/agree-to-cost';
import type { FromChat, ToChat } from '../../webview/protocol';
import { fromChatSchema } from '../../webview/protocol';
import { viewCommands, viewIds } from '../command-table';
import { createChatSession } from './chat-session';
import type { Remembered } from './remembered';
import { readQuestion } from './slash-commands';
import { createCodeActions } from './code-actions';
import { chooseModel } from './choose-model';
import { exportConversation, showConversations } from './conversation-list';
import type { ConversationStore } from './conversation-store';
import type { Question, SavedConversation } from './saved-conversation';
import { titleOf } from './saved-conversation';
import type { Conversation, Target } from './conversation';
import { createConversation } from './conversation';
import { errorText } from '../shown/error-text';
import { notify } from '../notify';
import { activeSelection } from '../attachments/selection';
import type { SurfaceParts } from '../surface-parts';
import { webviewHtml, webviewOptions } from '../webview-html';

/** Conduit's own chat: the conversation lives here in the extension host, the webview only shows it. */
export interface ChatView extends vscode.Disposable {
  /** Reveals the view and asks. While another answer is under way it waits for it to end. */
  ask(question: Question): Promise<void>;
  newConversation(): Promise<void>;
  /** The list of earlier conversations. */
  showConversations(): Promise<void>;
  /** Opens the conversation that is shown as a markdown document. */
  exportConversation(): Promise<void>;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
  /** Stops for good: what waits is not asked any more. */
  close(): Promise<void>;
}

export interface ChatViewParts extends SurfaceParts {
  /** A question may follow: the view came into sight, or typing began. */
  readonly onQuestionNear: () => void;
  readonly conversations: ConversationStore;
  /** Which conversation this workspace showed last. */
  readonly last: Remembered;
  /** What was typed in this workspace and not sent. */
  readonly draft: Remembered;
}

export function createChatView(parts: ChatViewParts): ChatView {
  const owned: vscode.Disposable[] = [];
  let view: vscode.WebviewView | undefined;
  const waiting: Question[] = [];
  const codeActions = createCodeActions();
  let selectionTimer: NodeJS.Timeout | undefined;

  function post(message: ToChat): void {
    void view?.webview.postMessage(message);
  }

  const session = createChatSession({
    store: parts.conversations,
    newId: parts.newId,
    last: parts.last,
    create,
    onShown: () => {
      setAnswering(session.conversation.answering);
      // What was asked and had to wait is not lost: it goes on in this conversation.
      void postConversation().then(askNext);
    },
    onProblem: (error) => {
      parts.log.error(`The conversation was not kept: ${errorText(error)}`);
      notify('warning', `This conversation could not be kept for later: ${errorText(error)}`, [
        { label: 'Export', run: () => exportConversation(session.saved) },
      ]);
    },
  });

  function create(
    { id, turns }: SavedConversation,
    isShown: () => boolean,
    onChanged: () => void,
  ): Conversation {
    return createConversation(
      {
        conduit: parts.conduit,
        target,
        agreeToCost,
        newId: parts.newId,
        post: (message) => {
          if (isShown()) post(message);
        },
        onAnswering: (answering) => {
          if (!isShown()) return;
          setAnswering(answering);
          if (!answering) askNext();
        },
        onAnswered: parts.onAnswered,
        onChanged: () => {
          onChanged();
          if (isShown()) showTitle();
        },
      },
      id,
      turns,
    );
  }

  /** Where the next request goes: to the model that the conversation is locked to, else to the pool in use. */
  async function target(): Promise<Target> {
    const { lockedTo } = session.saved;
    if (lockedTo !== undefined) return { pool: lockedTo.pool, only: lockedTo.deploymentId };
    return { pool: (await parts.configuration.pool()).name };
  }

  async function chooseLock(): Promise<void> {
    const { conversation } = session;
    const choice = await chooseModel(
      parts.configuration,
      'Which model should answer this conversation?',
      true,
    );
    if (choice === undefined || conversation !== session.conversation) return;
    session.lock(choice === 'any' ? undefined : choice);
    await postConversation();
  }

  async function retryWith(turnId: string): Promise<void> {
    const { conversation } = session;
    const choice = await chooseModel(parts.configuration, 'Which model should answer this question?', false);
    if (choice !== undefined && choice !== 'any') conversation.redo(turnId, choice);
  }

  /** The conversation up to an earlier question goes on in a new one; the old one stays in the list as it is. */
  function askInOtherWords(turnId: string, text: string): void {
    const turns = session.conversation.saved();
    const index = turns.findIndex(({ view }) => view.id === turnId);
    const edited = turns[index];
    if (edited === undefined) return;
    const { lockedTo } = session.saved;
    waiting.unshift({ ...edited.question, prompt: text });
    session.startNew(turns.slice(0, index));
    session.lock(lockedTo);
  }

  function setAnswering(answering: boolean): void {
    void vscode.commands.executeCommand('setContext', 'conduit.answering', answering);
  }

  function showTitle(): void {
    if (view !== undefined) view.description = titleOf(session.saved);
  }

  function askNext(): void {
    const next = waiting[0];
    if (next !== undefined && session.conversation.ask(next)) waiting.shift();
  }

  async function postConversation(): Promise<void> {
    const pool = await parts.configuration.pool();
    const selection = activeSelection()?.label;
    const { lockedTo } = session.saved;
    showTitle();
    post({
      type: 'conversation',
      pool: pool.name,
      simulated: pool.simulated,
      ...(lockedTo && { lockedTo: lockedTo.deploymentId }),
      ...(selection !== undefined && { selection }),
      turns: [...session.conversation.turns],
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
        await session.restored;
        await postConversation();
        return post({ type: 'draft', text: parts.draft.get() ?? '' });
      case 'draft':
        return parts.draft.set(message.text);
      case 'typing':
        return parts.onQuestionNear();
      case 'send': {
        const selection = message.attachSelection ? activeSelection() : undefined;
        const { pools } = await parts.configuration.current();
        const read = readQuestion(
          message.text,
          pools.map(({ name }) => name),
        );
        waiting.push({ ...read, attachments: selection ? [selection] : [], origin: 'chat' });
        return askNext();
      }
      case 'stop':
        return session.conversation.stop();
      case 'retry':
        return void session.conversation.retry(message.turnId);
      case 'regenerate':
        return void session.conversation.redo(message.turnId);
      case 'retry-with':
        return retryWith(message.turnId);
      case 'duel':
        return void session.conversation.duel(message.turnId);
      case 'prefer':
        return session.conversation.prefer(message.turnId, message.decisionId);
      case 'edit':
        return askInOtherWords(message.turnId, message.text);
      case 'choose-model':
        return chooseLock();
      case 'rate':
        return session.conversation.rate(message.decisionId, message.thumb);
      case 'insert':
        return insertAtCursor(message.code);
      case 'apply':
        return codeActions.apply(message.code);
      case 'new-file':
        return codeActions.newFile(message.code, message.language);
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

  function startNew(): void {
    session.startNew();
    post({ type: 'focus' });
  }

  owned.push(
    codeActions,
    vscode.window.onDidChangeTextEditorSelection(postSelection),
    vscode.window.onDidChangeActiveTextEditor(postSelection),
    parts.configuration.onDidChange(() => void postConversation()),
    vscode.window.registerWebviewViewProvider(viewIds.chat, {
      resolveWebviewView: (resolved) => {
        view = resolved;
        showTitle();
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
      await session.restored;
      waiting.push(question);
      askNext();
      await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
    },
    newConversation: async () => {
      await session.restored;
      await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
      startNew();
    },
    showConversations: async () => {
      await session.restored;
      await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
      await showConversations(session, parts.conversations);
    },
    exportConversation: async () => {
      await session.restored;
      await exportConversation(session.saved);
    },
    stop: () => session.conversation.stop(),
    close: () => {
      waiting.length = 0;
      return session.close();
    },
    dispose: () => {
      void session.close();
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
