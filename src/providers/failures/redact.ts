import { createKeyHider } from '../../text/redaction/hide-keys';

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

/** Of a longer text only the beginning is read: searching takes time with the square of the length. */
const longestRead = 2_000;

/** A piece of the key as long as this is taken out wherever it stands. */
const pieceLength = 6;
/** A piece at either end of the key as long as this is taken out where dots stand for the rest of it. */
const endLength = 4;

/** One printable line of at most 300 characters without `key`, pieces of it, or anything that looks like one. */
export function redact(text: string, key: string): string {
  const whole = createKeyHider([key]).hide(text.slice(0, longestRead));
  // Cleaned first, and the key likewise: a control character within it would hide it.
  let clean = withoutKey(printable(whole), printable(key));
  for (const pattern of keyLike) clean = clean.replace(pattern, '[key]');
  return clean.length > longestDetail ? `${clean.slice(0, longestDetail - 1)}…` : clean;
}

/** The first 2,000 characters of `text` without `key`, as it is or escaped for a URL, and without pieces of it. */
export function withoutKey(text: string, key: string): string {
  let clean = text.slice(0, longestRead);
  if (key.length < endLength) return clean;
  for (const secret of new Set([key, encodeURIComponent(key.toWellFormed())])) {
    clean = withoutPieces(clean.replaceAll(secret, '[key]'), secret);
  }
  return clean;
}

/** Vendors quote a key in part: its first half, its last characters after dots. */
function withoutPieces(text: string, key: string): string {
  if (key.length < pieceLength) return text;
  const pieces = new Set<string>();
  for (let at = 0; at + pieceLength <= key.length; at += 1) pieces.add(key.slice(at, at + pieceLength));
  const [start, end] = [escaped(key.slice(0, endLength)), escaped(key.slice(-endLength))];
  const masked = new RegExp(`${start}[\\w-]*(?:\\.{2,}|…)\\S*|\\S*(?:\\.\\.|…)\\w*${end}`, 'g');
  let clean = '';
  let at = 0;
  while (at < text.length) {
    let length = 0;
    while (pieces.has(text.slice(at + length, at + length + pieceLength))) length += 1;
    if (length === 0) clean += text.charAt(at);
    else clean += '[key]';
    at += length === 0 ? 1 : length + pieceLength - 1;
  }
  return clean.replace(masked, '[key]');
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** Without invisible formatting, and with one space for each run of control characters and spaces. */
function printable(text: string): string {
  return text
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
