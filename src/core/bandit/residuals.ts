/** Outcomes less what was predicted of them when they were chosen. */
export interface Residuals {
  /** Σ w. */
  readonly weight: number;
  /** Σ w·w·(q − predicted)²: an outcome of weight w has 1/w times the variance of a whole one. */
  readonly squares: number;
}

/** So many outcomes of the spread of quality stand in until there are residuals. */
const priorWeight = 20;

/** Standard deviation of the residuals, shrunk towards `usual`. */
export function residualDeviation({ weight, squares }: Residuals, usual: number): number {
  return Math.sqrt(Math.max(0, squares + priorWeight * usual * usual) / (weight + priorWeight));
}
