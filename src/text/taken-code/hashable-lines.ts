import { isSecretByName, secretsIn } from '../looks-secret';

/** The lines of a text that may be hashed: none of a file that holds secrets by its name, none in which one is found. */
export function hashableLines(label: string, text: string): readonly string[] {
  if (isSecretByName(label)) return [];
  const secrets = secretsIn({ label, text });
  const lines = text.split('\n');
  if (secrets.length === 0) return lines;
  let start = 0;
  return lines.filter((line) => {
    const [from, to] = [start, start + line.length];
    start = to + 1;
    return !secrets.some((secret) => secret.start < to && secret.end > from);
  });
}
