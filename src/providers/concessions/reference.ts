import type { JsonObject } from '../../core/terms/tools';
import { objectIn } from '../stream/near-types';

/** What "#/$defs/Name" refers to in a schema; undefined where it isn't there. */
export function referredIn(schema: JsonObject, reference: string): JsonObject | undefined {
  if (!reference.startsWith('#/')) return undefined;
  const path = reference
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return objectIn(path.reduce<unknown>((value, name) => objectIn(value)?.[name], schema));
}
