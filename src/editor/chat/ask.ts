import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatView } from './chat-view';
import { agreeToSecrets } from '../attachments/agree-to-secrets';
import { activeSelection } from '../attachments/selection';
import { confirm } from '../notify';

/** The last prompt that was typed and not sent: `Ask` offers it again, so that Escape loses nothing. */
let unsent = '';

/** `Conduit: Ask`: asks for the prompt, with the selection offered as context, and answers in the chat view. */
export async function ask(chat: ChatView): Promise<void> {
  const selection = activeSelection();
  const input = vscode.window.createInputBox();
  input.title = l10n.t('Conduit: Ask');
  input.placeholder = l10n.t('What do you want to know?');
  input.value = unsent;
  input.ignoreFocusOut = true;
  let attached = selection !== undefined;

  const describe = (): void => {
    if (selection === undefined) {
      input.prompt = l10n.t('Enter sends it to the model that Conduit picks.');
      return;
    }
    input.prompt = attached
      ? l10n.t('The selection {0} goes with it. The button leaves it out.', selection.label)
      : l10n.t('The selection {0} stays here. The button attaches it.', selection.label);
    input.buttons = [
      attached
        ? { iconPath: new vscode.ThemeIcon('close'), tooltip: l10n.t('Leave out {0}', selection.label) }
        : { iconPath: new vscode.ThemeIcon('link'), tooltip: l10n.t('Attach {0}', selection.label) },
    ];
  };
  describe();

  const prompt = await new Promise<string | undefined>((resolve) => {
    input.onDidTriggerButton(() => {
      attached = !attached;
      describe();
    });
    input.onDidChangeValue((value) => {
      unsent = value;
      input.validationMessage = undefined;
    });
    input.onDidAccept(() => {
      const text = input.value.trim();
      if (text === '')
        input.validationMessage = l10n.t('Type a question first, for example “What does this function do?”');
      else resolve(text);
    });
    input.onDidHide(() => resolve(undefined));
    input.show();
  });
  input.dispose();
  if (prompt === undefined) return;
  const attachments = attached && selection !== undefined ? [selection] : [];
  if (!(await agreeToSecrets(attachments, confirm))) return;
  unsent = '';
  await chat.ask({ prompt, attachments, origin: 'chat' });
}
