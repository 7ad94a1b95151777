import * as vscode from 'vscode';
import type { Forgotten } from '../../core/terms/ports';
import { activeEditor, onActiveEditor } from '../attachments/active-editor';
import { createPendingAttachments } from '../attachments/pending';
import { confirm, notify } from '../notify';
import { errorText } from '../shown/error-text';
import type { ToldUses } from '../observations/answer-uses';
import type { TakenCode } from '../observations/taken-code';
import { agreeToCost } from '../spending/agree-to-cost';
import type { SurfaceParts } from '../answers/surface-parts';
import { createReceiver } from './chat-messages';
import { createChatPosts } from './chat-posts';
import { createChatSession } from './chat-session';
import { createChatWebview } from './chat-webview';
import type { CodeActions } from './code-actions';
import { createCodeActions } from './code-actions';
import type { Target } from './answer-runner';
import type { Conversation } from './conversation';
import { createConversation } from './conversation';
import { tellNotKept } from './conversation-notices';
import { exportConversation, showConversations } from './conversation-list';
import type { ConversationStore } from './conversation-store';
import type { RatingOffers } from './rating-offers';
import { lockConversation } from './lock-conversation';
import type { Remembered } from './remembered';
import type { Question, SavedConversation } from './saved-conversation';
import { hasAnswerTo, titleOf } from './saved-conversation';
import { createWaitingQuestions } from './waiting-questions';

/** Conduit's own chat: the conversation lives here in the extension host, the webview only shows it. */
export interface ChatView extends vscode.Disposable {
  /** Reveals the view and asks. While another answer is under way it waits for it to end. */
  ask(question: Question): Promise<void>;
  newConversation(): Promise<void>;
  /** The list of earlier conversations. */
  showConversations(): Promise<void>;
  /** Opens the conversation that is shown as a markdown document. */
  exportConversation(): Promise<void>;
  /** Those that have an answer to one of these decisions. */
  conversationsWith(which: Forgotten): Promise<readonly SavedConversation[]>;
  /** Deletes them; where one is shown a new one takes its place. */
  removeConversations(conversations: readonly SavedConversation[]): Promise<void>;
  /** Lets the user lock the conversation that is shown to a model, or give the choice back. */
  lockConversation(): Promise<void>;
  /** The only model that the conversation that is shown asks. */
  lockedTo(): Promise<string | undefined>;
  /** What the diff in front makes of a file with the code of an answer. */
  readonly code: Pick<CodeActions, 'acceptShown' | 'discardShown'>;
  /** Stops the answer that is under way; resolves when it is recorded as stopped. */
  stop(): Promise<void>;
  /** Stops for good: what waits is not asked any more. */
  close(): Promise<void>;
}

export interface ChatViewParts extends SurfaceParts {
  /** A question may follow: the view came into sight, or typing began. */
  readonly onQuestionNear: () => void;
  readonly conversations: ConversationStore;
  /** Takes the keys that are known out of what is exported. */
  readonly hideKeys: (text: string) => string;
  /** Which conversation this workspace showed last. */
  readonly last: Remembered;
  /** What was typed in this workspace and not sent. */
  readonly draft: Remembered;
  /** Whether the user's next words may be read for what they say of an answer. */
  readonly noticing: () => boolean;
  /** Asks the user for a word on an answer, where that would help most. */
  readonly offers: RatingOffers;
  /** Absent: what is taken from answers by hand isn't noticed. */
  readonly taken?: Pick<TakenCode, 'answered' | 'inserted'>;
}

export function createChatView(parts: ChatViewParts): ChatView {
  const waiting = createWaitingQuestions(() => posts.waiting());
  const codeActions = createCodeActions();
  const told: ToldUses = new Map();
  const pending = createPendingAttachments({
    ask: confirm,
    tell: (text) => notify('info', text),
    onChanged: () => posts.attachments(),
  });
  const session = createChatSession({
    store: parts.conversations,
    newId: parts.newId,
    last: parts.last,
    create,
    onShown: () => {
      setAnswering(session.conversation.answering);
      // What was asked and had to wait is not lost: it goes on in this conversation.
      void posts.conversation().then(askNext);
    },
    onTakenIn: () => void posts.conversation(),
    onProblem: (error) =>
      tellNotKept(error, parts.log, () => exportConversation(session.saved, parts.hideKeys)),
  });
  const page = createChatWebview({
    extensionUri: parts.extensionUri,
    log: parts.log,
    title: () => titleOf(session.saved),
    receive: createReceiver({
      conduit: parts.conduit,
      configuration: parts.configuration,
      session,
      pending,
      draft: parts.draft,
      codeActions,
      waiting,
      post: (message) => page.post(message),
      showAll: () => posts.all(),
      focus: () => page.focus(),
      startNew,
      askNext,
      onTyping: parts.onQuestionNear,
    }),
    onSeen: parts.onQuestionNear,
  });

  const posts = createChatPosts({ configuration: parts.configuration, session, pending, waiting, page });

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
        told,
        noticing: parts.noticing,
        offers: parts.offers,
        post: (message) => {
          if (isShown()) page.post(message);
        },
        onAnswering: (answering) => {
          if (!isShown()) return;
          setAnswering(answering);
          if (!answering) askNext();
        },
        onAnswered: parts.onAnswered,
        onText: (...answer) => parts.taken?.answered(...answer),
        onInserted: (decisionId) => parts.taken?.inserted(decisionId),
        onChanged: () => {
          onChanged();
          if (isShown()) page.setTitle(titleOf(session.saved));
        },
        onProblem: (error) =>
          parts.log.error(`What was done with an answer was not recorded: ${errorText(error)}`),
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

  function setAnswering(answering: boolean): void {
    void vscode.commands.executeCommand('setContext', 'conduit.answering', answering);
  }

  function askNext(): void {
    waiting.offer((question) => session.conversation.ask(question));
  }

  function startNew(): Promise<void> {
    session.startNew();
    return page.focus();
  }

  const owned: readonly vscode.Disposable[] = [
    codeActions,
    page,
    onActiveEditor(() => page.post({ type: 'selection', ...activeEditor() })),
    parts.configuration.onDidChange(() => void posts.conversation()),
    parts.offers.onSwitched(() => void posts.conversation()),
  ];

  return {
    ask: async (question) => {
      await session.restored;
      waiting.add(session.conversation.answering ? { ...question, apart: true } : question);
      askNext();
      await page.focus();
    },
    newConversation: async () => {
      await session.restored;
      await startNew();
    },
    showConversations: async () => {
      await session.restored;
      // Not before something is chosen: the view takes the focus late, which would close the list.
      await showConversations(session, parts.conversations, () => page.focus(), parts.hideKeys);
    },
    exportConversation: async () => {
      await session.restored;
      await exportConversation(session.saved, parts.hideKeys);
    },
    conversationsWith: async (which) => {
      await session.restored;
      const all = await parts.conversations.list();
      return which === 'everything' ? all : all.filter((saved) => hasAnswerTo(saved, new Set(which)));
    },
    removeConversations: async (conversations) => {
      for (const saved of conversations) await session.remove(saved);
    },
    lockConversation: async () => {
      await session.restored;
      if (!(await lockConversation(parts.configuration, session))) return;
      await posts.all();
      // Not before: as with the list of conversations.
      await page.focus();
    },
    lockedTo: async () => {
      await session.restored;
      return session.saved.lockedTo?.deploymentId;
    },
    code: codeActions,
    stop: () => session.conversation.stop(),
    close: async () => {
      // What could not be asked any more is there to be sent when the window opens again.
      const unasked = waiting.takeAll().map(({ prompt }) => prompt);
      if (unasked.length > 0)
        parts.draft.set([...unasked, parts.draft.get() ?? ''].filter((text) => text !== '').join('\n\n'));
      parts.draft.flush();
      await session.close();
    },
    dispose: () => {
      void session.close();
      for (const disposable of owned) disposable.dispose();
    },
  };
}
