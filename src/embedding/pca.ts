import { at } from '../core/bandit/symmetric-matrix';

/** Principal components, small and deterministic: no randomness, so that a refit gives the same space. */

export interface Pca {
  /** Of the inputs, length `inputs`. */
  readonly mean: Float64Array;
  /** Orthonormal directions of falling variance; a direction without variance is all zeros. */
  readonly directions: readonly Float64Array[];
  /** Variance along each direction (divided by the number of vectors), falling. */
  readonly variances: readonly number[];
}

/**
 * The `components` directions in which the vectors vary most. Each is turned so that its coordinate of largest
 * magnitude is positive, the first one where several are. Where there are fewer vectors than numbers in each, the eigenvectors of the smaller Gram
 * matrix are used (the same directions). Throws for no vectors, or for unequal lengths.
 */
export function principalComponents(vectors: readonly Float32Array[], components: number): Pca {
  const inputs = vectors[0]?.length ?? 0;
  if (inputs === 0 || vectors.some(({ length }) => length !== inputs)) {
    throw new Error('Principal components need vectors of one length.');
  }
  const mean = new Float64Array(inputs);
  for (const vector of vectors)
    vector.forEach((value, j) => (mean[j] = at(mean, j) + value / vectors.length));
  const rows = vectors.map((vector) => Float64Array.from(vector, (value, j) => value - at(mean, j)));
  const columns = Array.from(mean, (_, j) => Float64Array.from(rows, (row) => at(row, j)));
  // Both products have the same eigenvalues; an eigenvector of the Gram matrix becomes one of the covariance.
  const gram = rows.length < inputs;
  const eigen = symmetricEigen(products(gram ? rows : columns, rows.length));
  const total = eigen.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const found = eigen.slice(0, components).map(({ value, vector }) => {
    // Below this a direction is rounding noise: it would differ from machine to machine.
    if (value <= total * 1e-10) return { variance: 0, direction: new Float64Array(inputs) };
    const raw = gram ? Float64Array.from(columns, (column) => dot(column, vector)) : vector;
    return { variance: value, direction: turned(raw) };
  });
  while (found.length < components) found.push({ variance: 0, direction: new Float64Array(inputs) });
  return {
    mean,
    directions: found.map(({ direction }) => direction),
    variances: found.map(({ variance }) => variance),
  };
}

/** All inner products, divided. */
function products(vectors: readonly Float64Array[], divisor: number): readonly Float64Array[] {
  return vectors.map((a) => Float64Array.from(vectors, (b) => dot(a, b) / divisor));
}

/** Of magnitudes that differ by no more than this share, rounding alone says which is the larger one. */
const tieShare = 1e-9;

/** Unit length, with the first of its coordinates of largest magnitude positive. */
function turned(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const first = vector.find((value) => Math.abs(value) >= largest * (1 - tieShare)) ?? 0;
  const factor = Math.sign(first) / Math.sqrt(dot(vector, vector));
  return vector.map((value) => value * factor);
}

export function dot(a: Float64Array | Float32Array, b: Float64Array | Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] ?? 0) * (b[j] ?? 0);
  return sum;
}

interface EigenPair {
  readonly value: number;
  /** Of unit length. */
  readonly vector: Float64Array;
}

/** All eigenpairs of a symmetric matrix, eigenvalues falling: cyclic Jacobi (Golub and Van Loan, §8.5). */
export function symmetricEigen(matrix: readonly Float64Array[]): readonly EigenPair[] {
  const rows = matrix.map((row) => ({ a: Float64Array.from(row), vector: new Float64Array(matrix.length) }));
  rows.forEach(({ vector }, i) => (vector[i] = 1));
  const scale = rows.reduce((most, { a }, i) => Math.max(most, Math.abs(at(a, i))), 0);
  for (let sweep = 0; sweep < 60; sweep++) {
    let below = 0;
    rows.forEach(({ a }, p) => a.subarray(0, p).forEach((value) => (below += value * value)));
    if (Math.sqrt(below) <= 1e-14 * scale * rows.length) break;
    rows.forEach((left, p) =>
      rows.slice(p + 1).forEach((right, k) => rotate(rows, left, right, p, p + 1 + k)),
    );
  }
  return rows
    .map(({ a, vector }, i) => ({ value: at(a, i), vector }))
    .sort((left, right) => right.value - left.value);
}

/** A row of the matrix that becomes diagonal, and the eigenvector that its diagonal element then belongs to. */
interface Row {
  readonly a: Float64Array;
  readonly vector: Float64Array;
}

/** Turns the plane of p and q so that their common element becomes 0. */
function rotate(rows: readonly Row[], left: Row, right: Row, p: number, q: number): void {
  const common = at(left.a, q);
  if (common === 0) return;
  const tau = (at(right.a, q) - at(left.a, p)) / (2 * common);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (const { a } of rows) {
    const inP = at(a, p);
    const inQ = at(a, q);
    a[p] = c * inP - s * inQ;
    a[q] = s * inP + c * inQ;
  }
  turn(left.a, right.a, c, s);
  turn(left.vector, right.vector, c, s);
}

function turn(left: Float64Array, right: Float64Array, c: number, s: number): void {
  for (let j = 0; j < left.length; j++) {
    const inLeft = at(left, j);
    const inRight = at(right, j);
    left[j] = c * inLeft - s * inRight;
    right[j] = s * inLeft + c * inRight;
  }
}
