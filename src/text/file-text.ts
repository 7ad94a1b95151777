import * as l10n from '@vscode/l10n';
import { beginningOf } from './beginning';

/** More of one file is cut off, in characters. */
export const longestAttachment = 60_000;
/** More is not attached to one question, in characters of all attachments. */
export const longestTogether = 200_000;
/** Larger files are not even read, in bytes. */
export const largestFile = 20_000_000;

/** What becomes of a file that is to be attached. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'cut'; readonly text: string; readonly characters: number }
  | { readonly kind: 'binary' };

/** The text of a file, cut where it is too long. UTF-8, or UTF-16 with its mark; anything else is binary. */
export function fileText(bytes: Uint8Array): FileText {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!utf16 && bytes.subarray(0, 8_000).includes(0)) return { kind: 'binary' };
  const text = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
  return unreadable(text) ? { kind: 'binary' } : shortened(text);
}

/** The same of a text that is known. Never cuts a character in two. */
export function shortened(text: string): Exclude<FileText, { kind: 'binary' }> {
  if (text.length <= longestAttachment) return { kind: 'text', text };
  return { kind: 'cut', text: beginningOf(text, longestAttachment), characters: text.length };
}

/** What a file is called in the question: where it was cut the model is told so too. */
export function labelOfText(name: string, file: Exclude<FileText, { kind: 'binary' }>): string {
  return file.kind === 'text'
    ? name
    : l10n.t('{0} (first {1} of {2} characters)', name, count(file.text.length), count(file.characters));
}

function count(characters: number): string {
  return characters.toLocaleString('en');
}

/** One byte in twenty that is no UTF-8: then it is no text in a Latin alphabet of before Unicode either. */
function unreadable(text: string): boolean {
  const broken = text.slice(0, 8_000).split('\ufffd').length - 1;
  return broken * 20 > Math.min(text.length, 8_000);
}
