import type { Failure } from '../../core/terms/failure';
import type { Report } from '../../core/terms/ports';
import type { Refusal } from '../concessions/concession';
import { readVendorError } from '../failures/vendor-error';
import { looseJson } from '../stream/loose-json';

/** A refusal as it came. */
export interface Refused {
  readonly failure: Failure;
  /** The error that came in a stream; undefined: a reply of its own. */
  readonly error: unknown;
  /** What was told beside the error; undefined: nothing. */
  readonly report: Report | undefined;
  /** The reply's text; '' where there is none. */
  readonly body: string;
}

/** Longer than any vendor's message. */
const longestWords = 2_000;

/** What a refusal says: the vendor's message, and the parameter that it names. */
export function refusalOf({ failure, error, body }: Refused): readonly Refusal[] {
  // Only a server refuses: a connection that broke says nothing of the request.
  if (error === undefined && body === '') return [];
  const { message = '', param } = readVendorError(error ?? looseJson(body));
  const { status, reason } = failure;
  // Only where nobody can tell the message from the rest: what repeats the request names all of it.
  const words = message === '' ? (body === '' ? JSON.stringify(error) : body) : message;
  return [{ status, reason, words: `${words.slice(0, longestWords)}\n${param ?? ''}`, param }];
}
