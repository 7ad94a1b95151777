import * as l10n from '@vscode/l10n';
import type { Attachment } from '../../text/attached-text';
import { looksSecret } from '../../text/looks-secret';

/** Asks in a dialogue: what is the matter, more of it, and what the buttons say; the one that refuses is at hand. */
export type Ask = (message: string, detail: string, yes: string, no: string) => Promise<boolean>;

/**
 * Whether all may be sent to a model: asks once for those that look as if they held secrets. `no` says what becomes of
 * them otherwise.
 */
export async function agreeToSecrets(
  attachments: readonly Pick<Attachment, 'label' | 'text'>[],
  ask: Ask,
  no = l10n.t('Don’t Send'),
): Promise<boolean> {
  const secret = attachments.flatMap((attachment) => {
    const sign = looksSecret(attachment);
    return sign === undefined ? [] : [{ label: attachment.label, sign }];
  });
  if (secret.length === 0) return true;
  const names = secret.map(({ label }) => label).join(', ');
  const reasons = secret.map(({ label, sign }) =>
    sign === 'name'
      ? l10n.t('{0}: files with this name usually hold keys or passwords.', label)
      : l10n.t('{0}: the text has something in it that looks like a key or a password.', label),
  );
  return ask(
    l10n.t('{0} may hold secrets. Send it to a model?', names),
    [...reasons, l10n.t('It goes to the provider of the model that answers.')].join('\n'),
    l10n.t('Send Anyway'),
    no,
  );
}
