import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

/** VS Code's own Chat view. */
export interface NativeChat {
  /**
   * Sends a message, opening the view where it isn't, and waits until the chat has taken it, not for the answer.
   * A message that starts with @ replaces the draft; another one follows the participant that has stuck, if any:
   * with none, the editor asks to sign in.
   */
  send(text: string): Promise<void>;
  /** The last answer, once it is complete. */
  answer(): Promise<Locator>;
}

export function createNativeChat(page: () => Page): NativeChat {
  const session = (): Locator => page().locator('.interactive-session:visible');
  const responses = (): Locator => session().locator('.interactive-response');
  return {
    async send(text) {
      const input = session().locator('.interactive-input-part .native-edit-context').first();
      if (!(await input.isVisible())) await page().keyboard.press('Control+Alt+I');
      await input.focus();
      const before = await responses().count();
      await page().keyboard.press(text.startsWith('@') ? 'Control+A' : 'Control+End');
      // In one piece: typed key by key, the list of suggestions makes "@agent " of "@conduit ".
      await page().keyboard.insertText(text);
      await page().keyboard.press('Enter');
      await eventually(
        'the chat to take the message',
        async () => (await responses().count()) > before || undefined,
      );
    },
    async answer() {
      await responses().last().waitFor();
      await session().locator('.chat-response-loading').waitFor({ state: 'detached', timeout: 60_000 });
      return responses().last();
    },
  };
}
