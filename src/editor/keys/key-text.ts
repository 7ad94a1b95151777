import * as l10n from '@vscode/l10n';
import type { KeyCheck } from '../../providers/check-key';
import { vendors } from '../../vendors/catalogue';
import type { KeyPlace } from './key-places';

/** A key to be recognised by: its last four characters where it is long enough to stay secret, else none. */
export function maskedKey(key: string): string {
  return key.length >= 20 ? `••••${key.slice(-4)}` : '••••';
}

/** What is wrong with a text that was entered as a key; undefined: nothing that can be seen. Never repeats the text. */
export function keyProblem(entered: string, { host, label }: KeyPlace): string | undefined {
  const key = entered.trim();
  if (key === '') return l10n.t('Paste the key as the provider shows it.');
  if (/\s/.test(key)) return l10n.t('A key has no spaces or line breaks: this looks like something else.');
  if (/^https?:\/\//i.test(key)) return l10n.t('This is an address, not a key.');
  if (/^(os\.environ\/|\$)/.test(key)) {
    return l10n.t(
      'This names an environment variable: write that into conduit.yaml, and the key itself here.',
    );
  }
  if (/^["'`]|["'`]$/.test(key)) return l10n.t('Leave out the quotes around the key.');
  if (!/^[\x21-\x7e]+$/.test(key)) return l10n.t('A key has only plain letters, digits and signs.');
  if (label === host) return undefined;
  // Sent to the wrong provider, a key is as good as published.
  const owner = vendors.find(({ keysBegin = [] }) =>
    keysBegin.some((beginning) => key.startsWith(beginning)),
  );
  return owner !== undefined && owner.title !== label
    ? l10n.t('This looks like a key of {0}: it is not sent to {1}.', owner.title, label)
    : undefined;
}

/** What is wrong with an address that was entered as a host; undefined: nothing. */
export function addressProblem(
  typed: string,
  complete: (typed: string) => string,
): { readonly text: string; readonly fatal: boolean } | undefined {
  if (typed.trim() === '') return { text: l10n.t('For example https://llm.example.com/v1'), fatal: true };
  let url: URL;
  try {
    url = new URL(complete(typed));
  } catch {
    return { text: l10n.t('This is no address: for example https://llm.example.com/v1'), fatal: true };
  }
  if (/\/\/[^/]*@/.test(typed)) return { text: l10n.t('Leave out the user name and password.'), fatal: true };
  const local = /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(url.hostname);
  if (url.protocol === 'http:' && !local) {
    return { text: l10n.t('Without https, whoever is on the way can read the key.'), fatal: false };
  }
  return undefined;
}

/** The whole text where it is short, else its first sentence. */
export function firstSentence(text: string): string {
  return text.length <= 90 ? text : (/^.+?[.!?](?= )/.exec(text)?.[0] ?? text);
}

/** The title of a check's outcome: "OpenAI refused this key". */
export function checkTitle({ label }: KeyPlace, { kind }: Exclude<KeyCheck, { kind: 'accepted' }>): string {
  switch (kind) {
    case 'refused':
      return l10n.t('{0} refused this key', label);
    case 'unchecked':
      return l10n.t('The key could not be checked');
    case 'uncheckable':
      return l10n.t('{0} has no check that costs nothing', label);
  }
}

/** What a check's outcome means, in one sentence without the key. */
export function checkDetail({ host }: KeyPlace, check: Exclude<KeyCheck, { kind: 'accepted' }>): string {
  switch (check.kind) {
    case 'refused':
    case 'unchecked':
      return check.detail;
    case 'uncheckable':
      return l10n.t('Nothing was sent to {0}. Whether the key is right shows with the first question.', host);
  }
}
