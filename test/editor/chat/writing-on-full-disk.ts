import { createConversationStore } from '../../../src/editor/chat/conversation-store';
import { conversationWith, savedTurnWith } from './conversations';

/** A process of its own that writes a conversation which its limit has no room for, and says by which code that failed. */
const [folder = ''] = process.argv.slice(2);
const never = (): never => {
  throw new Error('Nothing is broken here.');
};
const store = createConversationStore({
  folder,
  newId: () => crypto.randomUUID(),
  nowMs: Date.now,
  onBroken: never,
  onShortened: never,
});
const turns = [savedTurnWith('Long?', { text: 'x'.repeat(100_000) })];
await store.write(conversationWith({ turns })).catch((error: unknown) => {
  process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : String(error));
});
