import type { ToChat } from '../../webview/protocol/chat';
import { activeEditor } from '../attachments/active-editor';
import type { PendingAttachments } from '../attachments/pending';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { ChatSession } from './chat-session';
import type { ChatWebview } from './chat-webview';
import { titleOf } from './saved-conversation';
import { slashWords } from '../../text/slash-commands';
import type { WaitingQuestions } from './waiting-questions';

export interface PostParts {
  readonly configuration: ConfigurationSource;
  readonly session: ChatSession;
  readonly pending: PendingAttachments;
  readonly waiting: WaitingQuestions;
  readonly page: Pick<ChatWebview, 'post' | 'setTitle'>;
}

/** Tells the chat page what it shows. */
export interface ChatPosts {
  conversation(): Promise<void>;
  attachments(): void;
  waiting(): void;
  /** Everything: the page has just loaded, or shows what is no longer so. */
  all(): Promise<void>;
}

export function createChatPosts({ configuration, session, pending, waiting, page }: PostParts): ChatPosts {
  const post = (message: ToChat): void => page.post(message);

  async function conversation(): Promise<void> {
    const [pool, { pools }] = await Promise.all([configuration.pool(), configuration.current()]);
    const { lockedTo } = session.saved;
    page.setTitle(titleOf(session.saved));
    post({
      type: 'conversation',
      pool: pool.name,
      simulated: pool.simulated,
      ...(lockedTo && { lockedTo: lockedTo.deploymentId }),
      slashWords: slashWords(pools.map(({ name }) => name)),
      ...activeEditor(),
      ...session.conversation.part(),
    });
  }

  function postAttachments(): void {
    post({ type: 'attachments', attachments: [...pending.chips] });
  }

  function postWaiting(): void {
    // What need not wait is asked at once.
    const prompts = session.conversation.answering ? [...waiting.prompts] : [];
    post({ type: 'waiting', prompts });
  }

  return {
    conversation,
    attachments: postAttachments,
    waiting: postWaiting,
    all: async () => {
      await session.restored;
      await conversation();
      postAttachments();
      postWaiting();
    },
  };
}
