/** Written by `node scripts/model-facts.mjs`: how old what is kept of models is. */
export const keptData = {
  /** The day of the catalogue of what models can. */
  modelsDay: '2026-09-23',
  /** The day and the version of the price list. */
  pricesDay: '2026-09-23',
  pricesVersion: '0.1.8',
} as const;
