import { z } from 'zod';
import type { PassFigures } from '../routing/pass-figures';
import type { WindowName } from '../routing/windows';
import { windowNames } from '../routing/windows';

/** A number; JSON has null for one that isn't known. */
export const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const windows = z.object(
  Object.fromEntries(windowNames.map((name) => [name, figure])) as Record<WindowName, typeof figure>,
);

/** What is kept of a pass, as JSON has it. */
export const passFiguresSchema: z.ZodType<PassFigures> = z.object({
  seed: z.number(),
  steps: z.number(),
  meanReward: figure,
  windows,
  meanQuality: figure,
  meanCostUsd: figure,
  chooseMicros: figure,
  learnMicros: figure,
  curve: z.array(figure),
  topArmShare: figure,
  lastOverBestSingle: figure,
});
