/** Less than a percent is what any model has. */
const leastRisk01 = 0.01;

/** "38 %", how likely a model is to give no answer, beyond what any is; undefined: nothing worth telling. */
export function riskText(risk01: number | undefined): string | undefined {
  return risk01 === undefined || risk01 < leastRisk01 ? undefined : `${String(Math.round(100 * risk01))} %`;
}
