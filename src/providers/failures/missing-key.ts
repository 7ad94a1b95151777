import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import type { Deployment } from '../../core/terms/deployment';

/** The key ring has no key for a deployment that needs one: nothing was sent. */
export function missingKey({ id }: Deployment): Failure {
  return { reason: 'missing-key', detail: l10n.t('No key for {0}.', id), status: undefined };
}
