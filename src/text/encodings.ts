/** As much of a file as is judged, in bytes or characters. */
const judgedBy = 8_000;

/** The text of bytes that show themselves which encoding they are in: UTF-8, or UTF-16 with a mark; undefined: they don't. */
export function unicode(bytes: Uint8Array): string | undefined {
  const mark = `${String(bytes[0])} ${String(bytes[1])}`;
  if (mark === '255 254') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === '254 255') return new TextDecoder('utf-16le').decode(swapped(bytes));
  if (bytes.subarray(0, judgedBy).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether bytes begin with a mark that says which Unicode they are. */
export function hasMark(bytes: Uint8Array): boolean {
  const [first, second, third] = bytes;
  return (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    (first === 0xef && second === 0xbb && third === 0xbf)
  );
}

function swapped(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
}

/** How many characters stand in the place of bytes that were none. */
export function lostIn(text: string): number {
  return text.split('\ufffd').length - 1;
}

/** False where one sign in fifty is none that a text has: then an image or a program was taken for one. */
export function isText(text: string): boolean {
  const beginning = text.slice(0, judgedBy);

  const strange = beginning.match(/[\u0000-\u0006\u000e-\u001a\u001c-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return !beginning.includes('\0') && strange * 50 <= beginning.length;
}

/** Of the bytes from 0x80 to 0xbf, those that texts in Windows-1252 have between words: quotation marks, dashes, signs. */
const signs: ReadonlySet<number> = new Set([
  ...[
    0x80, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0xa0, 0xa1, 0xa3, 0xa7, 0xa9, 0xaa, 0xab,
    0xae, 0xb0, 0xb1,
  ],
  ...[0xb2, 0xb3, 0xb4, 0xb5, 0xb7, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf],
]);
const multiplied = [0xd7, 0xf7];
/** Letters among the bytes from 0x80 to 0x9f. */
const rareLetters: readonly number[] = [0x8a, 0x8c, 0x8e, 0x9a, 0x9c, 0x9e, 0x9f];

/**
 * Whether bytes that are no UTF-8 are most likely Windows-1252, of which Latin-1 is a part: each byte beyond ASCII is a
 * letter beside at most one other, as in "Größe", or a sign between words. In Japanese, Chinese, Korean and Cyrillic
 * encodings they stand in rows, or are other ones.
 */
export function looksWestern(bytes: Uint8Array): boolean {
  let letters = 0;
  let row = 0;
  const { length } = bytes;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    row = byte < 0x80 ? 0 : row + 1;
    if (byte < 0x80) continue;
    const isLetter = (byte >= 0xc0 && !multiplied.includes(byte)) || rareLetters.includes(byte);
    if (isLetter) letters += 1;
    else if (!isSignAt(bytes, at)) return false;
    if (row > 2 || (row === 2 && !areWesternPair(bytes[at - 1] ?? 0, byte) && !isInCapitals(bytes, at)))
      return false;
  }
  return letters * 2 <= length;
}

/** Whether a byte that is no letter is a sign: between words, or where these signs stand within one. */
function isSignAt(bytes: Uint8Array, at: number): boolean {
  const [before, byte = 0, after] = [bytes[at - 1], bytes[at], bytes[at + 1]];
  // "3×4", "l’été", "col·lecció".
  if (multiplied.includes(byte)) return !isAsciiLetter(before) && !isAsciiLetter(after);
  if (byte === 0x92 || (byte === 0xb7 && isL(before) && isL(after))) return true;
  const isWithin = isAsciiLetter(before) && (isAsciiLetter(after) || (byte < 0xa0 && (after ?? 0) >= 0xc0));
  return signs.has(byte) && !isWithin;
}

/** Two capitals among others, as in "AÇÃO", or a letter with its small one, as in "Äänekoski"; `at`: the second one. */
function isInCapitals(bytes: Uint8Array, at: number): boolean {
  const isCapital = (byte = 0): boolean => byte >= 0xc0 && byte < 0xdf && !multiplied.includes(byte);
  const isAsciiCapital = (byte = 0): boolean => byte >= 0x41 && byte <= 0x5a;
  const [before, first = 0, second = 0, after = 0] = [bytes[at - 2], bytes[at - 1], bytes[at], bytes[at + 1]];
  if (!isCapital(first)) return false;
  if (second === first + 0x20) return !isAsciiLetter(before) && after >= 0x61 && after <= 0x7a;
  return isCapital(second) && isAsciiCapital(before) && isAsciiCapital(after);
}

function isL(byte: number | undefined): boolean {
  return byte === 0x6c || byte === 0x4c;
}

/** Two small letters, or one sign of punctuation: most Chinese and Korean characters begin with what would be another. */
function areWesternPair(first: number, second: number): boolean {
  const isSmall = (byte: number): boolean => byte >= 0xdf && !multiplied.includes(byte);
  const isClosed = isSmall(first) && second === 0xbb;
  return (isSmall(first) && isSmall(second)) || isClosed || first === 0xab || first <= 0xa0 || second <= 0xa0;
}

function isAsciiLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}
