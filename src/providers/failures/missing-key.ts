import type { Failure } from '../../core/failure';
import type { Deployment } from '../../core/pool/deployment';

/** The key ring has no key for a deployment that needs one: nothing was sent. */
export function missingKey({ id }: Deployment): Failure {
  return { reason: 'missing-key', detail: `No key for ${id}.`, status: undefined };
}
