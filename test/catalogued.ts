import { servedBy } from '../src/config/models/to-deployment';
import type { Deployment } from '../src/core/terms/deployment';
import { vendorNamed } from '../src/vendors/lookup';

/** What the configuration takes from the catalogue for a deployment of that vendor. */
export function catalogued({
  provider,
  apiBase,
}: Pick<Deployment, 'provider' | 'apiBase'>): Partial<Deployment> {
  const vendor = vendorNamed(provider);
  return vendor === undefined ? {} : servedBy(vendor, apiBase);
}
