import { tsImport } from 'tsx/esm/api';
import { fitFactor } from './factor.mjs';
import { regressionOn, spreadOf, versionSteps, yearsSince2025 } from './fallbacks.mjs';
import { familyShares } from './families.mjs';

const { namedModels, meantBy } = await tsImport('../../src/vendors/named-models.ts', import.meta.url);
const { readModelName } = await tsImport('../../src/vendors/model-name.ts', import.meta.url);
const { modelAliases } = await tsImport('../../src/vendors/model-aliases.ts', import.meta.url);

/** First values of the fallbacks, before anything was fitted: ability at one thousand million, or one dollar; by ten times; by year. */
const first = { size: [-1.2, 0.4, 0.8], price: [-0.3, 0.45, 0.8] };
const outer = 3;
/** Of a model of which nothing is known: that it is among the weaker ones of the last two years, and how unsure that is. */
const nothing = { share: 0.25, years: 2, variance: 1 };
/** Variance that a year more between a model's latest figures and the table's day adds. */
const yearly = 0.003;

/**
 * How much of an ability is what the list price lets expect: what people pay for is more than benchmarks measure. In routing
 * corpora figures with a quarter of it predict better than either alone.
 */
const priceShare = 0.25;

/** Between all parameters and those that work at a time: the middle on a scale of tenfolds predicts best. */
const sizeOf = ({ sizeB, activeB = sizeB }) => sizeB && Math.sqrt(sizeB * activeB);
const priceOf = ({ usdPerMTok }) => usdPerMTok;

/**
 * Abilities of all models from `figures` (scripts/model-abilities/figures.json), those without figures too.
 * `without`: sources that are left out, "swe-bench-*" all that begin so. `until`: a day; later sources and later models are
 * left out. `skip(row)`: figures that are left out beside.
 */
export function estimate(figures, { without = [], until, skip = () => false } = {}) {
  const { known, rows } = selected(figures, { without, until, skip });
  const facts = (model) => known.get(model);
  const middling = [...known.keys()].filter((model) => facts(model).released?.startsWith('2025'));
  let fallbacks = { size: undefined, price: undefined };
  let factor;
  for (let round = 0; round < outer; round++) {
    factor = fitFactor(rows, (model) => expectedOf(facts(model), fallbacks), middling);
    fallbacks = fallbacksFrom(wellKnown({ factor, known }));
  }
  return { factor, fallbacks, known, rows, ...finished({ factor, fallbacks, known, figures, until, rows }) };
}

/** {name, facts, ability, variance} by figures alone, of models that two sources or more have seen. */
export function wellKnown({ factor, known }) {
  return [...factor.models]
    .filter(([, { views }]) => views.size >= 2)
    .map(([name, { alone }]) => ({
      name,
      facts: known.get(name),
      ability: alone.mean,
      variance: 1 / alone.weight,
    }));
}

/** What sizes, prices and nothing let expect, from models that are well known. */
export function fallbacksFrom(models) {
  const latest = Math.max(...models.map(({ facts }) => yearsSince2025(facts.released)));
  const abilities = models
    .filter(({ facts }) => latest - yearsSince2025(facts.released) < nothing.years)
    .map(({ ability }) => ability)
    .toSorted((a, b) => a - b);
  return {
    size: regressionOn(sizeOf, { first: first.size, bends: true }, models),
    price: regressionOn(priceOf, { first: first.price }, models),
    nothing: { mean: abilities[Math.floor(abilities.length * nothing.share)], variance: nothing.variance },
  };
}

function selected(figures, { without, until, skip }) {
  const isLeftOut = (source) =>
    without.some((name) => (name.endsWith('*') ? source.startsWith(name.slice(0, -1)) : source === name)) ||
    (until !== undefined && endOf(figures.sources[source].date) > until);
  const known = new Map(
    Object.entries(figures.models).filter(([, { released }]) => until === undefined || !(released > until)),
  );
  const rows = [...known].flatMap(([model, facts]) =>
    rowsOf(model, facts, figures).filter((row) => !isLeftOut(row.source) && !skip(row)),
  );
  return { known, rows };
}

/** A month's last day where a source names no day. */
function endOf(date) {
  return date.length < 10 ? `${date}-31` : date;
}

/** {model, column, source, group, family, effort, y} of each figure of a model. */
function rowsOf(model, facts, { columns, sources }) {
  if (facts.figures === '') return [];
  return facts.figures.split(' ').map((written) => {
    const [, column, value, effort] = /^(\d+):([\d.-]+)@?(\w*)$/.exec(written);
    const { source, family } = columns[column];
    const y = Number(value);
    return {
      model,
      column: Number(column),
      source,
      group: sources[source].group,
      family,
      effort,
      y: y > 200 ? y / eloPerLogit : logit(y),
    };
  });
}

/** 400 points are a tenfold chance. */
const eloPerLogit = 400 / Math.LN10;

function logit(percent) {
  const share = Math.min(0.985, Math.max(0.015, percent / 100));
  return Math.log(share / (1 - share));
}

/** Of a model of that size or price, or of none. */
function expectedOf(facts, { size, price, nothing: unknown }) {
  const [regression, from] =
    sizeOf(facts) > 0 ? [size, 'size'] : priceOf(facts) > 0 ? [price, 'price'] : [undefined, 'nothing'];
  if (from === 'nothing') return { from, mean: unknown?.mean ?? -0.8, variance: unknown?.variance ?? 0.6 };
  if (regression === undefined) {
    const [a, b, c] = first[from];
    const x = Math.log10(from === 'size' ? sizeOf(facts) : priceOf(facts));
    return { from, mean: a + b * x + c * yearsSince2025(facts.released), variance: 0.2 };
  }
  return { from, mean: regression.dated.mean(facts), variance: regression.dated.variance };
}

/** Neighbours of a tier are looked up as a name is that nobody knows. */
function neighbours(known, factor) {
  const all = [...known].map(([name, { sizeB }]) => ({ name, sizeB }));
  const withFigures = all.filter(({ name }) => factor.models.has(name));
  const index = new Map();
  // Only names of the same words can mean one another.
  const wordsOf = (name) => readModelName(name).words.join(' ');
  const alike = Map.groupBy(withFigures, ({ name }) => wordsOf(name));
  const lookUp = (name) => {
    const others = (alike.get(wordsOf(name)) ?? []).filter((other) => other.name !== name);
    const meant = meantBy(namedModels(others, modelAliases), name);
    return meant && { name: meant.model.name, versionsApart: Math.max(0.1, meant.versionsApart) };
  };
  return (name) => {
    if (!index.has(name)) index.set(name, lookUp(name));
    return index.get(name);
  };
}

function finished({ factor, fallbacks, known, figures, until, rows }) {
  const near = neighbours(known, factor);
  const years = (name) => yearsSince2025(known.get(name).released);
  const pairs = [...factor.models]
    .filter(([name, { views }]) => views.size >= 2 && near(name) !== undefined)
    .map(([name, { alone }]) => ({
      name,
      ability: alone.mean,
      variance: 1 / alone.weight,
      ...kinOf(name, near, factor),
    }));
  const gain = gainByYear(pairs, years);
  const differences = pairs.map(({ name, ability, variance, kin, versionsApart }) => ({
    difference: ability - kin.ability,
    variance: variance + kin.variance,
    years: years(name) - years(kin.name),
    versionsApart,
  }));
  const spread = spreadOf(differences, (pair) => gain * pair.years);
  const steps = versionSteps(
    differences
      .filter((pair) => pair.years !== 0)
      .map((pair) => ({ ...pair, difference: pair.difference * Math.sign(pair.years) })),
  );
  const families = familyShares(rows, factor);
  const latest = latestFigures(rows, figures);
  const today = yearsSince2025(until ?? latest.all);
  const models = [...known].map(([name, facts]) => {
    const own = factor.models.get(name);
    const prior = priorOf(name, facts);
    if (own === undefined || own.views.size === 0)
      return {
        name,
        ...prior,
        mean: withPrice(prior.mean, facts),
        sizeB: facts.sizeB,
        deviation: Math.sqrt(prior.variance),
        byFamily: {},
      };
    const total = own.alone.weight + 1 / prior.variance;
    const mean = (own.alone.mean * own.alone.weight + prior.mean / prior.variance) / total;
    const aging = yearly * Math.max(0, today - yearsSince2025(latest.byModel.get(name)));
    return {
      name,
      sizeB: facts.sizeB,
      from: 'figures',
      mean: withPrice(mean, facts),
      deviation: Math.sqrt(own.disagreement / total + aging),
      byFamily: families.of(name),
      prior,
    };
  });

  function withPrice(mean, facts) {
    if (!(priceOf(facts) > 0)) return mean;
    return (1 - priceShare) * mean + priceShare * fallbacks.price.undated.mean(facts);
  }

  function priorOf(name, facts) {
    const generic = expectedOf(facts, fallbacks);
    const found = near(name);
    if (found === undefined) return generic;
    const kin = factor.models.get(found.name);
    const variance = kin.variance * kin.disagreement + spread.fixed + spread.each * found.versionsApart;
    if (variance > generic.variance) return generic;
    return {
      from: 'family',
      as: found.name,
      mean: kin.ability + gain * (years(name) - years(found.name)),
      variance,
    };
  }
  return { models, gain, spread, steps, families, pairs, day: until ?? latest.all };
}

function kinOf(name, near, factor) {
  const found = near(name);
  return { kin: { name: found.name, ...factor.models.get(found.name) }, versionsApart: found.versionsApart };
}

/** How much better a year makes a tier; little is taken from little evidence. */
function gainByYear(pairs, years) {
  let square = 3;
  let product = 0.5 * 3;
  for (const { name, ability, kin } of pairs) {
    const apart = Math.max(-1, Math.min(1, years(name) - years(kin.name)));
    square += apart * apart;
    product += apart * Math.max(-0.8, Math.min(0.8, ability - kin.ability));
  }
  return product / square;
}

function latestFigures(rows, { sources }) {
  const byModel = new Map();
  let all = '';
  for (const { model, source } of rows) {
    const day = endOf(sources[source].date);
    if (day > (byModel.get(model) ?? '')) byModel.set(model, day);
    if (day > all) all = day;
  }
  return { byModel, all };
}
