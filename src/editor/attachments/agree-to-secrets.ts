import * as l10n from '@vscode/l10n';
import { createHash } from 'node:crypto';
import { fileOf, isSecretByName } from '../../text/looks-secret';
import type { CheckedText } from '../../text/secret-places';
import { secretPlaces } from '../../text/secret-places';
import { placeText } from './secret-words';

/** Asks in a dialogue: what is the matter, more of it, and what the buttons say; the one that refuses is at hand. */
export type Ask = (message: string, detail: string, yes: string, no: string) => Promise<boolean>;

/** More places of a dialogue are only counted. */
const mostPlaces = 8;

/** A reason to ask. */
interface Reason {
  readonly label: string;
  readonly text: string;
  /** Names what may go once the user has agreed: not what is secret, but a digest of it. */
  readonly digest: string;
}

/** What users agreed to, by who asked them: for as long as the window is there, in memory alone, as digests. */
const agreed = new WeakMap<Ask, Set<string>>();

/**
 * Whether all may be sent to a model: asks once for those that look as if they held secrets, and not again for a secret
 * that the user agreed to send before. `no` says what becomes of them otherwise.
 */
export async function agreeToSecrets(
  texts: readonly CheckedText[],
  ask: Ask,
  no = l10n.t('Don’t Send'),
): Promise<boolean> {
  const reasons = texts.flatMap((text) => openReasons(text, ask));
  if (reasons.length === 0) return true;
  const names = [...new Set(reasons.map(({ label }) => label))].join(', ');
  // The lines of an edit are in the file that goes along, too.
  const told = [...new Set(reasons.map(({ text }) => text))];
  const more = told.length - mostPlaces;
  const yes = await ask(
    l10n.t('{0} may hold secrets. Send it to a model?', names),
    [
      ...told.slice(0, mostPlaces),
      ...(more > 0 ? [l10n.t('… and {0} more places.', more)] : []),
      l10n.t('It goes to the provider of the model that answers.'),
    ].join('\n'),
    l10n.t('Send Anyway'),
    no,
  );
  if (yes) agreed.set(ask, new Set([...(agreed.get(ask) ?? []), ...reasons.map(({ digest }) => digest)]));
  return yes;
}

/** Whether the user need not be asked about a text: it looks harmless, or they agreed before. */
export function mayGo(text: CheckedText, ask: Ask): boolean {
  return openReasons(text, ask).length === 0;
}

function openReasons(checked: CheckedText, ask: Ask): readonly Reason[] {
  const known = agreed.get(ask);
  return reasonsOf(checked).filter(({ digest }) => known?.has(digest) !== true);
}

function reasonsOf(checked: CheckedText): readonly Reason[] {
  const { label, text } = checked;
  if (isSecretByName(label)) {
    const told = l10n.t('{0}: files with this name usually hold keys or passwords.', fileOf(label));
    return [{ label, text: told, digest: digestOf(`${label}\n${text}`) }];
  }
  return secretPlaces(checked).map((place) => ({
    label,
    text: placeText(place),
    digest: digestOf(text.slice(place.secret.start, place.secret.end)),
  }));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
