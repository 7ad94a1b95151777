import { dateMs, momentMs, numberOf, waitInMs, within } from './durations';
import { literalIn } from './literal';

/**
 * How long a server that refused asks to be left alone, in ms; undefined where it doesn't say, or says nonsense. Read
 * from, in this order: `retry-after-ms` (Azure, OpenAI), `retry-after` (seconds, a duration or a date), the body
 * (Google's RetryInfo, OpenRouter's metadata, Hugging Face's estimate), the moment at which a used-up limit is reset
 * (each vendor has its own headers), and the message itself.
 */
export function retryAfterMs(headers: Headers, body: unknown, message: string): number | undefined {
  // The server's own clock, where it tells: the two may differ.
  const nowMs = dateMs(headers.get('date')) ?? Date.now();
  return (
    within(numberOf(headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms'))) ??
    headerMs(headers.get('retry-after') ?? anyRetryAfter(headers), nowMs) ??
    bodyMs(body, nowMs, 0) ??
    resetMs(headers, nowMs) ??
    waitInMs(message, nowMs)
  );
}

/** Under names of vendors' own: `x-retry-after`, `x-ratelimit-retry-after`. */
function anyRetryAfter(headers: Headers): string | null {
  return [...headers].find(([name]) => name.endsWith('retry-after'))?.[1] ?? null;
}

function headerMs(value: string | null, nowMs: number): number | undefined {
  return value === null ? undefined : momentMs(value, nowMs);
}

/** Bodies nest, also as text within text; nobody reads them to the end. */
const deepest = 8;
const mostFields = 60;

function bodyMs(body: unknown, nowMs: number, depth: number): number | undefined {
  if (depth > deepest) return undefined;
  if (typeof body === 'string')
    return body.includes('{') ? bodyMs(literalIn(body)?.value, nowMs, depth + 1) : undefined;
  if (typeof body !== 'object' || body === null) return undefined;
  const fields = Object.entries(body).slice(0, mostFields) as readonly (readonly [string, unknown])[];
  for (const [name, value] of fields) {
    const wait = fieldMs(name, value, nowMs);
    if (wait !== undefined) return wait;
  }
  for (const [name, value] of fields) {
    const wait = name === 'headers' ? headersInBodyMs(value, nowMs) : bodyMs(value, nowMs, depth + 1);
    if (wait !== undefined) return wait;
  }
  return undefined;
}

function fieldMs(name: string, value: unknown, nowMs: number): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
  const bare = name.toLowerCase().replace(/[^a-z]/g, '');
  const isWait = waitNames.exec(bare);
  if (text === undefined) return isWait === null ? undefined : secondsMs(value);
  if (isWait !== null) return isWait[1] === undefined ? momentMs(text, nowMs) : within(numberOf(text));
  return /^(?:ratelimit|quota|limit)?resets?(?:at|time|timestamp|date)?$/.test(bare)
    ? momentMs(text, nowMs)
    : undefined;
}

/** As bodies name a wait, in seconds or with a unit, or in ms where the name ends so. */
const waitNames =
  /^(?:retry(?:after|in|delay)|(?:ratelimit|quota|limit)?resets?(?:in|after|delay)|wait(?:time|for)?|cooldown(?:time|remaining)?|estimatedtime)(?:s|secs?|seconds|(ms|millis|milliseconds))?$/;

/** Google's Duration as an object: `{seconds: 39, nanos: 0}`. */
function secondsMs(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('seconds' in value)) return undefined;
  return within(Number(value.seconds) * 1_000);
}

/** OpenRouter repeats the provider's headers within `metadata`. */
function headersInBodyMs(value: unknown, nowMs: number): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const headers = new Headers();
  for (const [name, text] of Object.entries(value).slice(0, mostFields) as [string, unknown][]) {
    if (!/^[\w-]+$/.test(name) || (typeof text !== 'string' && typeof text !== 'number')) continue;
    headers.set(name, String(text).replace(/[^\x20-\x7e]/g, ''));
  }
  return headerMs(headers.get('retry-after'), nowMs) ?? resetMs(headers, nowMs);
}

/** Limits that are not used up say nothing; of several that are the last to be reset counts. */
function resetMs(headers: Headers, nowMs: number): number | undefined {
  const usedUp: number[] = [];
  const untold: number[] = [];
  for (const [name, value] of headers) {
    if (!/limit/.test(name) || !/reset|timeremaining/.test(name)) continue;
    const wait = momentMs(value, nowMs);
    const remaining = remainingFor(name, headers);
    if (wait === undefined || (remaining !== undefined && remaining > 0)) continue;
    (remaining === undefined ? untold : usedUp).push(wait);
  }
  usedUp.push(...structuredMs(headers.get('ratelimit'), nowMs));
  const waits = usedUp.length > 0 ? usedUp : untold;
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** The drafts of IETF: `"default";r=0;t=12`, `limit=100, remaining=0, reset=12`. */
function structuredMs(value: string | null, nowMs: number): readonly number[] {
  if (value === null || !/\b(?:r|remaining)=0\b/.test(value)) return [];
  const reset = /\b(?:t|reset)=(\d+)\b/.exec(value)?.[1];
  const wait = reset === undefined ? undefined : momentMs(reset, nowMs);
  return wait === undefined ? [] : [wait];
}

/** What is left of the limit that a header tells the reset of; undefined where no header tells. */
function remainingFor(reset: string, headers: Headers): number | undefined {
  const own = numberOf(headers.get(reset.replace(/reset|timeremaining/, 'remaining')));
  if (own !== undefined) return own;
  // Mistral: `ratelimitbysize-reset` beside `x-ratelimitbysize-remaining-minute`.
  const limit = reset.replace(/^x-/, '').replace(/-?(?:reset|timeremaining).*$/, '');
  const left = [...headers].flatMap(([name, value]) => {
    const number = new RegExp(`^(?:x-)?${limit}-remaining`).test(name) ? numberOf(value) : undefined;
    return number === undefined ? [] : [number];
  });
  return left.length === 0 ? undefined : Math.min(...left);
}
