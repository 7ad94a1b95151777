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
  /** Chooses one of the suggestions under the last answer, and waits until the chat has taken it. */
  followUp(label: string): Promise<void>;
  /** The suggestions under the last answer, as soon as there are any. */
  followUps(): Promise<readonly string[]>;
  /** Presses one of the editor's own thumbs under the last answer. They need a default participant. */
  thumb(which: 'up' | 'down'): Promise<void>;
}

export function createNativeChat(page: () => Page): NativeChat {
  const session = (): Locator => page().locator('.interactive-session:visible');
  const rows = (): Locator =>
    session().locator('.monaco-list-row', { has: page().locator('.interactive-response') });
  const suggestions = (): Locator => session().locator('.interactive-input-followups .monaco-button');

  /** Position of the last answer, -1 without any: of a long conversation only what is in sight has elements. */
  async function lastIndex(): Promise<number> {
    const indexes = await rows().evaluateAll((elements) =>
      elements.map((element) => Number(element.getAttribute('data-index'))),
    );
    return Math.max(-1, ...indexes);
  }

  async function lastResponse(): Promise<Locator> {
    return session().locator(
      `.monaco-list-row[data-index="${String(await lastIndex())}"] .interactive-response`,
    );
  }

  /** Does what makes a new answer begin. */
  async function taking(act: () => Promise<void>): Promise<void> {
    const before = await lastIndex();
    await act();
    await eventually('the chat to take the message', async () => (await lastIndex()) > before || undefined);
  }

  return {
    async send(text) {
      const input = session().locator('.interactive-input-part .native-edit-context').first();
      if (!(await input.isVisible())) await page().keyboard.press('Control+Alt+I');
      await input.focus();
      await taking(async () => {
        await page().keyboard.press(text.startsWith('@') ? 'Control+A' : 'Control+End');
        // In one piece: typed key by key, the list of suggestions makes "@agent " of "@conduit ".
        await page().keyboard.insertText(text);
        await page().keyboard.press('Enter');
      });
    },
    async answer() {
      await rows().last().waitFor();
      await session().locator('.chat-response-loading').waitFor({ state: 'detached', timeout: 60_000 });
      return lastResponse();
    },
    followUp: async (label) => {
      // Where it clicked last, a tooltip may cover the next suggestion.
      await page().mouse.move(0, 0);
      await taking(() => suggestions().filter({ hasText: label }).click());
    },
    async followUps() {
      await suggestions().first().waitFor();
      return suggestions().allInnerTexts();
    },
    async thumb(which) {
      const answer = await lastResponse();
      await answer.hover();
      await answer.locator(`.chat-footer-toolbar .codicon-thumbs${which}`).click();
    },
  };
}
