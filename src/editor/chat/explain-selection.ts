import * as l10n from '@vscode/l10n';
import type { ChatView } from './chat-view';
import { confirm, notify } from '../notify';
import { agreeToSecrets } from '../attachments/agree-to-secrets';
import { activeSelection } from '../attachments/selection';

/** `Conduit: Explain Selection`: asks for an explanation of the selected text, with an origin of its own. */
export async function explainSelection(chat: ChatView): Promise<void> {
  const selection = activeSelection();
  if (selection === undefined) {
    notify(
      'info',
      l10n.t('Nothing is selected. Select some code first, then run “Conduit: Explain Selection” again.'),
    );
    return;
  }
  if (!(await agreeToSecrets([selection], confirm))) return;
  await chat.ask({
    prompt: `Explain the selected ${selection.languageId} code: what it does, and anything surprising in it.`,
    attachments: [selection],
    origin: 'explain-selection',
  });
}
