/** Things that look like keys, wherever they come from. */
const keyLike: readonly RegExp[] = [
  /\b(?:sk|pk|rk|gsk|xai|pplx|hf)[-_][\w*.-]{6,}/gi,
  /\bAIza[\w-]{20,}/g,
  /\bBearer\s+\S+/gi,
  // A vendor's own masking still shows both ends.
  /\S*\*{3,}[\w*-]*/g,
  // Model names have digits and many hyphens, but no part as long as this.
  /\b(?=\w*\d)(?=\w*[A-Za-z])\w{24,}\b/g,
  /\b[\w-]{48,}\b/g,
];
const longestDetail = 300;

/** One printable line of at most 300 characters without `key` and without anything that looks like one. */
export function redact(text: string, key: string): string {
  // Cleaned first, and the key likewise: a control character within it would hide it.
  let clean = printable(text);
  const secret = printable(key);
  if (secret.length >= 4) clean = clean.replaceAll(secret, '[key]');
  for (const pattern of keyLike) clean = clean.replace(pattern, '[key]');
  return clean.length > longestDetail ? `${clean.slice(0, longestDetail - 1)}…` : clean;
}

/** Without invisible formatting, and with one space for each run of control characters and spaces. */
function printable(text: string): string {
  return text
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
