import { weightedMean } from './mathematics.mjs';

/** How many opinions' worth of doubt there is that a model differs at a family of tasks at all. */
const doubt = 5;

/**
 * How much better or worse models are at families of tasks than as a whole: what sources' figures of a family say more
 * than expected, shrunk. Families that don't predict figures that were left out (`useful`) say nothing.
 */
export function familyShares(rows, { columns, models, effort, between }, useful = ['code', 'language']) {
  const byModel = new Map();
  for (const [model, own] of Map.groupBy(rows, (row) => row.model)) {
    const fitted = models.get(model);
    if (fitted !== undefined) byModel.set(model, sharesOf(own, fitted, { columns, effort, between }));
  }
  return {
    byModel,
    of: (model) =>
      Object.fromEntries(
        Object.entries(byModel.get(model) ?? {}).filter(([family]) => useful.includes(family)),
      ),
  };
}

/** {family: difference}, of one model's rows; exported for the check, which leaves sources out. */
export function sharesOf(rows, { ability }, { columns, effort, between }) {
  const shares = {};
  for (const [family, own] of Map.groupBy(rows, (row) => row.family)) {
    if (family === undefined) continue;
    const opinions = [...Map.groupBy(own, (row) => row.group).values()].flatMap((each) => {
      const known = each.filter(({ column }) => columns.has(column));
      if (known.length === 0) return [];
      const { mean, weight } = weightedMean(
        known.map((row) => {
          const { a, b, variance } = columns.get(row.column);
          return [(row.y - a) / b - (effort[row.effort] ?? 0), (b * b) / variance];
        }),
      );
      return [[mean - ability, 1 / (1 / weight + between)]];
    });
    if (opinions.length === 0) continue;
    shares[family] = weightedMean([...opinions, [0, doubt / between]]).mean;
  }
  return shares;
}
