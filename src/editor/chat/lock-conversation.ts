import * as l10n from '@vscode/l10n';
import type { ConfigurationSource } from '../configuration/configuration-source';
import type { ChatSession } from './chat-session';
import { chooseModel } from '../answers/choose-model';

/**
 * Lets the user lock the conversation that is shown to a model, or give the choice back to the router. Resolves to
 * true where they chose.
 */
export async function lockConversation(
  configuration: ConfigurationSource,
  session: ChatSession,
): Promise<boolean> {
  const { conversation } = session;
  const title = l10n.t('Which model should answer this conversation?');
  const choice = await chooseModel(configuration, title, true);
  if (choice === undefined || conversation !== session.conversation) return false;
  session.lock(choice === 'any' ? undefined : choice);
  return true;
}
