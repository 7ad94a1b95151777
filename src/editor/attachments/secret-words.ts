import * as l10n from '@vscode/l10n';
import type { SecretKind } from '../../text/secrets/secret-kind';
import type { SecretPlace } from '../../text/secret-places';

/** Says where something looks secret and what it looks like, and nothing of what is there. */
export function placeText(place: SecretPlace): string {
  return kindText(place.secret, whereText(place));
}

function whereText({ file, line, removedLine }: SecretPlace): string {
  if (line !== undefined) return l10n.t('{0}, line {1}', file, line);
  if (removedLine !== undefined) return l10n.t('{0}, line {1} before the change', file, removedLine);
  return file;
}

function kindText(secret: SecretKind, where: string): string {
  switch (secret.kind) {
    case 'vendor-key':
      return l10n.t('{0}: this looks like a key or token of {1}.', where, secret.vendor);
    case 'private-key':
      return l10n.t('{0}: this looks like a private key.', where);
    case 'signed-token':
      return l10n.t('{0}: this looks like a signed token (JWT).', where);
    case 'password':
      return l10n.t('{0}: this looks like a password.', where);
    case 'key':
      return l10n.t('{0}: this looks like a key or token.', where);
    case 'address':
      return l10n.t('{0}: this looks like an address with a password in it.', where);
    case 'login':
      return l10n.t('{0}: this looks like what someone logs in with.', where);
  }
}
