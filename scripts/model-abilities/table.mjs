import { mostVersions } from './fallbacks.mjs';

/** Shares of a family below this are left out: in hundredths of the scale. */
const least = 3;

/** Half of what effort is fitted to add or take: a name says less of how a model is asked than a benchmark's run does. */
const halved = 0.5;

/** Variance of a model of the same family and another size, which may be months older or newer. */
const otherDay = 0.1;

/** How many years a model without a row may be off the table's day. */
const yearsOff = 0.7;

/** The module src/vendors/model-abilities-table.ts, of a result of `estimate` and the options that it was made with. */
export function moduleOf(result, { without = [], until }) {
  const left = [
    ...(without.length > 0 ? [`without ${without.join(', ')}`] : []),
    ...(until === undefined ? [] : [`until ${until}`]),
  ];
  return `/* eslint-disable max-lines -- a table */
/**
 * Written by \`npm run model-abilities\`${left.length > 0 ? ` (${left.join('; ')})` : ''} from the public figures in
 * scripts/model-abilities/figures.json; docs/model-abilities.md says where they are from and how far they can be trusted.
 */

import type { AbilityFigures } from './ability-figures';

/** What is said of models that have no row. */
export const abilityFigures: AbilityFigures = ${JSON.stringify(figuresOf(result))};

/**
 * A model's name, its ability and deviation in hundredths; "s" or "p" where it is known by its size or its price, "k"
 * with the name of the other version that it is taken after; "c" and "l" how much better it is at code and at language;
 * "b" thousands of millions of parameters that its name leaves out.
 */
export const modelAbilitiesTable = \`
${rowsFrom(result).join('\n')}
\`;
`;
}

/** The table's rows, of all models of which anything is known. */
export function rowsFrom({ models }) {
  return models
    .filter(({ from }) => from !== 'nothing')
    .map(rowOf)
    .toSorted();
}

/** An `AbilityFigures` (src/vendors/ability-figures.ts). */
export function figuresOf({ fallbacks: { size, price, nothing }, factor, steps, day, rows }) {
  const [one, tenfold, bend] = size.undated.weights;
  return {
    day,
    sources: [...new Set(rows.filter(factor.tells).map(({ source }) => source))].toSorted(),
    size: {
      one: round(one),
      tenfold: round(tenfold),
      bend: round(bend),
      deviation: root(size.undated.variance),
    },
    sizeOfKin: {
      tenfold: round(size.dated.weights[1]),
      bend: round(size.dated.weights[2]),
      deviation: root(size.dated.variance + otherDay),
    },
    price: {
      one: round(priceToday(price, day)),
      tenfold: round(price.dated.weights[1]),
      deviation: root(price.dated.variance + (price.dated.weights[2] * yearsOff) ** 2),
    },
    nothing: { ability: round(nothing.mean), deviation: root(nothing.variance) },
    version: {
      gain: round(steps.gain),
      gainEach: round(steps.gainEach),
      most: mostVersions,
      fixed: round(steps.fixed, 3),
      each: round(steps.each, 3),
    },
    efforts: Object.fromEntries(
      Object.entries(factor.effort).map(([name, value]) => [name, round(value * halved)]),
    ),
  };
}

function rowOf({ name, mean, deviation, from, as, byFamily, sizeB }) {
  const marks = { figures: '', family: `k${as}`, size: 's', price: 'p' };
  const hundredths = (value) => Math.round(value * 100);
  const share = (letter, value = 0) =>
    Math.abs(hundredths(value)) < least ? '' : letter + hundredths(value);
  return [
    name,
    hundredths(mean),
    Math.max(5, hundredths(deviation)),
    marks[from],
    share('c', byFamily?.code),
    share('l', byFamily?.language),
    sizeB === undefined || /\d[bmt](?:-|$)/.test(name) ? '' : `b${Number(sizeB.toPrecision(3))}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** What a dollar buys on the table's day: models that are sold and have no row are mostly newer than it. */
function priceToday({ dated: { weights } }, day) {
  const [year, month = 7] = day.split('-').map(Number);
  return weights[0] + weights[2] * (year - 2025 + (month - 1) / 12);
}

function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}

function root(variance) {
  return round(Math.sqrt(variance));
}
