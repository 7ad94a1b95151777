/** A Beta distribution; both parameters are at least 1 here. */
interface Beta {
  readonly a: number;
  readonly b: number;
}

/** Cells of the unit interval: quantiles are within half a cell, .001, of the true ones. */
const cells = 512;

/**
 * Quantiles of X − Y for two independent Beta variables: of the convolution of their masses in cells of equal width.
 * No randomness, so that what is shown is the same in every window.
 */
export function differenceOfBetas(x: Beta, y: Beta): (share01: number) => number {
  const [massX, massY] = [massesOf(x), massesOf(y)];
  // Cell k of the difference is centred at (k − cells + 1) / cells.
  const mass = new Float64Array(2 * cells - 1);
  for (let i = 0; i < cells; i += 1)
    for (let j = 0; j < cells; j += 1) {
      const k = i - j + cells - 1;
      mass[k] = (mass[k] ?? 0) + (massX[i] ?? 0) * (massY[j] ?? 0);
    }
  return (share01) => {
    let below = 0;
    for (const [k, here] of mass.entries()) {
      if (below + here >= share01) {
        const within = here === 0 ? 0 : (share01 - below) / here;
        return Math.min(1, Math.max(-1, (k - cells + 0.5 + within) / cells));
      }
      below += here;
    }
    return 1;
  };
}

/** The density at the middle of each cell, scaled to a sum of 1: no gamma function is needed. */
function massesOf({ a, b }: Beta): Float64Array {
  const logs = Float64Array.from({ length: cells }, (_, cell) => {
    const x = (cell + 0.5) / cells;
    return (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x);
  });
  const highest = logs.reduce((most, each) => Math.max(most, each), -Infinity);
  const masses = logs.map((each) => Math.exp(each - highest));
  const sum = masses.reduce((total, each) => total + each, 0);
  return masses.map((each) => each / sum);
}
