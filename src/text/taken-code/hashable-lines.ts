import { isSecretByName, secretsIn } from '../looks-secret';
import type { FoundSecret } from '../secrets/secret-kind';

/** The lines of a text that may be hashed: none of a file that holds secrets by its name, none in which one is found. */
export function hashableLines(label: string, text: string): readonly string[] {
  if (isSecretByName(label)) return [];
  const secrets = secretsIn({ label, text }).map((secret) => wholeOf(secret, text));
  const lines = text.split('\n');
  if (secrets.length === 0) return lines;
  let start = 0;
  return lines.filter((line) => {
    const [from, to] = [start, start + line.length];
    start = to + 1;
    return !secrets.some((secret) => secret.start < to && secret.end > from);
  });
}

/** A private key is found by its first line: it goes on to the line that ends it, or to the end of the text. */
function wholeOf(
  { kind, start, end }: FoundSecret,
  text: string,
): { readonly start: number; readonly end: number } {
  if (kind !== 'private-key') return { start, end };
  const last = text.indexOf('-----END ', end);
  const lineEnd = last === -1 ? -1 : text.indexOf('\n', last);
  return { start, end: lineEnd === -1 ? text.length : lineEnd };
}
