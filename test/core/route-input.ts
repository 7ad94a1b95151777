import { shippedSettings } from '../../src/core/bandit/settings';
import { describe, textSpace } from '../../src/core/features/feature-space';
import { createLearner } from '../../src/core/learning/learner';
import { noCaps } from '../../src/core/terms/cost-caps';
import type { Deployment } from '../../src/core/terms/deployment';
import { presets } from '../../src/core/terms/preset';
import type { RouteInput, RouteResult } from '../../src/core/routing/router';
import { utilityFor } from '../../src/core/routing/utility';
import { seededRandom } from './seeded-random';
import { filePrices, poolWith, requestFor } from './simulation';

/** All that a route takes, for a short question to models of which nothing is learnt. */
export function inputWith(deployments: readonly Deployment[], change: Partial<RouteInput> = {}): RouteInput {
  const request = change.request ?? requestFor('What is the capital of France?');
  return {
    id: 'decision',
    request,
    description: describe(request),
    pool: poolWith(deployments),
    unavailable: () => undefined,
    caps: noCaps,
    cachedTokens: new Map(),
    keep: undefined,
    state: createLearner({ space: textSpace, settings: shippedSettings, nowMs: () => 0 }).pool('default'),
    utility: utilityFor(presets.balanced),
    settings: shippedSettings,
    keepPrompt: false,
    preset: 'balanced',
    switchAfter: 100,
    prices: filePrices,
    abilityOf: () => undefined,
    random: seededRandom(1),
    ...change,
  };
}

export function decided(result: RouteResult): Extract<RouteResult, { ok: true }> {
  if (!result.ok) throw new Error('No model was eligible.');
  return result;
}
