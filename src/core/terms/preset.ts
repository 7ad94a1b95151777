/** Relative importance of quality, cost and latency; each ≥ 0, summing to 1. */
export interface Weights {
  readonly quality: number;
  readonly cost: number;
  readonly latency: number;
}

export const presetNames = ['balanced', 'quality', 'cost', 'speed'] as const;
export type PresetName = (typeof presetNames)[number];

export const presets: Readonly<Record<PresetName, Weights>> = {
  balanced: { quality: 0.7, cost: 0.2, latency: 0.1 },
  quality: { quality: 0.8, cost: 0.1, latency: 0.1 },
  cost: { quality: 0.4, cost: 0.5, latency: 0.1 },
  speed: { quality: 0.4, cost: 0.1, latency: 0.5 },
};
