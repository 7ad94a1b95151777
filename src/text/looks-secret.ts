import type { Attachment } from './attached-text';
import { findSecrets } from './secrets/find-secrets';
import type { Reading } from './secrets/value-place';
import { isSecretFile } from './secrets/secret-files';
import type { FoundSecret } from './secrets/secret-kind';

/** Which of two questions a file raises: by what it is called, or by what it says; undefined: neither. */
export type SecretSign = 'name' | 'text';

type Labelled = Pick<Attachment, 'label' | 'text'>;

/** Whether an attachment looks as if it held secrets. A guess on the side of asking; linear in its text. */
export function looksSecret(attachment: Labelled): SecretSign | undefined {
  if (isSecretByName(attachment.label)) return 'name';
  return secretsIn(attachment).length > 0 ? 'text' : undefined;
}

/** Whether a label is of a file that usually holds secrets. */
export function isSecretByName(label: string): boolean {
  return isSecretFile(fileOf(label));
}

/** The places of an attachment that look secret, by its text. */
export function secretsIn({ label, text }: Labelled): readonly FoundSecret[] {
  return findSecrets(text, readingOf(fileOf(label)));
}

/** "src/.env:3–9" and "src/.env (first 10 of 20 characters)" are both of the file "src/.env". */
export function fileOf(label: string): string {
  return label.replace(/ \([^()]*\)$/, '').replace(/:\d+(?:–\d+)?$/, '');
}

/** Endings of files in which what has no quotes is no value. */
const code = new Set(
  (
    'ts tsx mts cts js jsx mjs cjs vue svelte astro json jsonc json5 ipynb py pyi go rs java kt kts scala groovy gradle cs fs ' +
    'vb rb php c h cc cpp cxx hpp hh m mm swift dart lua pl pm r jl ex exs erl hs ml elm clj cljs zig nim sol v css scss ' +
    'sass less html htm sql tf hcl nix proto graphql gql cmake'
  ).split(' '),
);

function readingOf(file: string): Reading {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).toLowerCase();
  return code.has(name.slice(name.lastIndexOf('.') + 1)) ? 'code' : 'plain';
}
