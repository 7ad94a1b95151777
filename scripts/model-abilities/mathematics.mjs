/** Solves A·x = b for a small, well-behaved A, by elimination with pivots. */
export function solve(A, b) {
  const rows = A.map((row, at) => [...row, b[at]]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows.reduce(
      (best, row, index) => (index >= at && Math.abs(row[at]) > Math.abs(rows[best][at]) ? index : best),
      at,
    );
    [rows[at], rows[pivot]] = [rows[pivot], rows[at]];
    for (const [index, row] of rows.entries()) {
      if (index === at) continue;
      const factor = row[at] / rows[at][at];
      for (let column = at; column < row.length; column++) row[column] -= factor * rows[at][column];
    }
  }
  return rows.map((row, at) => row.at(-1) / row[at]);
}

/** Of [value, weight] pairs. */
export function weightedMean(pairs) {
  let weight = 0;
  let sum = 0;
  for (const [value, own] of pairs) {
    weight += own;
    sum += own * value;
  }
  return { mean: sum / weight, weight };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Root of the mean square, correlation and how many, of [predicted, true] pairs. */
export function errorOf(pairs) {
  const count = pairs.length;
  const means = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side], 0) / count);
  let squares = 0;
  const moments = [0, 0, 0];
  for (const [predicted, real] of pairs) {
    squares += (predicted - real) ** 2;
    const [x, y] = [predicted - means[0], real - means[1]];
    moments[0] += x * y;
    moments[1] += x * x;
    moments[2] += y * y;
  }
  return {
    rmse: Math.sqrt(squares / count),
    r: moments[0] / Math.sqrt(moments[1] * moments[2]),
    count,
  };
}
