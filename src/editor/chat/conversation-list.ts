import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { errorText } from '../shown/error-text';
import { notify } from '../notify';
import type { ChatSession } from './chat-session';
import type { ConversationStore } from './conversation-store';
import type { SavedConversation } from './saved-conversation';
import { titleOf } from './saved-conversation';
import { momentText } from '../../text/local-format';

interface Item extends vscode.QuickPickItem {
  readonly saved: SavedConversation;
}

const renameButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('edit'),
  tooltip: l10n.t('Rename'),
};
const exportButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('markdown'),
  tooltip: l10n.t('Export as Markdown'),
};
const deleteButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: l10n.t('Delete'),
};

/** So much of the questions can be searched for. */
const longestDetail = 1_000;

/**
 * The list of conversations: search by title and questions, open, rename, export, delete. `onOpened` is called when one
 * was chosen.
 */
export async function showConversations(
  session: ChatSession,
  store: ConversationStore,
  onOpened: () => Promise<void>,
  hideKeys: (text: string) => string,
): Promise<void> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = l10n.t('Conduit: Conversations');
  pick.placeholder = l10n.t('Search in titles and questions');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;

  async function fill(): Promise<void> {
    const found = await store.list();
    pick.items = found.map((saved) => itemOf(saved, saved.id === session.saved.id));
    pick.busy = false;
    if (found.length === 0) pick.placeholder = l10n.t('No conversations yet: the first question begins one');
  }

  async function act({ saved }: Item, button: vscode.QuickInputButton): Promise<void> {
    if (button === deleteButton) {
      await deleteConversation(session, store, saved);
      return fill();
    }
    pick.hide();
    if (button === renameButton) await rename(session, saved);
    else await exportConversation(saved, hideKeys);
  }

  const problem = (error: unknown): void => notify('error', `Conduit: ${errorText(error)}`);
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    pick.hide();
    if (item === undefined) return;
    session.open(item.saved);
    onOpened().catch(problem);
  });
  pick.onDidTriggerItemButton(({ item, button }) => void act(item, button).catch(problem));
  pick.onDidHide(() => pick.dispose());
  pick.show();
  await fill();
}

function itemOf(saved: SavedConversation, isShown: boolean): Item {
  const questions = saved.turns.map(({ question }) => question.prompt.replaceAll(/\s+/g, ' ')).join(' · ');
  const when = momentText(saved.updatedMs);
  return {
    saved,
    label: titleOf(saved),
    description: isShown ? l10n.t('{0}, open', when) : when,
    detail: questions.slice(0, longestDetail),
    buttons: [renameButton, exportButton, deleteButton],
  };
}

async function rename(session: ChatSession, saved: SavedConversation): Promise<void> {
  const name = await vscode.window.showInputBox({
    title: l10n.t('Conduit: Rename Conversation'),
    value: titleOf(saved),
    validateInput: (text) => (text.trim() === '' ? l10n.t('Type a name.') : undefined),
  });
  if (name !== undefined) await session.rename(saved, name.trim());
}

async function deleteConversation(
  session: ChatSession,
  store: ConversationStore,
  saved: SavedConversation,
): Promise<void> {
  const latest = (await store.read(saved.id)) ?? saved;
  await session.remove(saved);
  notify('info', l10n.t('“{0}” was deleted.', titleOf(saved)), [
    { label: l10n.t('Undo'), run: async () => session.open(await store.restore(latest)) },
  ]);
}

/** Opens the conversation as a markdown document, which the user saves where they want: without the keys that are known. */
export async function exportConversation(
  saved: SavedConversation,
  hideKeys: (text: string) => string,
): Promise<void> {
  const { conversationMarkdown } = await import('./conversation-markdown');
  const content = hideKeys(conversationMarkdown(saved));
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}
