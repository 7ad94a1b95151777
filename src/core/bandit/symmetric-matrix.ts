/**
 * Square symmetric matrices, row by row in a Float64Array of `size * size`. Vectors are Float64Arrays too: with one
 * kind of array the compiler makes loops over them several times faster than with number[] among them.
 */

/** A⁻¹ by Cholesky. Throws a RangeError where A is not positive definite. */
export function inverseOf(matrix: Float64Array, size: number): Float64Array {
  const lower = choleskyOf(matrix, size);
  const inverse = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let unit = 0; unit < size; unit += 1) {
    for (let row = 0; row < size; row += 1) {
      let sum = row === unit ? 1 : 0;
      for (let k = unit; k < row; k += 1) sum -= at(lower, row * size + k) * at(column, k);
      column[row] = row < unit ? 0 : sum / at(lower, row * size + row);
    }
    for (let row = size - 1; row >= 0; row -= 1) {
      let sum = at(column, row);
      for (let k = row + 1; k < size; k += 1) sum -= at(lower, k * size + row) * at(column, k);
      column[row] = sum / at(lower, row * size + row);
    }
    inverse.set(column, unit * size);
  }
  return inverse;
}

/** L with L·Lᵀ = A. */
function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let sum = at(matrix, row * size + column);
      for (let k = 0; k < column; k += 1) sum -= at(lower, row * size + k) * at(lower, column * size + k);
      if (row !== column) {
        lower[row * size + column] = sum / at(lower, column * size + column);
      } else if (sum > 0) {
        lower[row * size + row] = Math.sqrt(sum);
      } else {
        throw new RangeError(`The matrix is not positive definite at row ${String(row)}.`);
      }
    }
  }
  return lower;
}

/**
 * Makes `inverse` the inverse of A + weight·x·xᵀ, in place (Sherman and Morrison, 1950). `scratch` has `size`
 * numbers. `weight` is positive: then the sum stays positive definite.
 */
export function addToInverse(
  inverse: Float64Array,
  x: Float64Array,
  weight: number,
  scratch: Float64Array,
): void {
  const size = scratch.length;
  multiply(inverse, x, scratch);
  let leverage = 0;
  for (let row = 0; row < size; row += 1) leverage += at(scratch, row) * at(x, row);
  const scale = weight / (1 + weight * leverage);
  for (let row = 0; row < size; row += 1) {
    const factor = scale * at(scratch, row);
    if (factor === 0) continue;
    const offset = row * size;
    for (let column = 0; column < size; column += 1) {
      inverse[offset + column] = at(inverse, offset + column) - factor * at(scratch, column);
    }
  }
}

/** Writes A·x into `product`, for a symmetric A. Zeros in x, of which one-hot features have many, cost nothing. */
export function multiply(matrix: Float64Array, x: Float64Array, product: Float64Array): void {
  const size = product.length;
  product.fill(0);
  for (let row = 0; row < size; row += 1) {
    const factor = at(x, row);
    if (factor === 0) continue;
    const offset = row * size;
    for (let column = 0; column < size; column += 1) {
      product[column] = at(product, column) + factor * at(matrix, offset + column);
    }
  }
}

/** Adds weight·x·xᵀ to A, in place. */
export function addOuterProduct(matrix: Float64Array, x: Float64Array, weight: number): void {
  const size = x.length;
  for (let row = 0; row < size; row += 1) {
    const factor = weight * at(x, row);
    if (factor === 0) continue;
    const offset = row * size;
    for (let column = 0; column < size; column += 1) {
      matrix[offset + column] = at(matrix, offset + column) + factor * at(x, column);
    }
  }
}

/** Reads an element; the callers keep indices in range, and the compiler can't know. */
export function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
