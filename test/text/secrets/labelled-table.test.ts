import { expect, test } from 'vitest';
import { looksSecret } from '../../../src/text/looks-secret';
import { seededRandom } from '../../core/seeded-random';
import { runs } from '../../runs';
import type { LabelledLine } from './labelled-lines';
import { linesOf, textOf } from './labelled-lines';

/** Each line is tried with so many invented values. */
const seeds = runs(20);
/** CONDUIT_SECRETS_TABLE=1 prints what was found, by kind, and the lines that were judged wrongly. */
const shown = process.env['CONDUIT_SECRETS_TABLE'] === '1';

interface Judged {
  readonly line: LabelledLine;
  /** How many of the tries looked secret. */
  readonly asked: number;
}

function judged(table: string): readonly Judged[] {
  return linesOf(table).map((line, index) => {
    const random = seededRandom(index + 1);
    const tries = Array.from({ length: seeds }, () =>
      looksSecret({ label: line.label, text: textOf(line, random) }),
    );
    return { line, asked: tries.filter((sign) => sign !== undefined).length };
  });
}

/** Of the tries with such lines: the share that looked secret. */
function shareAsked(all: readonly Judged[], secret: boolean): number {
  const such = all.filter(({ line }) => line.secret === secret);
  return such.reduce((sum, { asked }) => sum + asked, 0) / (such.length * seeds);
}

function print(table: string, all: readonly Judged[]): void {
  const rows = [true, false].flatMap((secret) => {
    const such = all.filter(({ line }) => line.secret === secret);
    const kinds = [...new Set(such.map(({ line }) => line.kind))];
    return ['all', ...kinds].map((kind) => {
      const those = such.filter(({ line }) => kind === 'all' || line.kind === kind);
      const asked = those.reduce((sum, one) => sum + one.asked, 0) / seeds;
      const name = `${secret ? 'secret' : 'harmless'}, ${kind}`;
      return `  ${name.padEnd(30)}${String(those.length).padStart(4)} lines, asked about ${asked.toFixed(1)}`;
    });
  });
  const wrong = all
    .filter(({ line, asked }) => asked !== (line.secret ? seeds : 0))
    .map(({ line, asked }) => `  ${String(asked)}/${String(seeds)} ${line.label}: ${line.template}`);
  console.log([table, ...rows, ...(wrong.length > 0 ? ['Not always right:', ...wrong] : [])].join('\n'));
}

test.each(['table.tsv', 'second-table.tsv', 'third-table.tsv', 'fourth-table.tsv', 'fifth-table.tsv'])(
  'of %s at least 95 % of the secrets are asked about, and at most 3 % of the harmless lines',
  (table) => {
    const all = judged(table);
    if (shown) print(table, all);
    expect(shareAsked(all, true)).toBeGreaterThanOrEqual(0.95);
    expect(shareAsked(all, false)).toBeLessThanOrEqual(0.03);
  },
);
