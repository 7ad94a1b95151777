import { median, solve, weightedMean } from './mathematics.mjs';

/**
 * One factor behind all figures: y = a + b·(ability + setting + source's own view of the model) + noise, with a, b and the
 * noise of each column. What a source's columns say of a model counts as one opinion, as good as sources agree with each
 * other; those that are far from the rest count less. Everything is shrunk to what is expected without it, by its variance.
 */

/** Logits that a thinking setting is first taken to add. */
const efforts = { none: -0.3, minimal: -0.2, low: -0.1, medium: 0.05, high: 0.1, on: 0.1 };
/** Figures that an effort's first value counts as. */
const effortWeight = 40;
const slope = { mean: 1, variance: 0.16 };
const noise = { mean: 0.12, weight: 6 };
const rounds = 50;
/** Standard deviations beyond which an opinion counts less. */
const far = 2;
/** Models that a column must have, and how much it must rise with ability, to say anything of it. */
const fewest = 6;
const flattest = 0.25;

/**
 * `rows`: {model, column, group, effort?, y}; `expected(model)`: {mean, variance} of a model before its figures. The scale
 * is such that slopes of percentages are 1 on average and the median of `middling` models is 0.
 */
export function fitFactor(rows, expected, middling) {
  const used = withEnoughModels(rows);
  const byColumn = Map.groupBy(used, ({ column }) => column);
  const byModel = Map.groupBy(used, ({ model }) => model);
  const columns = new Map(
    [...byColumn].map(([column, own]) => [
      column,
      { a: own.reduce((sum, { y }) => sum + y, 0) / own.length, b: slope.mean, variance: 0.15 },
    ]),
  );
  const state = { columns, effort: { ...efforts }, between: 0.1, models: new Map() };
  for (const model of byModel.keys())
    state.models.set(model, { ability: expected(model).mean, variance: 0.3, views: new Map() });
  for (let round = 0; round < rounds; round++) {
    for (const [column, own] of byColumn) fitColumn(columns.get(column), own, state);
    for (const [model, own] of byModel) state.models.set(model, modelOf(own, expected(model), state));
    state.between = betweenSources(state.models);
    fitEfforts(used, state);
    rescale(state, middling);
  }
  state.tells = ({ column }) => isTelling(columns.get(column));
  return state;
}

function withEnoughModels(rows) {
  const models = new Map();
  for (const { column, model } of rows) models.set(column, (models.get(column) ?? new Set()).add(model));
  return rows.filter(({ column }) => models.get(column).size >= fewest);
}

function fitColumn(column, rows, { models, effort }) {
  const ridge = column.variance / slope.variance;
  const A = [
    [1e-3, 0],
    [0, ridge],
  ];
  const B = [0, slope.mean * ridge];
  for (const row of rows) {
    const { ability, variance } = models.get(row.model);
    const x = ability + effortOf(row, effort);
    const weight = robust((row.y - column.a - column.b * x) / Math.sqrt(column.variance + 0.1));
    A[0][0] += weight;
    A[0][1] += weight * x;
    A[1][0] += weight * x;
    A[1][1] += weight * (x * x + variance);
    B[0] += weight * row.y;
    B[1] += weight * x * row.y;
  }
  const [a, b] = solve(A, B);
  column.a = a;
  column.b = Math.max(flattest, b);
  let squares = noise.mean * noise.weight;
  for (const row of rows) {
    const { ability, views } = models.get(row.model);
    const off = row.y - a - column.b * (ability + (views.get(row.group)?.own ?? 0) + effortOf(row, effort));
    squares += Math.min(off * off, 9 * column.variance);
  }
  column.variance = squares / (rows.length + noise.weight);
}

/** A column that hardly rises with ability says something else of models. */
function isTelling(column) {
  return column !== undefined && column.b > 1.1 * flattest;
}

function effortOf({ effort }, values) {
  return values[effort] ?? 0;
}

function robust(deviations) {
  return Math.min(1, far / Math.abs(deviations));
}

/** A model by the opinions of sources about it. */
function modelOf(rows, prior, { columns, effort, between, models }) {
  const before = models.get(rows[0].model);
  const views = new Map();
  const telling = rows.filter(({ column }) => isTelling(columns.get(column)));
  for (const [group, own] of Map.groupBy(telling, ({ group }) => group)) {
    const { mean, weight } = weightedMean(
      own.map((row) => {
        const { a, b, variance } = columns.get(row.column);
        return [(row.y - a) / b - effortOf(row, effort), (b * b) / variance];
      }),
    );
    const variance = 1 / weight + between;
    views.set(group, {
      mean,
      noise: 1 / weight,
      weight: robust((mean - before.ability) / Math.sqrt(variance)) / variance,
    });
  }
  if (views.size === 0)
    return {
      ability: prior.mean,
      variance: prior.variance,
      disagreement: 1,
      views,
      alone: { mean: prior.mean, weight: 0 },
    };
  const alone = weightedMean([...views.values()].map(({ mean, weight }) => [mean, weight]));
  const precision = 1 / prior.variance + alone.weight;
  const ability = (prior.mean / prior.variance + alone.mean * alone.weight) / precision;
  let squares = 4;
  for (const view of views.values()) {
    view.own = ((view.mean - ability) * between) / (between + view.noise);
    squares += (view.mean - ability) ** 2 / (between + view.noise);
  }
  // Four opinions' worth of usual disagreement, so that two that happen to agree aren't taken for certainty.
  const disagreement = squares / (4 + views.size);
  return { ability, variance: 1 / precision, disagreement, views, alone };
}

function betweenSources(models) {
  let squares = 0.1 * 10;
  let count = 10;
  for (const { ability, views, variance } of models.values()) {
    if (views.size < 2) continue;
    for (const { mean, noise: own } of views.values()) {
      squares += Math.min(1.5, Math.max(0, (mean - ability) ** 2 + variance - own));
      count += 1;
    }
  }
  return squares / count;
}

function fitEfforts(rows, { columns, models, effort, between }) {
  for (const [name, own] of Map.groupBy(rows, (row) => row.effort)) {
    if (!(name in efforts)) continue;
    const { mean } = weightedMean([
      [efforts[name], effortWeight / between],
      ...own.map((row) => {
        const { a, b, variance } = columns.get(row.column);
        const { ability, views } = models.get(row.model);
        return [(row.y - a) / b - ability - (views.get(row.group)?.own ?? 0), (b * b) / (variance + between)];
      }),
    ]);
    effort[name] = mean;
  }
}

function rescale(state, middling) {
  const slopes = [...state.columns].filter(([, { elo }]) => !elo).map(([, { b }]) => b);
  const scale = slopes.reduce((sum, b) => sum + b, 0) / slopes.length;
  const known = middling.filter((model) => state.models.has(model));
  const zero = median(known.map((model) => state.models.get(model).ability)) ?? 0;
  for (const column of state.columns.values()) {
    column.a += column.b * zero;
    column.b /= scale;
  }
  for (const model of state.models.values()) {
    model.ability = (model.ability - zero) * scale;
    model.variance *= scale * scale;
    model.alone.mean = (model.alone.mean - zero) * scale;
    model.alone.weight /= scale * scale;
    for (const view of model.views.values()) {
      view.own *= scale;
      view.mean = (view.mean - zero) * scale;
    }
  }
  for (const name of Object.keys(state.effort)) state.effort[name] *= scale;
  state.between *= scale * scale;
}
