import { z } from 'zod';

/**
 * How long a server that refused asks to be left alone, in ms; undefined where it doesn't say. Read from, in this
 * order: `retry-after-ms` (Azure, OpenAI), `retry-after` (seconds or a date), Google's RetryInfo in the body, the
 * moment at which a used-up limit is reset (OpenAI, Groq, Anthropic, OpenRouter), and the message itself.
 */
export function retryAfterMs(headers: Headers, body: unknown, message: string): number | undefined {
  // The server's own clock, where it tells: the two may differ.
  const nowMs = dateMs(headers.get('date')) ?? Date.now();
  return (
    finite(numberOf(headers.get('retry-after-ms'))) ??
    retryAfterHeader(headers.get('retry-after'), nowMs) ??
    retryInfoMs(body) ??
    resetMs(headers, nowMs) ??
    waitIn(message)
  );
}

function retryAfterHeader(value: string | null, nowMs: number): number | undefined {
  const seconds = numberOf(value);
  if (seconds !== undefined) return finite(seconds * 1_000);
  const at = dateMs(value);
  return at === undefined ? undefined : Math.max(0, at - nowMs);
}

const retryInfo = z.object({
  details: z.array(z.object({ retryDelay: z.string().optional().catch(undefined) })).catch([]),
});
const googleError = z.object({ error: retryInfo });

/** `{error: {details: [{"@type": "…/google.rpc.RetryInfo", retryDelay: "39s"}]}}`, perhaps in an array of one. */
function retryInfoMs(body: unknown): number | undefined {
  const parsed = googleError.safeParse(Array.isArray(body) ? body[0] : body);
  if (!parsed.success) return undefined;
  const delay = parsed.data.error.details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  return delay === undefined ? undefined : durationMs(delay);
}

/** Limits that are not used up say nothing; of several that are the last to be reset counts. */
function resetMs(headers: Headers, nowMs: number): number | undefined {
  const waits: number[] = [];
  for (const [name, value] of headers) {
    const reset = /^(x-|anthropic-)ratelimit-(?:([a-z-]+)-)?reset(?:-([a-z-]+))?$/.exec(name);
    if (reset === null) continue;
    const [, vendor = '', before, after] = reset;
    const limit = before ?? after;
    const remaining = headers.get(
      before === undefined
        ? `${vendor}ratelimit-remaining${limit === undefined ? '' : `-${limit}`}`
        : `${vendor}ratelimit-${before}-remaining`,
    );
    if (numberOf(remaining) !== 0) continue;
    const wait = momentMs(value, nowMs);
    if (wait !== undefined) waits.push(wait);
  }
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Numbers above this are Unix times in ms or seconds, below it a wait in seconds. */
const longestWaitSeconds = 1e8;

/** "6m0s", "7.66s", "2027-01-27T12:00:00Z", Unix time in s or ms, or a number of seconds. */
function momentMs(value: string, nowMs: number): number | undefined {
  const number = numberOf(value);
  if (number === undefined) {
    const at = dateMs(value);
    return durationMs(value) ?? (at === undefined ? undefined : Math.max(0, at - nowMs));
  }
  if (number < longestWaitSeconds) return finite(number * 1_000);
  return Math.max(0, (number < longestWaitSeconds * 1_000 ? number * 1_000 : number) - nowMs);
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "20ms", "1s", "2m59.56s", "1h2m". */
function durationMs(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, count = '0', unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)) {
    sum += Number(count) * (unitMs[unit] ?? 0);
  }
  return finite(sum);
}

/** "Please try again in 300ms.", "Please retry after 20 seconds." */
function waitIn(message: string): number | undefined {
  const words =
    /(?:try again|retry) (?:in|after) ((?:\d+(?:\.\d+)?(?:ms|[smhd]))+|\d+(?:\.\d+)? seconds?)/i.exec(
      message,
    )?.[1];
  return words === undefined ? undefined : durationMs(words.replace(/ seconds?$/i, 's'));
}

function numberOf(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

function dateMs(value: string | null): number | undefined {
  const at = value === null || numberOf(value) !== undefined ? NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

function finite(ms: number | undefined): number | undefined {
  return ms !== undefined && Number.isFinite(ms) ? ms : undefined;
}
