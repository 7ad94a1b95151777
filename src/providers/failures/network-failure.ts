import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/terms/failure';
import { redact } from './redact';

/** True where the network broke, not the code: its errors carry a code, or a cause that does. */
export function isConnectionError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (error.cause !== undefined || 'code' in error || /timed? ?out/i.test(error.message))
  );
}

/** A failure from a connection that could not be made, or broke. */
export function networkFailure(
  error: Error,
  { key, host }: { readonly key: string; readonly host: string },
): Failure {
  const innermost = innermostError(error);
  const code = 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : '';
  if (/TIMEDOUT|TIMEOUT/.test(code) || /timed? ?out/i.test(error.message)) {
    return { reason: 'timeout', detail: l10n.t('{0} did not answer in time.', host), status: undefined };
  }
  const detail = redact(explain(code, innermost, host), key);
  return { reason: 'network', detail, status: undefined, ...(ofThisMachine.has(code) && { local: true }) };
}

/** No name can be looked up, or no network is there at all, whichever the server is. */
const ofThisMachine = new Set(['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN']);

function explain(code: string, error: Error, host: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return l10n.t('Nothing listens at {0} (ECONNREFUSED).', host);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return l10n.t('The host of {0} was not found ({1}).', host, code);
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return l10n.t('The connection to {0} broke off ({1}).', host, code);
    default:
      return `${host}: ${error.message || code || l10n.t('the connection failed')}`;
  }
}

/** "fetch failed" alone tells nobody that the port was refused. */
function innermostError(error: Error): Error {
  let innermost: Error = error;
  while (innermost.cause instanceof Error) innermost = innermost.cause;
  if (innermost instanceof AggregateError) {
    const [first] = innermost.errors as unknown[];
    if (first instanceof Error) return first;
  }
  return innermost;
}
