import type { Locator, Page } from 'playwright-core';

/** VS Code's own Chat view. */
export interface NativeChat {
  /** Sends a message, opening the view where it isn't. Doesn't wait for the answer. */
  send(text: string): Promise<void>;
  /** The last answer, once it is complete. */
  answer(): Promise<Locator>;
}

const session = '.interactive-session:visible';

export function createNativeChat(page: () => Page): NativeChat {
  return {
    async send(text) {
      const input = page().locator(`${session} .interactive-input-part .native-edit-context`).first();
      if (!(await input.isVisible())) await page().keyboard.press('Control+Alt+I');
      await input.focus();
      await page().keyboard.press('Control+A');
      await page().keyboard.press('Delete');
      const [participant, ...rest] = text.startsWith('@') ? text.split(' ') : ['', text];
      if (participant !== '') {
        // The space ends the suggestion list, which would take the Enter.
        await page().keyboard.type(`${participant} `, { delay: 30 });
        await page().locator(`${session} .interactive-input-part .chat-prompt-text, ${session} .interactive-input-part .view-line`).first().waitFor();
      }
      await page().keyboard.insertText(rest.join(' '));
      await page().keyboard.press('Enter');
    },
    async answer() {
      const last = page().locator(`${session} .interactive-response`).last();
      await last.waitFor();
      await page().locator(`${session} .interactive-response.chat-response-loading`).waitFor({ state: 'detached' });
      return last;
    },
  };
}
