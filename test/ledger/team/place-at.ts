import type { DatabasePlace } from '../../../src/core/terms/database-place';
import { databasePlace } from '../../../src/core/terms/database-place';

/** Where an address that is one leads. */
export function placeAt(url: string): DatabasePlace {
  const place = databasePlace(url);
  if (place === undefined) throw new Error(`${url} is no address.`);
  return place;
}
