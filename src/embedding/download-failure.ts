/** Why a model could not be fetched. */
export type DownloadReason =
  /** No connection, or it broke. */
  | 'offline'
  | 'not-found'
  /** What came isn't what was announced. */
  | 'checksum'
  | 'cancelled'
  /** Nothing came for a while. */
  | 'timeout'
  | 'disk'
  /** The hub answered, with an error. */
  | 'refused';

/** Thrown inside the download and turned into a value at its end. */
export class DownloadFailure extends Error {
  constructor(
    readonly reason: DownloadReason,
    detail: string,
  ) {
    super(detail);
  }
}

/** A broken promise as a failure for this reason; a DownloadFailure stays what it is. */
export async function failAs<T>(reason: DownloadReason, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    throw error instanceof DownloadFailure ? error : new DownloadFailure(reason, messageOf(error));
  }
}

/** `fetch` says only "fetch failed"; what happened is in its cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== ''
    ? `${error.message}: ${cause.message}`
    : error.message;
}
