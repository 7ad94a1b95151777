/** Student's t, 97.5 % point, for 1 to 30 degrees of freedom: NIST/SEMATECH e-Handbook, section 1.3.6.7.2. */
const table = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
/** The same point of the normal distribution. */
const normal = 1.959964;

/**
 * What a standard error is multiplied by for two-sided 95 % bounds of a mean. Above the table: the expansion of
 * Abramowitz & Stegun, 26.7.5, right to five digits there. NaN below 1 degree of freedom: one value has no spread.
 */
export function studentT975(degreesOfFreedom: number): number {
  if (degreesOfFreedom < 1) return Number.NaN;
  const tabled = table[degreesOfFreedom - 1];
  if (tabled !== undefined) return tabled;
  const x = normal;
  const first = (x ** 3 + x) / 4;
  const second = (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96;
  const third = (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384;
  return x + first / degreesOfFreedom + second / degreesOfFreedom ** 2 + third / degreesOfFreedom ** 3;
}
