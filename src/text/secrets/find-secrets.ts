import { commandLogins, handedKeys, handedPasswords, headerLogins, pairedLogins } from './logins';
import { lineForms } from './line-forms';
import { namedSecrets } from './named-values';
import { secretColumns } from './secret-columns';
import type { FoundSecret } from './secret-kind';
import {
  addressSecrets,
  hookAddresses,
  prefixedKeys,
  privateKeys,
  signedTokens,
  vendorSecrets,
} from './shapes';
import type { Reading } from './value-place';

/** Of two that overlap the first in this order is kept: it says best what is there. */
const finders: readonly ((text: string, reading: Reading) => readonly FoundSecret[])[] = [
  privateKeys,
  vendorSecrets,
  signedTokens,
  addressSecrets,
  headerLogins,
  commandLogins,
  pairedLogins,
  namedSecrets,
  lineForms,
  secretColumns,
  hookAddresses,
  handedKeys,
  handedPasswords,
  prefixedKeys,
];

/**
 * The places of a text that look as if they held a secret, in their order, none within another. A guess on the side of
 * asking. Linear in the length of the text, whatever it says.
 */
export function findSecrets(text: string, reading: Reading): readonly FoundSecret[] {
  const all = finders.flatMap((find, rank) => find(text, reading).map((secret) => ({ secret, rank })));
  const sorted = all.toSorted((a, b) => a.secret.start - b.secret.start || a.rank - b.rank);
  const kept: typeof sorted = [];
  for (const one of sorted) {
    const last = kept.at(-1);
    if (last === undefined || one.secret.start >= last.secret.end) kept.push(one);
    else if (one.rank < last.rank) kept[kept.length - 1] = one;
  }
  return kept.map(({ secret }) => secret);
}
