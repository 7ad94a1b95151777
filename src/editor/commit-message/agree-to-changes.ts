import * as l10n from '@vscode/l10n';
import { choose, notify } from '../notify';
import { nameOfRepository } from './choose-repository';
import { hasChanges } from './commit-changes';
import type { GitRepository } from './git-access';

/** With nothing staged: whether the message is to be about all changes. Says so where there are none. */
export async function agreeToAll(repository: GitRepository): Promise<boolean> {
  const name = nameOfRepository(repository);
  if (!hasChanges(repository)) {
    notify('info', l10n.t('Nothing has changed in {0}, so there is no message to write.', name));
    return false;
  }
  const all = l10n.t('Use All Changes');
  const detail = l10n.t(
    'The message can be about all changes instead, new files included. Nothing is staged by it.',
  );
  return (await choose(l10n.t('Nothing is staged in {0}.', name), detail, [all])) === all;
}
