import * as l10n from '@vscode/l10n';
import { beginningOf } from './beginning';
import { hasMark, isText, looksWestern, lostIn, unicode } from './encodings';
import { numberText } from './local-format';

/** More of one file is cut off, in characters. */
export const longestAttachment = 60_000;
/** More is not attached to one question, in characters of all attachments. */
export const longestTogether = 200_000;
/** Larger files are not even read, in bytes. */
export const largestFile = 20_000_000;

/** What becomes of a file that is to be attached. */
export type FileText =
  | ({ readonly kind: 'text'; readonly text: string } & Decoding)
  | ({ readonly kind: 'cut'; readonly text: string; readonly characters: number } & Decoding)
  | { readonly kind: 'binary' }
  /** It may be a text, but nobody knows in which encoding. */
  | { readonly kind: 'unknown-encoding' };

/** How bytes became a text, where that is worth a word. */
export interface Decoding {
  /** Neither the bytes nor the user's settings say the encoding: it was taken for this one. */
  readonly takenFor?: string;
  /** How many characters stand in the place of bytes that are none in the encoding. */
  readonly lost?: number;
}

/** The editor's own decoding: by the user's settings for the file, or in the encoding of this name. */
export type Decode = (bytes: Uint8Array, encoding?: string) => Promise<string>;

/**
 * The text of a file, cut where it is too long. The editor decodes it, as it would where the file is opened; only what
 * can be but one thing, and what the editor can't decode, is read by what its bytes say. More than `most` characters are cut off.
 */
export async function fileText(
  bytes: Uint8Array,
  decode: Decode,
  most = longestAttachment,
): Promise<FileText> {
  const known = unicode(bytes);
  if (known !== undefined && (hasMark(bytes) || known.length === bytes.length))
    return textOrBinary(known, most);
  const text = await decode(bytes).catch(() => undefined);
  const lost = text === undefined ? 0 : lostIn(text);
  if (known !== undefined)
    return textOrBinary(text !== undefined && lost <= lostIn(known) ? text : known, most);
  if (text === undefined || !isText(text)) return { kind: 'binary' };
  if (lost === 0) return shortened(text, most);
  if (looksWestern(bytes))
    return { ...shortened(await decode(bytes, 'windows1252'), most), takenFor: 'Windows-1252' };
  return lost * 20 > text.length ? { kind: 'unknown-encoding' } : { ...shortened(text, most), lost };
}

function textOrBinary(text: string, most: number): FileText {
  return isText(text) ? shortened(text, most) : { kind: 'binary' };
}

/** The same of a text that is known. Never cuts a character in two. */
export function shortened(text: string, most = longestAttachment): ReadText {
  if (text.length <= most) return { kind: 'text', text };
  return { kind: 'cut', text: beginningOf(text, most), characters: text.length };
}

/** What there is of a file that could be read. */
export type ReadText = Extract<FileText, { readonly text: string }>;

/** What a file is called in the question: where it was cut the model is told so too. */
export function labelOfText(name: string, file: ReadText): string {
  return file.kind === 'text'
    ? name
    : l10n.t(
        '{0} (first {1} of {2} characters)',
        name,
        numberText(file.text.length),
        numberText(file.characters),
      );
}
