import { isPage } from './page-text';

/** In the order in which they are preferred, as `bareName` writes them. Fields that repeat what was asked aren't among them. */
export const messageFields = [
  'message',
  'msg',
  'errormessage',
  'errormsg',
  'errordescription',
  'faultstring',
  'defaultmessage',
  'detail',
  'details',
  'description',
  'statusmsg',
  'reason',
  'title',
] as const;
export const codeFields = [
  'errorcode',
  'errortype',
  'code',
  'type',
  'name',
  'status',
  'reason',
  'statuscode',
  'httpstatus',
  'httpcode',
  'rawstatuscode',
] as const;
/** Where the cause stands: what a gateway wraps, what a stream's event carries. */
export const causeFields = [
  'error',
  'errors',
  'err',
  'fault',
  'exception',
  'cause',
  'innererror',
  'upstreamerror',
  'providererror',
  'originalerror',
  'baseresp',
  'header',
  'response',
  'metadata',
  'extensions',
  'raw',
  'body',
  'details',
  'detail',
  'message',
] as const;
/** What names things, or repeats what was asked: no part of a cause. */
const noCause =
  /^(?:input|prompt|request|config|tools?|choices|content|output|usage|args|arguments|failedgeneration|timestamp|time|date|created|path|instance|trace|stack|stacktrace|hint|links?|help)$|(?:name|model|id|uri|url|type|provider|user|version)$/;

const deepest = 8;
const mostFields = 60;

/** A field's name as it is compared: `error_message`, `errorMessage` and `ErrorMessage` are one. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}

/**
 * The first sentence anywhere in an error whose own fields are unknown, or say but general things: validators tell the
 * cause under the name of the field that is wrong. What is nearer to the top comes first.
 */
export function sentenceIn(body: unknown, depth = 0): string | undefined {
  if (depth > deepest || typeof body !== 'object' || body === null) return undefined;
  const parts = Object.entries(body)
    .slice(0, mostFields)
    .flatMap(([name, part]: [string, unknown]) => (noCause.test(bareName(name)) ? [] : [part]));
  for (const part of parts)
    if (typeof part === 'string' && /^[^{[]*\p{L}+\s+\p{L}+/u.test(part) && !isGeneral(part) && !isPage(part))
      return part.trim();
  for (const part of parts) {
    const sentence = sentenceIn(part, depth + 1);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/** Sentences that a server puts around every cause. */
export function isGeneral(message: string): boolean {
  return (
    message.length < 120 &&
    /^\W*(?:\d{3}\W+)?(?:(?:error from )?provider(?:: provider)? returned (?:an )?error|(?:upstream|provider|api|http|server|unknown|internal(?: server)?|invalid request|validation|request|bad request|unprocessable entity|forbidden|unauthorized|not found|too many requests|payment required|bad gateway|service unavailable|conflict)(?: error| failed| failure)?(?: occurred)?|an (?:unexpected |unknown )?error (?:has )?occurred|one or more validation errors occurred|the given data was invalid|(?:request|call) failed with (?:http )?status(?: code)? \d{3}|(?:param(?:eter)?s?|arguments?|input|data)(?: is| are)? (?:incorrect|invalid|error)|(?:invalid|incorrect|wrong) (?:param(?:eter)?s?|arguments?|input|data)|no message available|see (?:the )?details?(?: below)?|\S* ?validation (?:failed|error)|(?:something|anything) went wrong|(?:the )?request (?:was |is )?(?:failed|rejected|invalid)|error|failed|(?:stream|completion|generation|chat)(?: error| failed))\W*$/i.test(
      message,
    )
  );
}
