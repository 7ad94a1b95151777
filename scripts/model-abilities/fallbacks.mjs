import { solve } from './mathematics.mjs';

/**
 * What is expected of a model without figures of its own: by the nearest version of the same family and tier, by its
 * size, by its price, or by nothing. Each with the variance of what it leaves unknown.
 */

/** What a fallback is taken to leave unknown, and how many models that counts as. */
const usual = { variance: 0.2, weight: 5 };

/** Years since the start of 2025; what has no day is taken for a model of the middle of 2024. */
export function yearsSince2025(day) {
  if (day === undefined) return -0.5;
  const [year, month = 7, date = 15] = day.split('-').map(Number);
  return year - 2025 + (month - 1) / 12 + (date - 1) / 365;
}

/** A tenfold of size counts for more below this many thousand million parameters: `smallB` of src/vendors/ability-figures.ts. */
const small = 5;

/**
 * Ability by log₁₀ of `of`(facts), by what it lacks to `small` where `bends`, with the day and without: {weights, mean(facts), variance} of each (weights: constant, tenfold, bend, year), from
 * {facts, ability, variance}, where an ability is what figures alone say.
 */
export function regressionOn(of, { first, bends = false }, known) {
  const points = known.filter(({ facts }) => of(facts) > 0);
  const fit = (featuresOf, firstOnes, strengths) => {
    const size = firstOnes.length;
    const A = firstOnes.map((_, row) =>
      firstOnes.map((_one, column) => (row === column ? strengths[row] : 0)),
    );
    const B = firstOnes.map((value, row) => value * strengths[row]);
    for (const { facts, ability, variance } of points) {
      const x = featuresOf(facts);
      const weight = 0.2 / (0.2 + variance);
      for (let row = 0; row < size; row++) {
        B[row] += weight * x[row] * ability;
        for (let column = 0; column < size; column++) A[row][column] += weight * x[row] * x[column];
      }
    }
    const weights = solve(A, B);
    const mean = (facts) => featuresOf(facts).reduce((sum, x, at) => sum + x * weights[at], 0);
    const squares = points.reduce(
      (sum, { facts, ability, variance }) => sum + (ability - mean(facts)) ** 2 - variance,
      usual.variance * usual.weight,
    );
    return { weights, mean, variance: Math.max(0.05, squares / (points.length + usual.weight)) };
  };
  const features = (facts) => [
    1,
    Math.log10(of(facts)),
    ...(bends ? [Math.max(0, Math.log10(small / of(facts)))] : []),
  ];
  const [constant, tenfold, yearly] = first;
  const undated = bends ? [constant, tenfold, -0.3] : [constant, tenfold];
  const strengths = bends ? [0.5, 2, 2] : [0.5, 2];
  return {
    dated: fit(
      (facts) => [...features(facts), yearsSince2025(facts.released)],
      [...undated, yearly],
      [...strengths, 2],
    ),
    undated: fit(features, undated, strengths),
  };
}

/** Versions apart beyond which one isn't expected to be better still. */
export const mostVersions = 0.6;

/**
 * What a later version of a tier has over an earlier one: {gain, gainEach}, by versions between them; and the variance of
 * that, {fixed, each}. From {difference, variance, versionsApart} of neighbours, the later one's ability less the other's.
 */
export function versionSteps(pairs) {
  const [gain, gainEach] = line(
    pairs.map(({ difference, versionsApart }) => [Math.min(mostVersions, versionsApart), difference]),
    [0.1, 0.5],
  );
  const expected = (apart) => gain + gainEach * Math.min(mostVersions, apart);
  return { gain, gainEach, ...spreadOf(pairs, ({ versionsApart }) => expected(versionsApart)) };
}

/** {fixed, each}: variance of what is left of a difference, and what each version between two adds. */
export function spreadOf(pairs, expected) {
  const [fixed, each] = line(
    pairs.map((pair) => {
      const square = (pair.difference - expected(pair)) ** 2 - pair.variance;
      return [pair.versionsApart, Math.max(0, Math.min(1.5, square))];
    }),
    [0.04, 0.15],
  );
  return { fixed: Math.max(0.02, fixed), each: Math.max(0.02, each) };
}

/** Constant and slope through [x, y] points, shrunk a little to what they are taken to be. */
function line(points, [constant, slope]) {
  const A = [
    [2, 0],
    [0, 2],
  ];
  const B = [2 * constant, 2 * slope];
  for (const [x, y] of points) {
    A[0][0] += 1;
    A[0][1] += x;
    A[1][0] += x;
    A[1][1] += x * x;
    B[0] += y;
    B[1] += x * y;
  }
  return solve(A, B);
}
