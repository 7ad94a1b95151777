import type { DuelCounts, Duels } from '../../terms/quality-savings';

/** 1/α of a 95 % interval. */
const limit = Math.log(20);
const halvings = 40;

/**
 * How often the other side won, with a 95 % confidence sequence: those shares p that a uniform mixture of all shares isn't
 * 20 times likelier than, B(w + 1, l + 1) / (p^w · (1 − p)^l) < 20 (Robbins, Statistical methods related to the law of the
 * iterated logarithm, 1970). It is exact of few duels too, and holds however often one looks. Undefined: there was none.
 */
export function duelsOf({ won, lost }: DuelCounts): Duels | undefined {
  const count = won + lost;
  if (count === 0) return undefined;
  const share01 = won / count;
  const mixture = logBeta(won, lost);
  const isIn = (p: number): boolean =>
    mixture - times(won, Math.log(p)) - times(lost, Math.log1p(-p)) < limit;
  return { won, lost, share01, low01: edge(isIn, share01, 0), high01: edge(isIn, share01, 1) };
}

function times(count: number, logarithm: number): number {
  return count === 0 ? 0 : count * logarithm;
}

/** ln B(w + 1, l + 1) = ln(w!·l! / (w + l + 1)!). */
function logBeta(won: number, lost: number): number {
  return logFactorial(won) + logFactorial(lost) - logFactorial(won + lost + 1);
}

function logFactorial(count: number): number {
  let sum = 0;
  for (let factor = 2; factor <= count; factor += 1) sum += Math.log(factor);
  return sum;
}

/** Between the share that was seen, which is in, and an end, which is in only where nothing speaks against it. */
function edge(isIn: (p: number) => boolean, inside: number, end: number): number {
  if (inside === end) return end;
  let [within, without] = [inside, end];
  for (let step = 0; step < halvings; step += 1) {
    const middle = (within + without) / 2;
    if (isIn(middle)) within = middle;
    else without = middle;
  }
  return within;
}
