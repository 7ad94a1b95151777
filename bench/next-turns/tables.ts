import { table } from '../../src/config/documentation';
import { turnClasses } from '../../src/core/terms/observation';
import { labelledTurns } from './labelled-turns';
import type { ReadTurn } from './measure';
import { accuracyOf, ratesOf, readTurns } from './measure';
import type { Count } from './rates';
import { rateOf } from './rates';

const markers = { begin: '<!-- next turns: begin -->', end: '<!-- next turns: end -->' };

/** The document with the tables of next turns as they are now. Throws where their place is missing. */
export function withNextTurnTables(document: string): string {
  const [before, rest] = document.split(markers.begin);
  const after = rest?.split(markers.end)[1];
  if (before === undefined || after === undefined)
    throw new Error('The document has no place for next turns.');
  return `${before}${markers.begin}\n\n${nextTurnTables()}\n\n${markers.end}${after}`;
}

/** Rates, weights and accuracy over the labelled turns, as Markdown. */
export function nextTurnTables(): string {
  const turns = readTurns(labelledTurns());
  const heldOut = turns.filter(({ half }) => half === 'held-out');
  const tune = turns.filter(({ half }) => half === 'tune');
  return [
    `All ${sizes(turns)}; the weights in use are from here:`,
    weights(turns),
    `Of these the half that was held out, ${sizes(heldOut)}:`,
    weights(heldOut),
    `And the half that the lexicon was written with, ${sizes(tune)}:`,
    weights(tune),
    'How often a class that is read is the right one, and how many of a class are read as it:',
    accuracy(heldOut, tune),
    'By language, both halves, after good answers / after bad ones:',
    byLanguage(turns),
  ].join('\n\n');
}

function sizes(turns: readonly ReadTurn[]): string {
  const good = turns.filter((each) => each.good).length;
  return `${String(turns.length)} turns, ${String(good)} after good answers`;
}

function weights(turns: readonly ReadTurn[]): string {
  return table(
    ['Class', 'After good answers', 'After bad answers', 'Difference', 'At least', 'Weight'],
    ratesOf(turns).map(({ turn, good, bad, difference: { value, lower, upper }, certain, weight }) => [
      `\`${turn}\``,
      rate(good),
      rate(bad),
      `${signed(value)} [${signed(lower)}, ${signed(upper)}]`,
      signed(certain),
      weight.toFixed(3),
    ]),
  );
}

function accuracy(heldOut: readonly ReadTurn[], tune: readonly ReadTurn[]): string {
  const other = accuracyOf(tune);
  return table(
    ['Class', 'Right, held out', 'Found, held out', 'Right, tune', 'Found, tune'],
    accuracyOf(heldOut).map(({ turn, precision, recall }, at) => [
      `\`${turn}\``,
      ...[precision, recall, other[at]?.precision, other[at]?.recall].map((count) =>
        count === undefined ? '' : rate(count),
      ),
    ]),
  );
}

function byLanguage(turns: readonly ReadTurn[]): string {
  const languages = [...new Set(turns.map(({ language }) => language))];
  return table(
    ['Language', ...turnClasses.map((turn) => `\`${turn}\``)],
    languages.map((language) => [
      language,
      ...ratesOf(turns.filter((turn) => turn.language === language)).map(
        ({ good, bad }) => `${rate(good)} / ${rate(bad)}`,
      ),
    ]),
  );
}

/** `25 of 85: .29 [.21, .40]`, with Wilson's 95 % interval. */
function rate(count: Count): string {
  const { value, lower, upper } = rateOf(count);
  const whole = `${String(count.hits)} of ${String(count.of)}`;
  return count.of === 0 ? whole : `${whole}: ${share(value)} [${share(lower)}, ${share(upper)}]`;
}

function share(value: number): string {
  return value.toFixed(2).replace(/^0/, '');
}

function signed(value: number): string {
  if (Math.abs(value) < 0.005) return '0';
  return `${value < 0 ? '−' : '+'}${share(Math.abs(value))}`;
}
