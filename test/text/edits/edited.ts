import type { Doubt } from '../../../src/text/edits/doubt';
import type { EditPlace } from '../../../src/text/edits/edit-place';
import { readEdit } from '../../../src/text/edits/read-edit';

/** What is selected: whole lines, from 1; all where none are named. */
export type Lines = readonly [first: number, last: number] | undefined;

/** The place of some lines of a document, as the editor makes it. */
export function placeOf(document: string, selected: Lines, languageId: string, fileName = ''): EditPlace {
  const ended = document.match(/[^\n]*\n|[^\n]+$/g) ?? [''];
  const [first, last] = selected ?? [1, ended.length];
  const start = ended.slice(0, first - 1).join('').length;
  const lines = ended.slice(first - 1, last).join('');
  const original = lines.replace(/\r?\n$/, '');
  return {
    before: document.slice(0, start),
    original,
    after: document.slice(start + original.length),
    languageId,
    fileName,
    lineEnd: document.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A document once the proposal of an answer is accepted; as it was where nothing is proposed. */
export function edited(
  answer: string,
  document: string,
  selected?: Lines,
  languageId = 'typescript',
  fileName = '',
): { readonly text: string; readonly doubts: readonly Doubt[]; readonly proposed: boolean } {
  const place = placeOf(document, selected, languageId, fileName);
  const { text, doubts } = readEdit(answer, place, true);
  return {
    text: place.before + (text ?? place.original) + place.after,
    doubts,
    proposed: text !== undefined,
  };
}
