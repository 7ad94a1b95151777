/** Things that look like keys, wherever they come from. */
const keyLike = [/\b(?:sk|pk|rk|gsk|xai|key)[-_][\w-]{8,}/gi, /\bBearer\s+\S+/gi, /\b[A-Za-z0-9_-]{40,}\b/g];
const control = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;
const longestDetail = 300;

/** One printable line of at most 300 characters without `key` and without anything that looks like one. */
export function redact(text: string, key: string): string {
  let clean = key.length >= 4 ? text.replaceAll(key, '[key]') : text;
  for (const pattern of keyLike) clean = clean.replace(pattern, '[key]');
  clean = clean.replace(control, ' ').trim();
  return clean.length > longestDetail ? `${clean.slice(0, longestDetail - 1)}…` : clean;
}
