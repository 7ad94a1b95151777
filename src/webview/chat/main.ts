import '../script-nonce';
import '../words';
import '@vscode/codicons/dist/codicon.css';
import '../page.css';
import './chat.css';
import { rootElement } from '../dom';
import { connect } from '../host';
import type { FromChat, ToChat } from '../protocol/chat';
import { toChatSchema } from '../protocol/chat';
import { createChatPage } from './chat-page';

const host = connect<ToChat, FromChat>(toChatSchema, (message) => receive(message));
const receive = createChatPage(rootElement(), {
  post: host.post,
  onDraft: (text) => host.post({ type: 'draft', text }),
});
host.post({ type: 'ready' });
