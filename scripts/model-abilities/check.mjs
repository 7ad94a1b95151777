import { tsImport } from 'tsx/esm/api';
import { estimate, fallbacksFrom, wellKnown } from './estimate.mjs';
import { sharesOf } from './families.mjs';
import { errorOf, median, weightedMean } from './mathematics.mjs';
import { figuresOf, rowsFrom } from './table.mjs';

const { abilitiesFrom } = await tsImport('../../src/vendors/model-abilities.ts', import.meta.url);

/** Days at which the table is cut, to see how far off it is about models that came later. */
const cuts = ['2025-03-31', '2025-09-30', '2026-01-31'];

/**
 * Prints how well figures that were left out are predicted. In each row: how many, the root of the mean square of the
 * error and the correlation on the table's scale, and "z", that error in the deviations that were told (1: as told).
 */
export function check(figures, options) {
  const whole = estimate(figures, options);
  console.log(`${whole.factor.models.size} models, ${whole.rows.length} figures until ${whole.day}`);
  console.log(row('left out, or known by alone', 'models', 'rmse', 'r', 'z'));
  const { opinions, shares } = withoutEachSource(figures, options, whole);
  for (const [group, own] of Map.groupBy(opinions, (each) => each.group))
    if (own.length > 4) print(`source ${group}`, own);
  print('any source', opinions);
  print('its family and day', byFamily(whole));
  print('its size and day', byRegression(whole, 'size', 'dated'));
  print('its size', byRegression(whole, 'size', 'undated'));
  print('its price and day', byRegression(whole, 'price', 'dated'));
  print('its price', byRegression(whole, 'price', 'undated'));
  for (const cut of cuts) newcomers(figures, options, whole, cut);
  console.log(row('families of tasks', 'figures', 'mse', 'with share', 't'));
  for (const [family, own] of Map.groupBy(shares, (each) => each.family)) printShare(family, own);
  return 0;
}

/** What each source says of models, with what is said of them without it. */
function withoutEachSource(figures, options, { factor, rows }) {
  const opinions = [];
  const shares = [];
  for (const group of new Set(rows.map((each) => each.group))) {
    const rest = estimate(figures, { ...options, skip: (each) => each.group === group });
    const said = new Map(rest.models.map((model) => [model.name, model]));
    for (const [name, { views }] of factor.models) {
      const view = views.get(group);
      if (view === undefined || !rest.factor.models.has(name)) continue;
      const { mean, deviation } = said.get(name);
      opinions.push({
        group,
        predicted: mean,
        real: view.mean,
        variance: deviation ** 2 + factor.between + view.noise,
      });
    }
    shares.push(
      ...sharesIn(
        rows.filter((each) => each.group === group),
        rest,
        factor,
      ),
    );
  }
  return { opinions, shares };
}

function sharesIn(rows, rest, factor) {
  return [...Map.groupBy(rows, (each) => each.model)].flatMap(([model, own]) => {
    const fitted = rest.factor.models.get(model);
    if (fitted === undefined) return [];
    const others = rest.rows.filter((each) => each.model === model);
    const told = sharesOf(others, fitted, rest.factor);
    return [...Map.groupBy(own, (each) => each.family)].flatMap(([family, figures]) => {
      const known = figures.filter(({ column }) => factor.columns.has(column));
      if (family === undefined || known.length === 0 || !(family in told)) return [];
      const { mean, weight } = weightedMean(
        known.map((each) => {
          const { a, b, variance } = factor.columns.get(each.column);
          return [(each.y - a) / b - (factor.effort[each.effort] ?? 0), (b * b) / variance];
        }),
      );
      return [
        {
          family,
          off: mean - fitted.ability,
          share: told[family],
          weight: 1 / (1 / weight + factor.between),
        },
      ];
    });
  });
}

/** Each model by a fit to the others. */
function byRegression(whole, kind, form) {
  const models = wellKnown(whole);
  return models
    .filter(({ facts }) => facts[kind === 'size' ? 'sizeB' : 'usdPerMTok'] > 0)
    .map((model) => {
      const others = models.filter((other) => other !== model);
      const { mean, variance } = fallbacksFrom(others)[kind][form];
      return {
        predicted: mean(model.facts),
        real: model.ability,
        variance: variance + model.variance,
      };
    });
}

/** Each model by the nearest other version of its tier, where that is what would be said of it without figures. */
function byFamily(whole) {
  const priors = new Map(whole.models.map(({ name, prior }) => [name, prior]));
  return wellKnown(whole)
    .filter(({ name }) => priors.get(name)?.from === 'family')
    .map(({ name, ability, variance }) => ({
      predicted: priors.get(name).mean,
      real: ability,
      variance: priors.get(name).variance + variance,
    }));
}

/** Models that came after a cut, as the table of then resolves their names. */
function newcomers(figures, options, whole, until) {
  const then = estimate(figures, { ...options, until });
  const abilityOf = abilitiesFrom({
    abilityFigures: figuresOf(then),
    modelAbilitiesTable: rowsFrom(then).join('\n'),
  });
  const shift = scaleShift(then, whole);
  const met = [...whole.factor.models]
    .filter(([name, { views }]) => views.size >= 2 && whole.known.get(name).released > until)
    .map(([name, { alone }]) => {
      const { usdPerMTok } = whole.known.get(name);
      const said = abilityOf(
        { provider: 'openai', apiBase: 'https://gateway.example/v1', model: name },
        usdPerMTok,
      );
      return {
        from: said.knownFrom,
        predicted: said.ability + shift,
        real: alone.mean,
        variance: said.deviation ** 2 + 1 / alone.weight,
      };
    });
  for (const [from, own] of Map.groupBy(met, (each) => each.from))
    if (own.length > 2) print(`after ${until}, by ${from}`, own);
  if (met.length > 2) print(`after ${until}, all`, met);
}

/** The scale's zero is another one where other models are known: what it moved by, from models known at both times. */
function scaleShift(then, whole) {
  const moved = [...then.factor.models].flatMap(([name, { ability, views }]) =>
    views.size >= 2 ? [whole.factor.models.get(name).ability - ability] : [],
  );
  return median(moved);
}

function print(name, cases) {
  const { rmse, r, count } = errorOf(cases.map(({ predicted, real }) => [predicted, real]));
  const z = Math.sqrt(
    cases.reduce((sum, { predicted, real, variance }) => sum + (predicted - real) ** 2 / variance, 0) / count,
  );
  console.log(row(name, count, rmse.toFixed(3), r.toFixed(3), z.toFixed(2)));
}

function printShare(family, cases) {
  const weight = cases.reduce((sum, each) => sum + each.weight, 0);
  const square = (part) =>
    cases.reduce((sum, { off, share, weight: own }) => sum + own * (off - part * share) ** 2, 0) / weight;
  const gains = cases.map(({ off, share, weight: own }) => own * (off ** 2 - (off - share) ** 2));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const error = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)) / gains.length;
  console.log(
    row(family, cases.length, square(0).toFixed(4), square(1).toFixed(4), (mean / error).toFixed(1)),
  );
}

function row(name, ...cells) {
  return name.padEnd(34) + cells.map((cell) => String(cell).padStart(12)).join('');
}
