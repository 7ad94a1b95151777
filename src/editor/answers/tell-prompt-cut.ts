import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PromptCut } from '../../providers/dispatch/prompt-cut';
import { viewCommands } from '../command-table';
import { notify } from '../notify';
import { numberText } from '../../text/local-format';

/** Tells once for each deployment, as long as the window is open, that its server cuts long prompts in silence. */
export function createPromptCutTeller(): (cut: PromptCut) => void {
  const told = new Set<string>();
  return ({ deploymentId, sentTokens, readTokens }) => {
    if (told.has(deploymentId)) return;
    told.add(deploymentId);
    const message = l10n.t(
      '{0} read only {1} of about {2} tokens of your prompt: its server cuts what is longer than its context, and says nothing. Give the server a larger context (Ollama: OLLAMA_CONTEXT_LENGTH), or say max_input_tokens in model_info, so that longer prompts go to other models.',
      deploymentId,
      numberText(readTokens),
      numberText(sentTokens),
    );
    notify('warning', message, [
      {
        label: l10n.t('Open Configuration'),
        run: () => vscode.commands.executeCommand(viewCommands['open-configuration']),
      },
    ]);
  };
}
