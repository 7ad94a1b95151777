const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const longestMs = 366 * 86_400_000;

const part = String.raw`(\d+(?:\.\d+)?)\s?(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)(?![a-z])`;
const onePart = new RegExp(part, 'gi');
/** Several units in a row: "7m12s", "1 hour and 5 minutes", "3 hours 49 minutes". */
const duration = String.raw`${part}(?:(?:,|\sand)?\s?${part})*`;
const wholly = new RegExp(`^\\s*${duration}\\s*$`, 'i');

/** "20ms", "1s", "2m59.56s", "1h2m", "20 seconds" in ms. */
function durationMs(text: string): number | undefined {
  // "PT1H2M30S", as ISO 8601 has it.
  const iso = /^\s*P(?:(\d+D))?(?:T((?:[\d.]+[HMS])+))?\s*$/i.exec(text);
  if (iso !== null) return sumMs(`${iso[1] ?? ''}${iso[2] ?? ''}`);
  return wholly.test(text) ? sumMs(text) : undefined;
}

const lead = String.raw`\b(?:again|retry(?:ing)?|wait(?:ing)?|resets?|reset|back ?off|cool-?down|renews?|available|access)\b`;
const waitInWords = new RegExp(`${lead}((?:(?!\\bevery\\b|\\bper\\b)[^.\\d]){0,40}?)(${duration})`, 'i');
const momentInWords = new RegExp(
  String.raw`${lead}[^.\d]{0,40}?(\d{4}-\d\d-\d\d)(?:T|\s|,? at )\s?(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)`,
  'i',
);

/** "12s remaining", "12 seconds until reset" */
const restInWords = new RegExp(
  `(${duration})\\s(?:remaining|left|until (?:the )?(?:next )?(?:reset|retry))\\b`,
  'i',
);
/** "again in a minute", "wait for one hour" */
const oneInWords = new RegExp(
  `(?:${lead}[^.\\d]{0,20}?\\b(?:in|after)|\\bwait(?: for)?) (?:about )?(?:a|an|one) (second|minute|hour|day)\\b`,
  'i',
);
/** "Retry-After: 12" */
const bareInWords = /\bretry[ _-]after["']?:? ?["']?(\d+(?:\.\d+)?)(?![\w.:%-]|\s?[a-z])/i;
/** "available again in 00:00:12" */
const clockInWords = new RegExp(`${lead}[^.\\d]{0,20}?\\bin (\\d{1,3}):(\\d\\d):(\\d\\d)\\b`, 'i');
const httpDateInWords = new RegExp(
  `${lead}[^.\\d]{0,40}?(\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d (?:GMT|UTC))`,
  'i',
);
const chineseUnits: Readonly<Record<string, string>> = { 秒: 's', 分: 'm', 小时: 'h', 天: 'd' };

/**
 * What a sentence says of when to try again, in ms from `nowMs`: "Please try again in 7m12s.", "retry after 20 seconds",
 * "wait 30s", "You will regain access on 2027-12-01 at 00:00 UTC". A time without its zone tells nothing.
 */
export function waitInMs(message: string, nowMs: number): number | undefined {
  const words = message.slice(0, 4_000);
  const [, count, unit = '秒'] = /(\d+(?:\.\d+)?)\s?(秒|分|小时|天)钟?[之以]?后/.exec(words) ?? [];
  if (count !== undefined) return within(Number(count) * (unitMs[chineseUnits[unit] ?? 's'] ?? 0));
  const wait = waitInWords.exec(words)?.[2] ?? restInWords.exec(words)?.[1];
  if (wait !== undefined) return sumMs(wait);
  const one = oneInWords.exec(words)?.[1];
  if (one !== undefined) return sumMs(`1 ${one}`);
  const bare = bareInWords.exec(words)?.[1];
  if (bare !== undefined) return within(Number(bare) * 1_000);
  const [, hours, minutes, seconds] = clockInWords.exec(words) ?? [];
  if (hours !== undefined) return sumMs(`${hours}h${minutes ?? '0'}m${seconds ?? '0'}s`);
  return dateInMs(words, nowMs);
}

function dateInMs(words: string, nowMs: number): number | undefined {
  const http = dateMs(httpDateInWords.exec(words)?.[1] ?? null);
  if (http !== undefined) return within(Math.max(0, http - nowMs));
  const [, day, time, zone] = momentInWords.exec(words) ?? [];
  if (day === undefined || time === undefined || zone === undefined) return undefined;
  const at = Date.parse(`${day}T${time}${/^[+-]/.test(zone) ? zone : 'Z'}`);
  return within(Math.max(0, at - nowMs));
}

function sumMs(text: string): number | undefined {
  let sum = 0;
  for (const [, count = '0', name = 's'] of text.matchAll(onePart)) {
    const unit = /^(?:ms|milli)/i.test(name) ? 'ms' : name.charAt(0).toLowerCase();
    sum += Number(count) * (unitMs[unit] ?? 0);
  }
  return within(sum);
}

/** In whole ms; undefined where a wait is no number, or longer than a year: nobody means that. */
export function within(ms: number | undefined): number | undefined {
  return ms !== undefined && Number.isFinite(ms) && ms >= 0 && ms <= longestMs ? Math.round(ms) : undefined;
}

/** Numbers above this are Unix times in ms or seconds, below it a wait in seconds. */
const longestWaitSeconds = 1e8;

/** "6m0s", "7.66s", "2027-01-27T12:00:00Z", Unix time in s or ms, or a number of seconds: the wait from `nowMs` in ms. */
export function momentMs(value: string, nowMs: number): number | undefined {
  const number = numberOf(value);
  if (number === undefined) {
    const at = dateMs(value);
    return durationMs(value) ?? (at === undefined ? undefined : within(Math.max(0, at - nowMs)));
  }
  if (number < longestWaitSeconds) return within(number * 1_000);
  return within(Math.max(0, (number < longestWaitSeconds * 1_000 ? number * 1_000 : number) - nowMs));
}

/** A number as it stands alone, or first where the same header came twice: "20, 20". */
export function numberOf(value: string | null): number | undefined {
  const number = value === null ? undefined : /^\s*"?(-?\d+(?:\.\d+)?)"?\s*(?:,\s*-?\d|$)/.exec(value)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Unix ms. */
export function dateMs(value: string | null): number | undefined {
  // `Date.parse` takes nearly every text with a digit for a date.
  const looksSo = value !== null && /\d{4}-\d\d-\d\d|\d{1,2} \w{3} \d{4}/.test(value);
  const at = looksSo ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : at;
}
