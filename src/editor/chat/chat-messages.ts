import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Conduit } from '../../core/conduit';
import type { UseSignal } from '../../core/terms/observation';
import type { FromChat, ToChat } from '../../webview/protocol/chat';
import { openFile } from '../attachments/active-editor';
import type { PendingAttachments } from '../attachments/pending';
import { pickFiles } from '../attachments/pick-files';
import type { Source } from '../attachments/sources';
import { fileSource, problemsSource, selectionSource } from '../attachments/sources';
import { viewCommands } from '../command-table';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { ChatSession } from './chat-session';
import { chooseModel } from '../answers/choose-model';
import { whatWouldChange } from '../answers/what-if-text';
import { whyJson } from '../answers/why-json';
import type { CodeActions } from './code-actions';
import { attachCommandCode } from './command-code';
import { lockConversation } from './lock-conversation';
import { openFileLink } from './open-file-link';
import type { Remembered } from './remembered';
import { readQuestion } from '../../text/slash-commands';
import type { WaitingQuestions } from './waiting-questions';
import { insertAtCursor, openLink } from './use-answer';

export interface ReceiverParts {
  readonly conduit: () => Promise<Conduit>;
  readonly configuration: ConfigurationSource;
  readonly session: ChatSession;
  readonly pending: PendingAttachments;
  readonly draft: Remembered;
  readonly codeActions: CodeActions;
  readonly waiting: WaitingQuestions;
  readonly post: (message: ToChat) => void;
  /** Posts the whole conversation, and what is attached. */
  readonly showAll: () => Promise<void>;
  /** Puts the focus where the user types: a list that the page opened has taken it. */
  readonly focus: () => Promise<void>;
  readonly startNew: () => Promise<void>;
  readonly askNext: () => void;
  readonly onTyping: () => void;
}

type What = Extract<FromChat, { type: 'attach' }>['what'];

/** Does what the chat page asks for. */
export function createReceiver(parts: ReceiverParts): (message: FromChat) => Promise<unknown> {
  const { session, pending, codeActions, waiting, post } = parts;

  async function send(text: string): Promise<void> {
    // Until it is asked it is a draft: the window may be closed, or reading what is attached may fail.
    parts.draft.set(text);
    let asked = false;
    try {
      asked = await take(text);
    } finally {
      if (!asked) post({ type: 'unsent', text });
      else if (parts.draft.get() === text) parts.draft.set('');
    }
  }

  /** False where it can't be asked as it is, or the user does not want to send what goes with it. */
  async function take(text: string): Promise<boolean> {
    const pools = (await parts.configuration.current()).pools.map(({ name }) => name);
    const isFirst = session.conversation.length === 0;
    if (!(await attachCommandCode(text, pools, pending, isFirst))) return false;
    const attachments = await pending.take();
    if (attachments === undefined) return false;
    const apart = session.conversation.answering ? ({ apart: true } as const) : {};
    waiting.add({ ...readQuestion(text, pools), attachments, origin: 'chat', ...apart });
    parts.askNext();
    return true;
  }

  async function attach(what: What): Promise<void> {
    await pending.add(await sourcesOf(what));
    await parts.focus();
  }

  async function sourcesOf(what: What): Promise<readonly Source[]> {
    if (what === 'files') return (await pickFiles()).map(fileSource);
    if (what === 'selection') return [selectionSource()].filter((source) => source !== undefined);
    const uri = openFile();
    if (uri === undefined) return [];
    return [what === 'problems' ? problemsSource(uri) : fileSource(uri)];
  }

  async function retryWith(turnId: string): Promise<void> {
    const { conversation } = session;
    const choice = await chooseModel(
      parts.configuration,
      l10n.t('Which model should answer this question?'),
      false,
    );
    if (choice !== undefined && choice !== 'any') conversation.redo(turnId, choice);
    await parts.focus();
  }

  async function lock(): Promise<void> {
    if (await lockConversation(parts.configuration, session)) await parts.showAll();
    await parts.focus();
  }

  /** The conversation up to an earlier question goes on in a new one; the old one stays in the list as it is. */
  function askInOtherWords(turnId: string, text: string): void {
    const turns = session.conversation.saved();
    const index = turns.findIndex(({ answer }) => answer.id === turnId);
    const edited = turns[index];
    if (edited === undefined) return;
    const { lockedTo } = session.saved;
    waiting.addFirst({ ...edited.question, prompt: text, apart: true });
    session.startNew(turns.slice(0, index));
    session.lock(lockedTo);
  }

  /** Answers that the conversation doesn't show, and those without a decision, tell nothing. */
  async function used(
    { decisionId }: { readonly decisionId?: string | undefined },
    how: UseSignal['kind'],
  ): Promise<void> {
    if (decisionId !== undefined) await session.conversation.used(decisionId, how);
  }

  async function reconsider(decisionId: string): Promise<void> {
    post({
      type: 'what-if',
      decisionId,
      sentences: [...(await whatWouldChange(await parts.conduit(), decisionId))],
    });
  }

  async function copyWhy(decisionId: string): Promise<void> {
    const json = await whyJson(await parts.conduit(), decisionId);
    if (json !== undefined) await vscode.env.clipboard.writeText(json);
  }

  return async (message) => {
    switch (message.type) {
      case 'ready':
        await parts.showAll();
        return post({ type: 'draft', text: parts.draft.get() ?? '' });
      case 'draft':
        return parts.draft.set(message.text);
      case 'typing':
        return parts.onTyping();
      case 'send':
        return send(message.text);
      case 'earlier': {
        const part = session.conversation.part(message.before);
        return part.turns.length > 0 ? post({ type: 'earlier', ...part }) : undefined;
      }
      case 'attach':
        return attach(message.what);
      case 'detach':
        return pending.remove(message.key);
      case 'take-back':
        return pending.putBack(waiting.takeBack(message.index, message.prompt)?.attachments ?? []);
      case 'stop':
        return session.conversation.stop();
      case 'retry':
        return void session.conversation.retry(message.turnId);
      case 'regenerate':
        return void session.conversation.redo(message.turnId);
      case 'retry-with':
        return retryWith(message.turnId);
      case 'duel':
        return void session.conversation.duel(message.turnId, message.offered);
      case 'prefer':
        return session.conversation.prefer(message.turnId, message.decisionId);
      case 'edit':
        return askInOtherWords(message.turnId, message.text);
      case 'choose-model':
        return lock();
      case 'rate':
        return session.conversation.rate(message.decisionId, message.thumb, message.reason);
      case 'insert':
        return (await insertAtCursor(message.code)) ? used(message, 'inserted') : used(message, 'copied');
      case 'apply':
        return codeActions.apply(message.code, () => used(message, 'inserted'));
      case 'new-file':
        await codeActions.newFile(message.code, message.language);
        return used(message, 'inserted');
      case 'copy':
        await vscode.env.clipboard.writeText(message.code);
        return used(message, 'copied');
      case 'copied':
        return used(message, 'copied');
      case 'reconsider':
        return reconsider(message.decisionId);
      case 'copy-why':
        return copyWhy(message.decisionId);
      case 'open-link':
        return openLink(message.href);
      case 'open-file':
        return openFileLink(message.href);
      case 'new-conversation':
        return parts.startNew();
      case 'command':
        return vscode.commands.executeCommand(viewCommands[message.command]);
    }
  };
}
