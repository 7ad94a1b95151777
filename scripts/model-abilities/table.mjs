import { mostVersions } from './fallbacks.mjs';

/** Shares of a family below this are left out: in hundredths of the scale. */
const least = 3;

/** Half of what effort is fitted to add or take: a name says less of how a model is asked than a benchmark's run does. */
const halved = 0.5;

/** The module src/vendors/model-abilities-table.ts: rows of models, and what is said of those that it lacks. */
export function moduleOf(result, figures, { without, until }) {
  const { fallbacks, factor, steps, day } = result;
  const rows = result.models
    .filter(({ from }) => from !== 'nothing')
    .map(rowOf)
    .toSorted();
  const used = new Set(result.rows.map(({ source }) => source));
  const left = [
    ...(without.length > 0 ? [`without ${without.join(', ')}`] : []),
    ...(until === undefined ? [] : [`until ${until}`]),
  ];
  const { size, price, nothing } = fallbacks;
  return `/**
 * Written by \`node scripts/model-abilities.mjs\`${left.length > 0 ? ` (${left.join(', ')})` : ''} from the public figures in scripts/model-abilities/figures.json;
 * docs/model-abilities.md says where they are from and how far they can be trusted.
 */

import type { AbilityFigures } from './ability-figures';

/** What is said of models that have no row. */
export const abilityFigures: AbilityFigures = {
  day: '${day}',
  sources: [${[...used]
    .toSorted()
    .map((id) => `'${id}'`)
    .join(', ')}],
  size: { one: ${round(size.undated.weights[0])}, tenfold: ${round(size.undated.weights[1])}, bend: ${round(size.undated.weights[2])}, deviation: ${root(size.undated.variance)} },
  sizeOfKin: { tenfold: ${round(size.dated.weights[1])}, bend: ${round(size.dated.weights[2])}, deviation: ${root(size.dated.variance + 0.1)} },
  price: { one: ${round(priceToday(price, day))}, tenfold: ${round(price.dated.weights[1])}, deviation: ${root(price.dated.variance + (price.dated.weights[2] * 0.6) ** 2)} },
  nothing: { ability: ${round(nothing.mean)}, deviation: ${root(nothing.variance)} },
  version: { gain: ${round(steps.gain)}, gainEach: ${round(steps.gainEach)}, most: ${mostVersions}, fixed: ${round(steps.fixed, 3)}, each: ${round(steps.each, 3)} },
  efforts: {
${Object.entries(factor.effort)
  .map(([name, value]) => `    ${name}: ${round(value * halved)},`)
  .join('\n')}
  },
};

/**
 * A model's name, its ability and deviation in hundredths; "s" or "p" where it is known by its size or its price, "k"
 * with the name of the other version that it is taken after; "c" and "l" how much better it is at code and
 * at language; "b" thousands of millions of parameters that its name leaves out.
 */
export const modelAbilitiesTable = \`
${rows.join('\n')}
\`;
`;
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

/** What a dollar buys half a year before the table's day, for lists still have the models of then. */
function priceToday({ dated: { weights } }, day) {
  const [year, month = 7] = day.split('-').map(Number);
  return weights[0] + weights[2] * (year - 2025 + (month - 1) / 12 - 0.5);
}

function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}

function root(variance) {
  return round(Math.sqrt(variance));
}
