import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../../../src/core/terms/ports';
import { pick } from '../../core/seeded-random';

/** A text that holds a secret, or only looks like one that does. */
export interface LabelledLine {
  readonly secret: boolean;
  readonly kind: string;
  readonly label: string;
  /** Parts as `{a36}` stand for invented ones: 36 letters and digits. See `alphabets`. */
  readonly template: string;
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const alphabets: Readonly<Record<string, string>> = {
  a: lower + lower.toUpperCase() + digits,
  w: `${lower}${lower.toUpperCase()}${digits}_-`,
  b: `${lower}${lower.toUpperCase()}${digits}+/`,
  h: `${digits}abcdef`,
  H: `${digits}ABCDEF`,
  l: lower + digits,
  A: lower.toUpperCase() + digits,
  d: digits,
};

const folder = path.resolve(import.meta.dirname, '../../fixtures/secrets');

/** A table of test/fixtures/secrets: secret or harmless, its kind, the label, the template; a tab between them. */
export function linesOf(table: string): readonly LabelledLine[] {
  const rows = readFileSync(path.join(folder, table), 'utf8').split('\n');
  return rows
    .filter((row) => row !== '')
    .map((row) => {
      const [says, kind = '', label = '', ...template] = row.split('\t');
      return { secret: says === 'secret', kind, label, template: template.join('\t') };
    });
}

/**
 * The text of a template. ¦ stands for nothing: with it no scanner takes a line of the table for a real key. `\n` and
 * `\\n` are a line end and its escape.
 */
export function textOf({ template }: Pick<LabelledLine, 'template'>, random: Random): string {
  return withoutBars(template)
    .replaceAll(/\{([abdhlwAH])(\d+)\}/g, (_, kind: string, count: string) =>
      Array.from({ length: Number(count) }, () => pick((alphabets[kind] ?? '').split(''), random)).join(''),
    )
    .replaceAll(/(\\?)\\n/g, (_, escaped: string) => (escaped === '' ? '\n' : '\\n'));
}

export function withoutBars(text: string): string {
  return text.replaceAll('¦', '');
}
