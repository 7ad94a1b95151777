import type { Deployment } from '../../core/terms/deployment';
import type { JsonObject } from '../../core/terms/tools';
import { fieldOf } from '../stream/near-types';
import { chargedByTier } from '../usage/charged-otherwise';

/** A report of tokens, with the service tier of its reply where that is another one than was asked for. */
export function withTier(usage: JsonObject, reply: unknown, { options }: Deployment): JsonObject {
  const asked = options.extraBody?.['service_tier'];
  if (!chargedByTier(reply, asked)) return usage;
  const served = fieldOf(reply, 'service_tier') ?? fieldOf(usage, 'service_tier');
  // What was stated for the tier that was asked for doesn't hold.
  return { ...usage, service_tier: typeof asked === 'string' ? `not ${asked}` : served };
}
