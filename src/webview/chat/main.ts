import { z } from 'zod';
import '@vscode/codicons/dist/codicon.css';
import '../page.css';
import './chat.css';
import { rootElement } from '../dom';
import { connect } from '../host';
import type { FromChat, ToChat } from '../protocol';
import { toChatSchema } from '../protocol';
import { createChatPage } from './chat-page';

const draftSchema = z.object({ draft: z.string() });

const host = connect<ToChat, FromChat>(toChatSchema, (message) => receive(message));
const kept = draftSchema.safeParse(host.kept());
const receive = createChatPage(rootElement(), {
  post: host.post,
  draft: kept.success ? kept.data.draft : '',
  onDraft: (draft) => host.keep({ draft }),
});
host.post({ type: 'ready' });
