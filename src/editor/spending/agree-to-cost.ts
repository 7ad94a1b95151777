import * as l10n from '@vscode/l10n';
import { confirm } from '../notify';

/** Asks whether a request may go over the user's own cost caps this once. */
export function agreeToCost(question: string): Promise<boolean> {
  return confirm(l10n.t('This request would go over your cost limit.'), question, l10n.t('Ask Anyway'));
}
