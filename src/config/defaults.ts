import { usualLimits } from '../core/terms/dispatch';

/** What holds where neither a file nor the environment says otherwise. */
export const defaults = {
  preset: 'balanced',
  switchAfter: 100,
  embeddingModel: 'none',
  keepPrompts: false,
  priors: 'on',
  cacheEnabled: true,
  signalPreset: 'conduit',
  limits: usualLimits,
} as const;

/** Most decisions that the UCB1 phase of a pool may last, whoever asks for it. */
export const longestSwitchAfter = 100_000;
