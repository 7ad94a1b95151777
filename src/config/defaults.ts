import { usualLimits } from '../core/terms/dispatch';

/** What holds where neither a file nor the environment says otherwise. */
export const defaults = {
  preset: 'balanced',
  switchAfter: 100,
  embeddingModel: 'none',
  keepPrompts: false,
  priors: 'on',
  escalate: 'ask',
  measureShare: 0.03,
  cacheEnabled: true,
  pace: true,
  signalPreset: 'conduit',
  limits: usualLimits,
  ledgerMb: 500,
  judge: { enabled: false, sampleRate: 0.1, dailyBudgetUsd: 1 },
  shareVectors: false,
} as const;

/** A week: budgets, prompt caches and ratings that come late look back for less. */
export const leastKeepDays = 7;

/** Some thousand decisions: fewer explain nothing. */
export const leastLedgerMb = 10;

/** With fewer nothing is known within a year, and with more it is no longer the router that answers. */
export const measureShares = { least: 0.01, most: 0.2 } as const;

/** Every answer that may be judged is, with at least this probability: a lower rate can't be kept. */
export const leastSampleRate = 0.02;

/** It is sent with every answer that is judged. */
export const longestRubric = 4_000;

/** Most decisions that the UCB1 phase of a pool may last, whoever asks for it. */
export const longestSwitchAfter = 100_000;
