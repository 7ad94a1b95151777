import type { Attachment } from './attached-text';
import { fileOf, secretsIn } from './looks-secret';
import type { FoundSecret } from './secrets/secret-kind';

/** A text that is looked through before it goes to a model. */
export interface CheckedText extends Pick<Attachment, 'label' | 'text'> {
  /** The line of its file that it begins with; absent: the one that its label names ("a.ts:3–9"), else the first. */
  readonly firstLine?: number;
  /** The text is what git prints of the changes to the file. */
  readonly isDiff?: true;
}

/** Where something stands: the line of the file from 1, or the one before the change; neither: that is not known. */
export interface SecretPlace {
  readonly secret: FoundSecret;
  /** The file, without the lines that a label names. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly removedLine?: number | undefined;
}

/** The places of a text that look secret, in their order. */
export function secretPlaces(checked: CheckedText): readonly SecretPlace[] {
  const { label, text, isDiff } = checked;
  // Marks of a diff are no part of the lines.
  const plain = isDiff === true ? text.replaceAll(/^[+-]/gm, ' ') : text;
  const secrets = secretsIn({ label, text: plain });
  if (secrets.length === 0) return [];
  const lines = isDiff === true ? linesOfDiff(text) : undefined;
  const first = firstLineOf(checked);
  let line = 0;
  let read = 0;
  return secrets.map((secret) => {
    for (let end = text.indexOf('\n', read); end >= 0 && end < secret.start; end = text.indexOf('\n', read)) {
      line += 1;
      read = end + 1;
    }
    const at = lines === undefined ? { line: first + line } : lines[line];
    return { secret, file: fileOf(label), ...at };
  });
}

function firstLineOf({ label, firstLine }: CheckedText): number {
  return firstLine ?? Number(/:(\d+)(?:–\d+)?$/.exec(label)?.[1] ?? 1);
}

type DiffLine = Pick<SecretPlace, 'line' | 'removedLine'>;

/** Of each line of a diff the one of the file, as far as its hunks say it; of a new file all are added. */
function linesOfDiff(diff: string): readonly DiffLine[] {
  let before = 0;
  let now = 0;
  return diff.split('\n').map((line): DiffLine => {
    const [, removed, added] = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line) ?? [];
    if (added !== undefined || line === 'new file') {
      before = Number(removed ?? 0);
      now = Number(added ?? 1);
      return {};
    }
    if (now === 0 && before === 0) return {};
    switch (line.charAt(0)) {
      case '+':
        return { line: now++ };
      case '-':
        return { removedLine: before++ };
      default:
        before += 1;
        return { line: now++ };
    }
  });
}
