import type { Deployment } from '../core/terms/deployment';
import type { PriceBook } from '../core/terms/ports';
import { mostUsdOf } from './ask-judge';
import { usualTokens } from './judge-job';

/** What judging one answer costs at most, with all that a prompt may hold, in USD; undefined: the price isn't known. */
export function mostUsdOfOne(judge: Deployment, prices: PriceBook): number | undefined {
  // Four characters make a token by the estimate that the prompt is trimmed with; the rubric comes to it.
  const text = 'word'.repeat(usualTokens + rubricTokens);
  return mostUsdOf({ judge, messages: [{ role: 'user', text }], form: {} }, prices);
}

/** The rubric has about so many tokens, by the same estimate. */
const rubricTokens = 500;
